import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../fresh-build';
import { judge } from './judge';
import { promises } from './promises';

const crash = { says: 'all or none', suites: ['disk'], atLeast: { 'kill points': 500, homes: 3 } };

describe('judge', () => {
  test('a promise whose figures are all high enough is kept', () => {
    expect(judge({ crash }, { crash: { 'kill points': 1200, homes: 3 } })).toEqual([
      { isKept: true, line: 'kept   crash: all or none: 1,200 kill points, 3 homes' },
    ]);
  });

  test('a promise with a figure too low, or with none, is missed', () => {
    expect(judge({ crash, lock: crash }, { crash: { 'kill points': 499, homes: 3 } })).toEqual([
      { isKept: false, line: 'MISSED crash: all or none: 499 kill points of 500, 3 homes' },
      { isKept: false, line: 'MISSED lock: all or none: 0 kill points of 500, 0 homes of 3' },
    ]);
  });

  test('a promise that asks for no figure is not kept, as nothing shows it', () => {
    expect(judge({ crash: { ...crash, atLeast: {} } }, {})[0]?.isKept).toBe(false);
  });
});

test('every promise names tests that are there', () => {
  const suites = Object.values(promises).flatMap((promise) => promise.suites);
  expect(suites.filter((suite) => !existsSync(join(root, '__tests__', suite)))).toEqual([]);
});
