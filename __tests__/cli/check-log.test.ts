import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { clusterOf, logCases, logs, type LogCase } from '../log/log-cases';
import { runCli, type Ran } from './memory-io';

function check({ name, node, isOwnStart }: LogCase, ...more: readonly string[]): Promise<Ran> {
  const of = node === undefined ? [] : ['--cluster', clusterOf(name), '--node', node];
  return runCli(['check-log', join(logs, `${name}.log`), ...of, ...(isOwnStart ? ['--own-start'] : []), ...more]);
}

/** Without the folder of the logs. `UPDATE_GOLDEN=1` writes what is wanted anew, to be read before it is committed. */
function expectGolden(name: string, text: string): void {
  const path = join(logs, `${name}.txt`);
  const shown = text.replaceAll(`${logs}/`, '');
  if (process.env['UPDATE_GOLDEN'] || !existsSync(path)) writeFileSync(path, shown);
  expect(shown).toBe(readFileSync(path, 'utf8'));
}

describe('the verdict on a log', () => {
  test.each(logCases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const ran = await check(one);
    expectGolden(name, ran.stdout);
    expect(ran).toMatchObject({ code: one.isHealthy ? 0 : 1, stderr: '' });
  });
});
