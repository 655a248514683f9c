import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { recover } from '../../lib/disk/recover';
import { noteFigure } from '../prove/figures';
import type { Fault, Outcome, Run } from './child';
import { runInChild } from './child-process';
import type { Tree } from './temporary-home';
import {
  applyTo,
  checkClosed,
  configurationsOf,
  configurationsWith,
  type Contents,
  homesOf,
  makeGroup,
  runOn,
} from './home-group';
import { startNoPrograms } from './no-programs';

let startProgramsAgain: () => void;

beforeAll(() => {
  startProgramsAgain = startNoPrograms();
});

afterAll(() => startProgramsAgain());

// Every failing call is three homes of its own.
jest.setTimeout(300_000);

const reading = ['stat', 'lstat', 'realpath', 'readFile', 'readdir', 'open r', 'handle.stat'];
const storing = ['open wx', 'mkdir', 'link', 'writeFile', 'handle.writeFile'];
const writing = [...storing, 'open r+', 'rename', 'rm', 'rmdir', 'handle.sync', 'handle.chmod', 'handle.truncate'];

interface Case {
  readonly title: string;
  readonly action: Run['action'];
  readonly fault: Omit<Fault, 'at'>;
  /** The home that the fault is about; all of them where it is missing. */
  readonly home?: number;
}

const inAll: readonly Case[] = (['commit', 'undo', 'recover'] as const).map((action) => ({
  title: `${action}, and any one call fails`,
  action,
  // What an undo reads, it reads as an apply does.
  fault: { kind: 'fail', code: 'EIO', calls: action === 'undo' ? writing : [...reading, ...writing] },
}));
const inTurn = ['ENOSPC', 'EACCES', 'EROFS', 'EXDEV'];
const anyCall: Case = {
  title: 'commit, and any one call fails, in turn with each code',
  action: 'commit',
  fault: { kind: 'fail', code: 'in turn', calls: 'all' },
};
const inOne: readonly Case[] = [0, 1, 2].flatMap((home) => [
  {
    title: `commit, and the disk of home ${home} is full from any write on`,
    action: 'commit',
    fault: { kind: 'failFrom', code: 'ENOSPC', calls: storing },
    home,
  },
  {
    title: `undo, and home ${home} is read-only from any write on`,
    action: 'undo',
    fault: { kind: 'failFrom', code: 'EACCES', calls: writing },
    home,
  },
]);

test.each([...inAll, anyCall, ...inOne])('all files of all homes or none: $title', async ({ action, fault, home }) => {
  const [before, after] = sidesOf(action).map(configurationsWith);
  const count = await countCalls(action, fault, home);
  const groups = Array.from({ length: count }, makeGroup);
  await prepare(groups, action);
  const runs = groups.map((group, index) =>
    runWith(
      group,
      action,
      { ...fault, ...(fault.code === 'in turn' && { code: inTurn[index % inTurn.length] ?? '' }), at: index + 1 },
      home,
    ),
  );
  for (const [index, outcome] of (await runInChild(runs)).entries()) {
    const group = groups[index] ?? '';
    const isOpen = action === 'recover' ? outcome.error !== undefined : isUnfinished(outcome);
    // A run that could not be ended, and says so, has another chance.
    const expected = isOpen || action === 'recover' ? [before, after] : [outcome.error ? before : after];
    if (!isOpen) expect(expected).toContainEqual(configurationsOf(group));
    const homes = homesOf(group);
    // From any home the files are put in order; what the run left elsewhere goes at the latest when it is that home's turn.
    await recover(homes[index % 3] ?? '');
    expect(expected).toContainEqual(configurationsOf(group).map(withoutStaged));
    for (const one of homes) await recover(one);
    expect(expected).toContainEqual(configurationsOf(group));
    await checkClosed(group);
  }
  noteFigure('faults', 'faults injected', count);
});

test('a full disk of one home is named with the home, and nothing of the attempt is left in any', async () => {
  const group = makeGroup();
  const home = homesOf(group)[1] ?? '';
  const fault: Fault = { kind: 'failFrom', code: 'ENOSPC', calls: ['handle.writeFile'], at: 4, within: home };
  const [outcome] = await runInChild([{ ...runOn(group, 'commit'), fault }]);
  expect(outcome?.error?.message).toBe(
    `${home}/conf/axis2.xml: cannot be written: made to fail (ENOSPC); every file is as it was before`,
  );
  await checkClosed(group);
});

function sidesOf(action: Run['action']): readonly Contents[] {
  return action === 'undo' ? ['wanted', 'original'] : ['original', 'wanted'];
}

function withoutStaged(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.endsWith('.tmp')));
}

function isUnfinished({ error }: Outcome): boolean {
  return error?.code === 'WRITE_FAILED' && (error.details as { readonly restored: boolean }).restored === false;
}

async function prepare(groups: readonly string[], action: Run['action']): Promise<void> {
  if (action === 'undo') await applyTo(groups, 'wanted');
  if (action !== 'recover') return;
  // The renames before it are those of three locks, of the eight journals until all say that they commit, and of three targets.
  const fault: Fault = { kind: 'kill', calls: ['rename'], at: 15 };
  await runInChild(groups.map((group) => ({ ...runOn(group, 'commit'), fault })));
}

async function countCalls(action: Run['action'], fault: Omit<Fault, 'at'>, home?: number): Promise<number> {
  const group = makeGroup();
  await prepare([group], action);
  const [outcome] = await runInChild([runWith(group, action, { ...fault, kind: 'fail', at: 0 }, home)]);
  expect(outcome?.error).toBeUndefined();
  expect(outcome?.calls).toBeGreaterThan(10);
  return outcome?.calls ?? 0;
}

function runWith(group: string, action: Run['action'], fault: Fault, home?: number): Run {
  const within = home === undefined ? group : (homesOf(group)[home] ?? '');
  return { ...runOn(group, action), fault: { ...fault, within } };
}
