import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { commit } from '../../lib/disk/commit';
import { recover } from '../../lib/disk/recover';
import { noteFigure } from '../prove/figures';
import type { Fault, Outcome, Run } from './child';
import { runInChild } from './child-process';
import { configurationOf, makeHome, replacements, textReplacements, treeOf } from './temporary-home';
import { startNoPrograms } from './no-programs';

let startProgramsAgain: () => void;

beforeAll(() => {
  startProgramsAgain = startNoPrograms();
});

afterAll(() => startProgramsAgain());

// Every failing call is a home of its own.
jest.setTimeout(60_000);

const reading = ['stat', 'lstat', 'realpath', 'readFile', 'readdir', 'open r', 'handle.stat'];
const storing = ['open wx', 'mkdir', 'link', 'writeFile', 'handle.writeFile'];
const writing = [...storing, 'open r+', 'rename', 'rm', 'rmdir', 'handle.sync', 'handle.chmod', 'handle.truncate'];

const original = {
  'conf/axis2.xml': '<axisconfig/>\n',
  'conf/carbon.xml': '<Server/>\n',
  'conf/registry.xml': '<wso2registry/>\n',
};
const wanted = {
  'conf/axis2.xml': '<a/>\n',
  'conf/carbon.xml': '<Server>\n  <Ports/>\n</Server>\n',
  'conf/registry.xml': '<w />',
};
/** With a file that is made, in a folder that is made for it. */
const wantedWithNew = { 'conf/carbon.xml': '<S/>\n', 'components/lib/driver.jar': 'PK, the driver\n' };

const faults: readonly { readonly name: string; readonly fault: Omit<Fault, 'at'> }[] = [
  { name: 'any one call fails', fault: { kind: 'fail', code: 'EIO', calls: [...reading, ...writing] } },
  { name: 'the disk is full from any write on', fault: { kind: 'failFrom', code: 'ENOSPC', calls: storing } },
  { name: 'the disk is read-only from any write on', fault: { kind: 'failFrom', code: 'EROFS', calls: writing } },
  {
    name: 'the disk is gone from any call on',
    fault: { kind: 'failFrom', code: 'EIO', calls: [...reading, ...writing] },
  },
];

interface Action extends Pick<Run, 'action' | 'busy'> {
  /** True where a file is made, or removed again. */
  readonly makesFile?: true;
}

/** For an apply; the calls of the other actions fail with one code, since nothing there asks for the code. */
const anyOneCall = ['ENOSPC', 'EACCES', 'EROFS', 'EXDEV'].map((code) => ({
  name: `any one call fails with ${code}`,
  fault: { kind: 'fail', code, calls: 'all' } as const,
}));
const actions: readonly Action[] = [
  { action: 'commit' },
  { action: 'commit', busy: ['/carbon.xml'] },
  { action: 'undo' },
  { action: 'recover' },
  { action: 'commit', makesFile: true },
  { action: 'undo', makesFile: true },
];
const cases = actions.flatMap((action) => {
  const more = action.action === 'commit' && !action.busy && !action.makesFile ? anyOneCall : [];
  return [...faults, ...more].map((fault) => ({ ...fault, action, title: titleOf(action) }));
});

test.each(cases)('all files or none: $title, and $name', async ({ action, fault }) => {
  const changed = { ...original, ...contentsOf(action) };
  const contents = action.action === 'undo' ? [changed, original] : [original, changed];
  const [before, after] = contents.map((content) => treeOf(makeHome(content)));
  const calls = await countCalls(action, fault);
  const homes = Array.from({ length: calls }, () => makeHome(original));
  await prepare(homes, action);
  const outcomes = await runInChild(homes.map((home, index) => runOn(home, action, { ...fault, at: index + 1 })));
  for (const [index, outcome] of outcomes.entries()) {
    const home = homes[index] ?? '';
    // An unfinished run that cannot be recovered now has another chance.
    const expected =
      isUnfinished(outcome) || action.action === 'recover' ? [before, after] : [outcome.error ? before : after];
    if (!isUnfinished(outcome) && !(action.action === 'recover' && outcome.error))
      expect(expected).toContainEqual(configurationOf(home));
    await recover(home);
    expect(expected).toContainEqual(configurationOf(home));
    expect(Object.keys(treeOf(home)).filter((path) => /lock-|\.tmp$|-undone/.test(path))).toEqual([]);
    expect(await recover(home)).toEqual({ outcome: 'nothing' });
  }
  noteFigure('faults', 'faults injected', calls);
});

describe('a full disk', () => {
  test('is named, and nothing of the attempt is left', async () => {
    const home = makeHome(original);
    const before = treeOf(home);
    const [outcome] = await runInChild([
      runOn(home, { action: 'commit' }, { kind: 'fail', code: 'ENOSPC', calls: ['handle.writeFile'], at: 6 }),
    ]);
    expect(outcome?.error?.message).toBe(
      'conf/carbon.xml: cannot be written: made to fail (ENOSPC); every file is as it was before',
    );
    expect(treeOf(home)).toEqual(before);
  });

  test('may let a part of a file through, which is removed', async () => {
    const home = makeHome({ ...original, 'conf/large.xml': 'x' });
    const before = treeOf(home);
    const files = textReplacements(home, { 'conf/axis2.xml': 'y', 'conf/large.xml': 'y'.repeat(40_000) });
    const run: Run = { home, action: 'commit', replacements: files };
    const [outcome] = await runInChild([run], { fileSizeLimit: 16_384 });
    expect(outcome?.error?.message).toBe(
      'conf/large.xml: cannot be written: file too large (EFBIG); every file is as it was before',
    );
    expect(treeOf(home)).toEqual(before);
  });
});

function isUnfinished({ error }: Outcome): boolean {
  return error?.code === 'WRITE_FAILED' && (error.details as { readonly restored: boolean }).restored === false;
}

function contentsOf({ makesFile }: Action): Readonly<Record<string, string>> {
  return makesFile ? wantedWithNew : wanted;
}

async function prepare(homes: readonly string[], action: Action): Promise<void> {
  if (action.action === 'undo') {
    const apply = (home: string): Promise<unknown> =>
      commit(home, replacements(home, contentsOf(action)), { role: 'worker' });
    await Promise.all(homes.map(apply));
  }
  if (action.action === 'recover') {
    // The renames before it are those of the lock, of two journals and of the first target.
    const fault: Fault = { kind: 'kill', calls: ['rename'], at: 5 };
    await runInChild(homes.map((home) => runOn(home, { action: 'commit' }, fault)));
  }
}

async function countCalls(action: Action, fault: Omit<Fault, 'at'>): Promise<number> {
  const home = makeHome(original);
  await prepare([home], action);
  const [outcome] = await runInChild([runOn(home, action, { ...fault, kind: 'fail', at: 0 })]);
  expect(outcome?.error).toBeUndefined();
  expect(outcome?.calls).toBeGreaterThan(2);
  return outcome?.calls ?? 0;
}

function runOn(home: string, action: Action, fault: Fault): Run {
  const run = { action: action.action, home, fault, ...(action.busy && { busy: action.busy }) };
  return action.action === 'commit' ? { ...run, replacements: textReplacements(home, contentsOf(action)) } : run;
}

function titleOf({ action, busy, makesFile }: Action): string {
  return `${action}${busy ? ' over a mount point' : ''}${makesFile ? ' with a new file' : ''}`;
}
