import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../lib/disk/commit';
import { readJournal } from '../../lib/disk/journal';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import type { Fault } from './child';
import { runInChild } from './child-process';
import {
  applyTo,
  checkClosed,
  configurationsOf,
  configurationsWith,
  contentOf,
  homesOf,
  makeGroup,
  runOn,
} from './home-group';
import { configurationOf, makeFolder, makeHome, rejectionOf, replacement, treeOf } from './temporary-home';
import { startNoPrograms } from './no-programs';

let startProgramsAgain: () => void;

beforeAll(() => {
  startProgramsAgain = startNoPrograms();
});

afterAll(() => startProgramsAgain());

// Every step of a recovery is three homes of its own.
jest.setTimeout(120_000);

/** The renames of an apply over b, c and a, by what the run that is killed before them has done. */
const kills = {
  /** Three locks, `preparing` of b, `preparing` and `prepared` of c. */
  'c prepared': 7,
  /** `preparing` and `prepared` of a, too. */
  'all prepared': 9,
  'b decided': 10,
  'c committing': 11,
  'all committing': 12,
  'b replaced': 14,
  'all replaced, and said so': 19,
  'c closed': 20,
} as const;

type Progress = keyof typeof kills;

/** A group in which a run was killed: an apply of what is wanted, or an undo of it. */
async function killedGroup(progress: Progress, action: 'commit' | 'undo' = 'commit'): Promise<string> {
  const [group = ''] = await killedGroups(1, progress, action);
  return group;
}

async function killedGroups(
  count: number,
  progress: Progress,
  action: 'commit' | 'undo' = 'commit',
): Promise<readonly string[]> {
  const groups = Array.from({ length: count }, makeGroup);
  if (action === 'undo') {
    await applyTo(groups, 'earlier');
    await applyTo(groups, 'wanted');
  }
  const fault: Fault = { kind: 'kill', calls: ['rename'], at: kills[progress] };
  const outcomes = await runInChild(groups.map((group) => ({ ...runOn(group, action), fault })));
  expect(outcomes.map(({ isKilled }) => isKilled)).toEqual(groups.map(() => true));
  return groups;
}

const home = (group: string, name: string): string => join(group, name);

describe('recover, for any home of a group', () => {
  test.each([0, 1, 2])('says what became of it and of which homes (home %d)', async (entry) => {
    const group = await killedGroup('b replaced');
    expect(await recover(homesOf(group)[entry] ?? '')).toMatchObject({
      outcome: 'completed',
      kind: 'apply',
      record: { number: 1, label: { role: 'worker' } },
      paths: ['conf/axis2.xml', 'conf/carbon.xml'],
      homes: homesOf(group),
    });
    await checkClosed(group);
  });

  test('names only itself where it was alone', async () => {
    const group = makeGroup();
    const [alone = ''] = homesOf(group);
    const { others, ...run } = runOn(group, 'commit');
    expect(others).toHaveLength(2);
    await runInChild([{ ...run, fault: { kind: 'kill', calls: ['rename'], at: 5 } }]);
    expect(await recover(alone)).toMatchObject({ outcome: 'completed', homes: [alone] });
  });

  test('takes the home through a link', async () => {
    const group = await killedGroup('b replaced');
    const link = join(makeFolder(), 'link');
    symlinkSync(home(group, 'a'), link);
    expect(await recover(link)).toMatchObject({ outcome: 'completed', homes: homesOf(group) });
    await checkClosed(group);
  });

  test('finds the others also where the run had not come to it, or had closed it', async () => {
    const early = await killedGroup('c prepared');
    expect(await recover(home(early, 'a'))).toMatchObject({ outcome: 'rolledBack', paths: [], homes: homesOf(early) });
    await checkClosed(early);
    const late = await killedGroup('c closed');
    expect(await recover(home(late, 'c'))).toMatchObject({ outcome: 'completed', homes: homesOf(late) });
    expect(configurationsOf(late)).toEqual(configurationsWith('wanted'));
    await checkClosed(late);
  });

  test('is done by commit and undo first', async () => {
    const group = await killedGroup('b replaced');
    await commit(home(group, 'a'), [replacement(home(group, 'a'), 'conf/carbon.xml', 'new')], {}).catch(
      () => undefined,
    );
    expect(configurationsOf(group)).toEqual(configurationsWith('wanted'));
    await undo(home(group, 'a'));
    expect(configurationOf(home(group, 'a'))).toEqual(configurationsWith('original')[2]);
    expect(configurationOf(home(group, 'b'))).toEqual(configurationsWith('wanted')[0]);
  });

  test('undo of one home is the rollback of all where the apply was not ready', async () => {
    const group = await killedGroup('all prepared');
    expect(await undo(home(group, 'c'))).toMatchObject({ recovery: { outcome: 'rolledBack', homes: homesOf(group) } });
    expect(treeOf(group)).toEqual(treeOf(makeGroup()));
  });
});

