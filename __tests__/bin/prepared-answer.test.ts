import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readCommandLine } from '../../lib/cli/command-line';
import { commands } from '../../lib/cli/commands';
import { buildTime, freshBuild, root } from '../fresh-build';

type Prepared = (words: readonly string[], io: { stdout: object; version: string }) => string | undefined;

let preparedAnswer: Prepared;

beforeAll(async () => {
  await freshBuild();
  ({ preparedAnswer } = jest.requireActual<{ preparedAnswer: Prepared }>('../../dist/bin/prepared-answer'));
}, buildTime);

const ioOf = (columns: number): { stdout: { columns: number }; version: string } => ({
  stdout: { columns },
  version: '1.2.3',
});

const asked = [['--version'], ['--help'], ...commands.map(({ name }) => [name, '--help'])];

describe.each([100, 110, 200])('what the build wrote down for %d columns', (columns) => {
  test.each(asked)('is what %s %s prints', async (...words) => {
    const io = ioOf(columns) as unknown as Parameters<typeof readCommandLine>[1];
    expect({ kind: 'print', text: preparedAnswer(words, ioOf(columns)) }).toEqual(await readCommandLine(words, io));
  });
});

describe('nothing is written down', () => {
  test.each([
    [['--help'], 80],
    [['apply', '--help'], 105],
    [['nonsense', '--help'], 100],
    [['constructor', '--help'], 100],
    [['apply', '--role', '--help'], 100],
    [['help'], 100],
    [['apply', '--version'], 100],
    [[], 100],
  ])('for %j in %d columns', (words, columns) => {
    expect(preparedAnswer(words, ioOf(columns))).toBeUndefined();
  });
});

test('help that is older than the modules is not shown', () => {
  const path = join(root, 'dist/bin/help.json');
  utimesSync(path, 1, 1);
  try {
    expect(preparedAnswer(['--help'], ioOf(100))).toBeUndefined();
  } finally {
    utimesSync(path, new Date(), new Date());
  }
  expect(preparedAnswer(['--help'], ioOf(100))).toBeDefined();
});
