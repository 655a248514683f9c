import { expect, jest, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readApplies } from '../../lib/disk/journal';
import { undoAll } from '../../lib/disk/undo';
import { noteFigure } from '../prove/figures';
import type { Run } from './child';
import { runInChild } from './child-process';
import { configurationOf, makeHome, textReplacements, treeOf } from './temporary-home';

// Twenty processes on two cores, each of which waits for the others.
jest.setTimeout(300_000);

const count = 20;
const paths = ['conf/a.xml', 'conf/b.xml', 'conf/c.xml'];
const contentOf = (writer: string): Readonly<Record<string, string>> =>
  Object.fromEntries(paths.map((path, index) => [path, `<${writer}>${'x'.repeat(3000 * index)}</${writer}>\n`]));

/** A home, or several, for each of the processes, and what they do there in their turn. */
interface Scenario {
  readonly title: string;
  readonly homesOf: (homes: readonly string[], process: number) => readonly string[];
}

const scenarios: readonly Scenario[] = [
  { title: 'one home', homesOf: ([home = '']) => [home] },
  {
    title: 'overlapping sets of homes, named in any order',
    homesOf: (homes, process) => {
      const set = [0, 1, 2].map((step) => homes[(process + step) % homes.length] ?? '').slice(0, 1 + (process % 3));
      return process % 2 === 0 ? set : set.reverse();
    },
  },
];

test.each(scenarios)('twenty processes on $title never interleave, all end, and leave nothing', async ({ homesOf }) => {
  const homes = Array.from({ length: 4 }, () => makeHome(contentOf('original')));
  const outcomes = await Promise.all(
    Array.from({ length: count }, (_, process) => runInChild(runsOf(homesOf(homes, process), process))),
  );
  const codes = outcomes.flat().map(({ error }) => error?.code ?? 'done');
  expect(codes).toHaveLength(count * 4);
  // An undo can find an apply of another, the home as it was, or nothing; whoever waits for too long gives up.
  for (const code of codes) expect(['done', 'PLAN_STALE', 'HOME_LOCKED', 'NOTHING_TO_UNDO']).toContain(code);
  expect(codes.filter((code) => code === 'done').length).toBeGreaterThan(count / 4);
  for (const home of homes) {
    await checkHistory(home);
    expect(Object.keys(treeOf(home)).filter((path) => /lock-|\.tmp$|-undone/.test(path))).toEqual([]);
    while (existsSync(join(home, '.carbon-patch'))) await undoAll([home]);
  }
  noteFigure('lock', 'processes at once', count);
  noteFigure('lock', 'runs that were done', codes.filter((code) => code === 'done').length);
});

/** Every file of a home is of one writer, and each apply began where the one before it ended. */
async function checkHistory(home: string): Promise<void> {
  const writers = new Set(Object.values(configurationOf(home)).map((content) => /<(\w+)>/.exec(content)?.[1]));
  expect(writers.size).toBe(1);
  const applies = await readApplies(home);
  for (const [index, { files }] of applies.entries()) {
    expect(files.map(({ path }) => path)).toEqual(paths);
    const earlier = applies[index - 1];
    if (earlier) expect(files.map(({ before }) => before)).toEqual(earlier.files.map(({ after }) => after));
  }
}

/** Two applies of content of its own, each followed by an undo; what is replaced is what the run finds when it begins. */
function runsOf(homes: readonly string[], process: number): readonly Run[] {
  const [home = '', ...others] = homes;
  return [0, 1].flatMap((round): readonly Run[] => {
    const replacements = textReplacements(makeModel(), contentOf(`w${process}r${round}`));
    const more = others.map((other) => ({ home: other, replacements }));
    const shared = others.length > 0 ? { others: more } : {};
    const apply: Run = { home, action: 'commit', replacements, isRebased: true, ...shared };
    return [apply, { home, action: 'undo', ...(others.length > 0 && { others: more }) }];
  });
}

let model: string | undefined;

function makeModel(): string {
  model ??= makeHome(contentOf('original'));
  return model;
}
