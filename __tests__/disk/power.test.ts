import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readJournal } from '../../lib/disk/journal';
import { recover } from '../../lib/disk/recover';
import { noteFigure } from '../prove/figures';
import { proofSize } from '../prove/proof-size';
import type { Run } from './child';
import { runInChild } from './child-process';
import { applyTo, homesOf, makeGroup, runOn } from './home-group';
import { forEachMoment, lastingFolder, type Moment } from './power-model';
import { configurationOf, makeHome, replacements, textReplacements, treeOf } from './temporary-home';
import { commit } from '../../lib/disk/commit';
import { startNoPrograms } from './no-programs';

let startProgramsAgain: () => void;

beforeAll(() => {
  startProgramsAgain = startNoPrograms();
});

afterAll(() => startProgramsAgain());

// Each order is a recovery of its own: a busy machine takes its time.
jest.setTimeout(300_000);

const original = { 'conf/a.xml': '<a/>', 'conf/deep/b.xml': '<b/>' };
const wanted = { 'conf/a.xml': '<a new=""/>', 'conf/deep/b.xml': '<b new=""/>' };

interface Scenario {
  readonly title: string;
  /** A folder with homes, in which the run is about to begin. */
  readonly prepare: () => Promise<string>;
  readonly homesIn: (root: string) => readonly string[];
  readonly runIn: (root: string) => Run;
}

const scenarios: readonly Scenario[] = [
  {
    title: 'an apply',
    prepare: () => Promise.resolve(makeHome(original)),
    homesIn: (home) => [home],
    runIn: (home) => ({ home, action: 'commit', replacements: textReplacements(home, wanted) }),
  },
  {
    title: 'an undo',
    prepare: async () => {
      const home = makeHome(original);
      await commit(home, replacements(home, wanted), {});
      return home;
    },
    homesIn: (home) => [home],
    runIn: (home) => ({ home, action: 'undo' }),
  },
  {
    title: 'an apply over three homes',
    prepare: () => Promise.resolve(makeGroup()),
    homesIn: homesOf,
    runIn: (group) => runOn(group, 'commit'),
  },
  {
    title: 'an undo over three homes',
    prepare: async () => {
      const group = makeGroup();
      await applyTo([group], 'wanted');
      return group;
    },
    homesIn: homesOf,
    runIn: (group) => runOn(group, 'undo'),
  },
];

test.each(scenarios)(
  '$title is brought to one side whatever of it a power failure loses',
  async ({ prepare, homesIn, runIn }) => {
    const root = await prepare();
    const homes = homesIn(root);
    const textsNow = (): readonly Texts[] => homes.map(textsOf);
    const start = lastingFolder(root);
    const before = textsNow();
    const [outcome] = await runInChild([{ ...runIn(root), isRecorded: true }]);
    const after = textsNow();
    expect(outcome?.error).toBeUndefined();
    expect(after).not.toEqual(before);
    let orders = 0;
    let moments = 0;
    await forEachMoment(root, start, outcome?.operations ?? [], async (moment) => {
      for (const isKept of choicesAt(moment, moments++, homes.length)) {
        moment.leave(isKept);
        await recover(homes[orders % homes.length] ?? '');
        // A home that knows of nothing does not lead to what was only prepared elsewhere; that goes when it is its turn.
        const found = textsNow().map(withoutStaged);
        expect([before, after]).toContainEqual(found);
        for (const home of homes) {
          await recover(home);
          expect((await readJournal(home)).transaction).toBeUndefined();
        }
        expect(textsNow()).toEqual(found);
        expect(Object.keys(treeOf(root)).filter((path) => /lock-|\.tmp$|-undone/.test(path))).toEqual([]);
        orders += 1;
      }
    });
    expect(orders).toBeGreaterThan(100);
    noteFigure('power', 'orders tried', orders);
  },
);

/**
 * All of what is open kept, none, each alone kept, each alone lost; and some by chance, the same in every run. Of a run over
 * several homes one is alone at each moment, in turn, as the moments are many and much alike.
 */
function choicesAt({ open }: Moment, moment: number, homes: number): readonly ((change: number) => boolean)[] {
  const each = Array.from({ length: open }, (_, index) => index);
  if (open < 2) return each.length === 0 ? [(): boolean => true] : [(): boolean => true, (): boolean => false];
  const alone = homes > 1 ? [moment % open] : each;
  const single = alone.flatMap((one) => [
    (change: number): boolean => change === one,
    (change: number): boolean => change !== one,
  ]);
  const draws = homes > 1 ? 1 : proofSize({ usual: 1, proved: 4 });
  const chance = Array.from({ length: draws }, (_, draw) => {
    return (change: number): boolean => mixed(moment * 1_000_003 + draw * 8191 + change * 131) % 2 === 0;
  });
  return [(): boolean => true, (): boolean => false, ...single, ...chance];
}

/** A number that looks like chance. */
function mixed(seed: number): number {
  const one = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d);
  return (Math.imul(one ^ (one >>> 12), 0x297a2d39) ^ one) >>> 7;
}

type Texts = Readonly<Record<string, string>>;

function withoutStaged(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([path]) => !path.endsWith('.tmp')));
}

/** What the files say; modes are not part of the model. */
function textsOf(home: string): Texts {
  return Object.fromEntries(Object.entries(configurationOf(home)).map(([path, content]) => [path, content.slice(5)]));
}