describe('a home that cannot be completed sends all of them back', () => {
  test.each([
    ['commit', 'original'],
    ['undo', 'wanted'],
  ] as const)('(%s)', async (action, side) => {
    for (const entry of [0, 1, 2]) {
      const group = await killedGroup('b replaced', action);
      removeStaged(home(group, 'a'));
      expect(await recover(homesOf(group)[entry] ?? '')).toMatchObject({ outcome: 'rolledBack' });
      expect(configurationsOf(group)).toEqual(configurationsWith(side));
      await checkClosed(group);
    }
  });

  test('also where one lost its journal, and with it what it was to become', async () => {
    const group = await killedGroup('b replaced');
    rmSync(home(group, 'c/.carbon-patch'), { recursive: true });
    removeStaged(home(group, 'c'));
    expect(await recover(home(group, 'a'))).toMatchObject({ outcome: 'rolledBack' });
    expect(configurationsOf(group)).toEqual(configurationsWith('original'));
    await checkClosed(group);
  });
});

describe('a recovery of a group that is killed', () => {
  const calls = ['open wx', 'rename', 'rm', 'rmdir', 'writeFile', 'handle.writeFile', 'mkdir'];

  test.each([
    { name: 'while it completes', spoil: () => undefined, side: 'wanted' },
    { name: 'while it rolls back', spoil: (group: string) => removeStaged(home(group, 'a')), side: 'original' },
  ] as const)('$name is recovered in its turn, from another home', async ({ spoil, side }) => {
    const prepare = async (count: number): Promise<readonly string[]> => {
      const groups = await killedGroups(count, 'b replaced');
      groups.forEach(spoil);
      return groups;
    };
    const [model = ''] = await prepare(1);
    const [counted] = await runInChild([{ ...runOn(model, 'recover', 1), fault: { kind: 'kill', at: 0, calls } }]);
    const groups = await prepare(counted?.calls ?? 0);
    expect(groups.length).toBeGreaterThan(30);
    await runInChild(
      groups.map((group, index) => ({ ...runOn(group, 'recover', 1), fault: { kind: 'kill', at: index + 1, calls } })),
    );
    for (const [index, group] of groups.entries()) {
      await recover(homesOf(group)[index % 2 === 0 ? 0 : 2] ?? '');
      expect(configurationsOf(group)).toEqual(configurationsWith(side));
      await checkClosed(group);
    }
  });
});

describe('a file that a person changed after the run was killed', () => {
  test.each(['b/conf/carbon.xml', 'a/conf/axis2.xml'])('(%s) stops the recovery of all homes', async (path) => {
    const group = await killedGroup('b replaced');
    writeFileSync(join(group, path), 'by hand');
    const before = configurationsOf(group);
    for (const one of homesOf(group)) {
      expect(await rejectionOf(recover(one))).toMatchObject({
        code: 'JOURNAL_DAMAGED',
        details: {
          path: home(group, 'b/.carbon-patch/journal.json'),
          problem: `${join(group, path)} changed while an apply was unfinished`,
        },
      });
      expect(configurationsOf(group)).toEqual(before);
    }
    const [name = '', ...inner] = path.split('/');
    writeFileSync(join(group, path), readFileSync(join(group, name, '.carbon-patch/originals/1', ...inner)));
    expect(await recover(home(group, 'c'))).toMatchObject({ outcome: 'rolledBack' });
    expect(configurationsOf(group)).toEqual(configurationsWith('original'));
    await checkClosed(group);
  });

  test('is as a change after the apply once every home was replaced', async () => {
    const group = await killedGroup('c closed');
    writeFileSync(home(group, 'a/conf/axis2.xml'), 'by hand');
    expect(await recover(home(group, 'a'))).toMatchObject({ outcome: 'completed' });
    expect(readFileSync(home(group, 'a/conf/axis2.xml'), 'utf8')).toBe('by hand');
    for (const one of homesOf(group)) expect((await readJournal(one)).transaction).toBeUndefined();
  });
});

