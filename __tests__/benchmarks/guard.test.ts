import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { patchText } from '../../lib/patch/patch-text';
import { copyHome } from '../cli/home-copy';
import { buildTime, freshBuild, program } from '../fresh-build';
import { cpuSecondsOf } from './cpu-time';
import { each, minimum } from './figures';
import { measureInTurn } from './measure-process';

// Guards against a slower program on any machine: everything here is a ratio of CPU times of two things that run in turn,
// with a wide margin, and a ratio that is missed is measured again before it counts. What the program takes today, and what
// it is meant to take, is in docs/performance.md.

jest.setTimeout(120_000);

beforeAll(freshBuild, buildTime);

/** How often a ratio that is too high is measured again. */
const repeats = 3;

/** The least of a few ratios, measured until one is below the limit. */
function leastRatio(limit: number, measure: () => number): number {
  let least = Infinity;
  for (let turn = 0; turn <= repeats && least >= limit; turn += 1) least = Math.min(least, measure());
  return least;
}

/** The words of a line in which `HOME` is a copy of a fixture home. */
function wordsOf(line: string): readonly string[] {
  const home = copyHome();
  return line.split(' ').map((word) => (word === 'HOME' ? home : word));
}

describe('the CPU time of a whole process against `node -e 0`', () => {
  /** Each limit is about 1.6 times what was measured when it was set; lower it when the program gets faster. */
  const limits: readonly (readonly [command: string, limit: number])[] = [
    ['--version', 1.8],
    ['--help', 1.8],
    ['apply --dry-run --role worker --home HOME', 5.6],
  ];

  test.each(limits)('of %s is below %d times', (line, limit) => {
    const commands = [
      { name: 'node', words: [process.execPath, '-e', '0'] },
      { name: line, words: [process.execPath, program, ...wordsOf(line)] },
    ];
    const measure = (): number => {
      const [base = [], own = []] = measureInTurn(commands, { warmUps: 0, rounds: 3 });
      return minimum(each(own, 'cpuSeconds')) / minimum(each(base, 'cpuSeconds'));
    };
    expect(leastRatio(limit, measure)).toBeLessThan(limit);
  });
});

describe('the CPU time of patching a text that is four times as long', () => {
  /** In proportion it would be 4, with the square of the length 16. */
  const limit = 8;

  /** The shorter text takes some milliseconds each, so that the clock and the compiler of V8 do not count. */
  const shapes: readonly (readonly [shape: string, pieces: number, make: (pieces: number) => string])[] = [
    ['of many lines', 500, (pieces) => '  <a b="c">\n    <d>text &amp; more</d>\n  </a>\n'.repeat(pieces)],
    ['on one line', 500, (pieces) => '<a b="c"><d>text &amp; more</d></a>'.repeat(pieces)],
    ['of many siblings', 1500, (pieces) => '<a/>'.repeat(pieces)],
    ['of many comments', 1500, (pieces) => '<!-- <last>not this</last> -->\n'.repeat(pieces)],
    ['of one long text', 16_000, (pieces) => 'a &lt; b and so on, '.repeat(pieces)],
    ['of one long comment', 30_000, (pieces) => `<!-- ${'a - b and so on, '.repeat(pieces)} -->`],
  ];

  test.each(shapes)('%s, at its end, is below 8 times', (_shape, pieces, make) => {
    const text = (count: number): string => `<root>${make(count)}<last>before</last></root>`;
    const [short, long] = [text(pieces), text(4 * pieces)];
    const seconds = (source: string): number =>
      cpuSecondsOf(() => {
        expect(patchText(source, [{ op: 'setText', at: '/root/last', value: 'after' }]).changes.length).toBe(1);
      });
    const leastOf = (source: string): number => minimum(Array.from({ length: 4 }, () => seconds(source)));
    leastOf(short);
    expect(leastRatio(limit, () => leastOf(long) / leastOf(short))).toBeLessThan(limit);
  });
});
