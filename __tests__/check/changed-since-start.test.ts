import { describe, expect, test } from '@jest/globals';
import { lastRunBeforeRegistryChange, minuteOf } from '../../lib/check/changed-since-start';
import { emptyFacts } from './check-result';

describe('when a home ran before its registry.xml was changed', () => {
  const log = 'repository/logs/wso2carbon.log';
  const database = 'repository/database/WSO2CARBON_DB.h2.db';

  test.each<[string, Readonly<Record<string, number>>, number | undefined, number | undefined]>([
    ['never started', {}, 10, undefined],
    ['with nothing but a shipped database', { [database]: 5 }, 10, undefined],
    ['changed after the log was written', { [log]: 5 }, 10, 5],
    ['run since', { [log]: 15 }, 10, undefined],
    ['with a database that was written after the log', { [log]: 5, [database]: 8 }, 10, 8],
    ['with a database that was written after the change', { [log]: 5, [database]: 12 }, 10, undefined],
    ['without a registry.xml', { [log]: 5 }, undefined, undefined],
  ])('%s', (_, traces, registryModified, expected) => {
    const startTraces = Object.entries(traces).map(([path, modified]) => ({ path, modified }));
    expect(lastRunBeforeRegistryChange({ ...emptyFacts('/srv/a'), startTraces, registryModified })).toBe(expected);
  });

  test('is told to the minute, in a time that is the same everywhere', () => {
    expect(minuteOf(Date.UTC(2026, 0, 31, 17, 45, 59))).toBe('2026-01-31 17:45 UTC');
  });
});