describe('a home of a group that is not there', () => {
  test.each(['moved away', 'not mounted'])('(%s) stops the others where it alone knows how it ends', async (how) => {
    const group = await killedGroup('c committing');
    const away = takeAway(group, 'b', how);
    const before = withoutLocks(treeOf(home(group, 'a')));
    const error = await rejectionOf(recover(home(group, 'a')));
    expect(error).toMatchObject({
      code: 'JOURNAL_DAMAGED',
      details: {
        path: home(group, 'a/.carbon-patch/journal.json'),
        problem: `an apply over several homes was interrupted, and ${home(group, 'b')}, which knows how it ends, is not there: bring it back and run again, or if it is gone for good, put any file into a new folder of that name and run again`,
      },
    });
    expect(withoutLocks(treeOf(home(group, 'a')))).toEqual(before);
    bringBack(group, 'b', away);
    expect(await recover(home(group, 'a'))).toMatchObject({ outcome: 'completed' });
    expect(configurationsOf(group)).toEqual(configurationsWith('wanted'));
    await checkClosed(group);
  });

  test('and is gone for good lets the others go back once a person says so', async () => {
    const group = await killedGroup('b decided');
    rmSync(home(group, 'b'), { recursive: true });
    mkdirSync(home(group, 'b'));
    writeFileSync(home(group, 'b/gone.txt'), '');
    for (const name of ['c', 'a']) {
      expect(await recover(home(group, name))).toMatchObject({ outcome: 'rolledBack' });
      expect(treeOf(home(group, name))).toEqual(treeOf(makeHome(contentOf(name, 'original'))));
    }
  });

  test.each(['moved away', 'not mounted'])('(%s) does not stop the others where they know how it ends', async (how) => {
    const group = await killedGroup('all committing');
    const away = takeAway(group, 'b', how);
    for (const name of ['c', 'a']) {
      expect(await recover(home(group, name))).toMatchObject({ outcome: 'completed', homes: [home(group, name)] });
    }
    bringBack(group, 'b', away);
    expect(await recover(home(group, 'b'))).toMatchObject({ outcome: 'completed', homes: homesOf(group) });
    expect(configurationsOf(group)).toEqual(configurationsWith('wanted'));
    await checkClosed(group);
  });

  test('and has to be completed with the others stops them, and is named', async () => {
    const group = await killedGroup('b replaced');
    const away = takeAway(group, 'a', 'moved away');
    const before = treeOf(group);
    for (const name of ['b', 'c']) {
      expect(await rejectionOf(recover(home(group, name)))).toMatchObject({
        code: 'JOURNAL_DAMAGED',
        details: {
          path: home(group, 'b/.carbon-patch/journal.json'),
          problem: expect.stringMatching(
            /^an apply over several homes was interrupted, and \S+\/a is not there: bring/,
          ),
        },
      });
      expect(withoutLocks(treeOf(group))).toEqual(withoutLocks(before));
    }
    bringBack(group, 'a', away);
    expect(await recover(home(group, 'c'))).toMatchObject({ outcome: 'completed' });
    await checkClosed(group);
  });

  test('or is gone for good sends the others back once a person says so', async () => {
    const group = await killedGroup('b replaced');
    rmSync(home(group, 'a'), { recursive: true });
    mkdirSync(home(group, 'a'));
    writeFileSync(home(group, 'a/gone.txt'), '');
    expect(await recover(home(group, 'c'))).toMatchObject({ outcome: 'rolledBack' });
    expect(configurationsOf(group).slice(0, 2)).toEqual(configurationsWith('original').slice(0, 2));
    expect(treeOf(home(group, 'a'))).toEqual({ 'gone.txt': '0644 ' });
  });

  test.each(['commit', 'undo'] as const)('follows when it is back (%s)', async (action) => {
    const sides = action === 'commit' ? (['original', 'wanted'] as const) : (['wanted', 'earlier'] as const);
    for (const progress of ['all prepared', 'all replaced, and said so'] as const) {
      const group = await killedGroup(progress, action);
      const away = takeAway(group, 'a', 'moved away');
      await recover(home(group, 'c'));
      expect((await readJournal(home(group, 'b'))).transaction).toBeUndefined();
      bringBack(group, 'a', away);
      const outcome = progress === 'all prepared' ? 'rolledBack' : 'completed';
      expect(await recover(home(group, 'a'))).toMatchObject({ outcome });
      expect(configurationsOf(group)).toEqual(configurationsWith(sides[outcome === 'completed' ? 1 : 0]));
      await checkClosed(group);
    }
  });

  test('is found at its new place where it is the one that decides', async () => {
    const group = await killedGroup('all prepared');
    renameSync(home(group, 'b'), home(group, 'moved'));
    expect(await recover(home(group, 'moved'))).toMatchObject({
      outcome: 'rolledBack',
      homes: ['moved', 'c', 'a'].map((name) => home(group, name)),
    });
    renameSync(home(group, 'moved'), home(group, 'b'));
    await checkClosed(group);
  });
});

