import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { copyHome, makeFolder, stateOf } from '../cli/home-copy';
import { buildTime, freshBuild, program } from '../fresh-build';
import { noteFigure } from '../prove/figures';
import { runNode } from '../run-node';
import { hostileInputs } from './inputs';

beforeAll(freshBuild, buildTime);

/** One or two of each kind, in the place of a file that every role needs. */
const names: readonly string[] = [
  'a billion laughs in every attribute of a thousand elements',
  'an entity that holds itself',
  '100,000 elements that are not closed',
  'a million attributes',
  'a million attributes of one name',
  'a name of 10 MB, closed by another',
  'CESU-8, a pair of surrogates in UTF-8',
  'the mark of UTF-16 with a declaration of UTF-8',
  'a name of an encoding of a million letters',
  'an escape sequence of a terminal',
  'XML 2.0',
  'a prefix that is taken back',
  'nothing',
];

const samples = Object.values(hostileInputs)
  .flat()
  .filter(({ name }) => names.includes(name));

test('each sample is one of the inputs', () => {
  expect(samples.map(({ name }) => name).toSorted()).toEqual([...names].toSorted());
});

test.each(samples)(
  'apply on a home with $name ends with 2 and clear words, and writes nothing',
  ({ make }) => {
    const home = copyHome();
    writeFileSync(join(home, 'repository/conf/carbon.xml'), make());
    const before = stateOf(home);
    const { code, stdout, stderr } = runNode([program, 'apply', '--yes', '--role', 'worker', '--home', home], {
      cwd: makeFolder(),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('carbon.xml');
    expect(stderr).not.toMatch(/\n +at |internal check|RangeError|undefined/);
    expect(stderr).not.toContain('\u001b');
    expect(stderr.length).toBeLessThan(1500);
    expect(stateOf(home)).toEqual(before);
    noteFigure('hostile', 'homes refused', 1);
  },
  120_000,
);