test('a home that said it would be completed no longer does so alone once all are to go back', async () => {
  const group = await killedGroup('b replaced');
  removeStaged(home(group, 'a'));
  // The renames before it are those of four locks, and of three journals: those of c and a ask again, that of b says the end.
  const fault: Fault = { kind: 'kill', calls: ['rename'], at: 8 };
  await runInChild([{ ...runOn(group, 'recover', 1), fault }]);
  const away = takeAway(group, 'b', 'moved away');
  expect(await rejectionOf(recover(home(group, 'c')))).toMatchObject({ code: 'JOURNAL_DAMAGED' });
  bringBack(group, 'b', away);
  expect(await recover(home(group, 'c'))).toMatchObject({ outcome: 'rolledBack', homes: homesOf(group) });
  expect(configurationsOf(group)).toEqual(configurationsWith('original'));
  await checkClosed(group);
});

test('a home that is brought back from a copy made in the middle follows what was decided', async () => {
  const group = await killedGroup('all prepared');
  cpSync(home(group, 'a'), join(group, 'copy'), { recursive: true });
  await recover(home(group, 'b'));
  rmSync(home(group, 'a'), { recursive: true });
  renameSync(join(group, 'copy'), home(group, 'a'));
  expect(await recover(home(group, 'a'))).toMatchObject({ outcome: 'rolledBack', homes: [home(group, 'a')] });
  await checkClosed(group);
});

test('a program that knows no groups refuses their journals while they are open, and reads them afterwards', async () => {
  const group = await killedGroup('b replaced');
  const versions = (): readonly number[] =>
    homesOf(group).map((one) => versionIn(readFileSync(join(one, '.carbon-patch/journal.json'), 'utf8')));
  expect(versions()).toEqual([2, 2, 2]);
  await recover(home(group, 'b'));
  expect(versions()).toEqual([1, 1, 1]);
});

test('a home of a group that cannot be read stops the others, and is named', async () => {
  const group = await killedGroup('all prepared');
  writeFileSync(home(group, 'b/.carbon-patch/journal.json'), '{');
  expect(await rejectionOf(recover(home(group, 'a')))).toMatchObject({
    code: 'JOURNAL_DAMAGED',
    details: { path: home(group, 'b/.carbon-patch/journal.json'), problem: 'it is not JSON' },
  });
});

function versionIn(journal: string): number {
  return (JSON.parse(journal) as { readonly formatVersion: number }).formatVersion;
}

function removeStaged(folder: string): void {
  for (const name of readdirSync(join(folder, 'conf')).filter((one) => one.endsWith('.tmp'))) {
    rmSync(join(folder, 'conf', name));
  }
}

/** Takes a home away, or leaves an empty folder in its place; gives the place where it is now. */
function takeAway(group: string, name: string, how: string): string {
  const away = join(makeFolder(), name);
  renameSync(home(group, name), away);
  if (how === 'not mounted') mkdirSync(home(group, name));
  return away;
}

function bringBack(group: string, name: string, away: string): void {
  if (existsSync(home(group, name))) rmSync(home(group, name), { recursive: true });
  renameSync(away, home(group, name));
}

function withoutLocks(tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.includes('.carbon-patch/lock-')));
}
