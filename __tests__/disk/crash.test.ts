import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../lib/disk/commit';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import type { Fault, Run } from './child';
import { runInChild } from './child-process';
import { configurationOf, makeHome, replacements, textReplacements, treeOf, type Tree } from './temporary-home';
import { startNoPrograms } from './no-programs';

let startProgramsAgain: () => void;

beforeAll(() => {
  startProgramsAgain = startNoPrograms();
});

afterAll(() => startProgramsAgain());

// Every step of every scenario is a home of its own.
jest.setTimeout(60_000);

const writingCalls = [
  'open wx',
  'open r+',
  'mkdir',
  'writeFile',
  'rename',
  'link',
  'rm',
  'rmdir',
  'handle.writeFile',
  'handle.truncate',
  'handle.chmod',
];

const original = {
  'repository/conf/axis2/axis2.xml': '<axisconfig/>\n',
  'repository/conf/carbon.xml': '<Server>\n  <Ports/>\n</Server>\n',
  'repository/conf/registry.xml': '<wso2registry/>\n',
};
const wanted = {
  'repository/conf/axis2/axis2.xml': '<axisconfig name="cluster"/>\n',
  'repository/conf/carbon.xml': '<?xml version="1.0"?>\n<Server/>\n',
  'repository/conf/registry.xml': '<wso2registry>\n  <mount/>\n</wso2registry>\n',
};
/** With files that are made, one of them in folders that are made for it. */
const wantedWithNew = {
  ...wanted,
  'repository/components/lib/driver.jar': 'PK, the driver\n',
  'repository/conf/new.xml': '<new/>\n',
};
const earlier = { 'repository/conf/axis2/axis2.xml': '<axisconfig earlier=""/>\n' };

type Action = Pick<Run, 'action' | 'busy' | 'without'>;

interface Scenario {
  readonly name: string;
  readonly prepare: (homes: readonly string[]) => Promise<void>;
  readonly action: Action;
  /** What the apply makes of the homes; `wanted` where this is missing. */
  readonly contents?: Contents;
}

type Contents = Readonly<Record<string, string>>;

const nothing = (): Promise<void> => Promise.resolve();
const busy = ['/carbon.xml'];
const scenarios: readonly Scenario[] = [
  { name: 'a first apply', prepare: nothing, action: { action: 'commit' } },
  { name: 'a second apply', prepare: applyEarlier, action: { action: 'commit' } },
  { name: 'an apply over a mount point', prepare: nothing, action: { action: 'commit', busy } },
  { name: 'an undo', prepare: applyWanted, action: { action: 'undo' } },
  { name: 'an undo over a mount point', prepare: applyWanted, action: { action: 'undo', busy } },
  {
    name: 'an apply that makes files',
    prepare: applyEarlier,
    action: { action: 'commit' },
    contents: wantedWithNew,
  },
  {
    name: 'an apply that makes files where a file has one name only',
    prepare: nothing,
    action: { action: 'commit', without: ['link'] },
    contents: wantedWithNew,
  },
  {
    name: 'an undo that removes files',
    prepare: applyWantedWithNew,
    action: { action: 'undo' },
    contents: wantedWithNew,
  },
  {
    name: 'an undo that removes files where a file has one name only',
    prepare: applyWantedWithNew,
    action: { action: 'undo', without: ['link'] },
    contents: wantedWithNew,
  },
];

describe.each(scenarios)('$name that is killed', (scenario) => {
  test('before any step is completed or rolled back by the next run', async () => {
    const outcomes = await checkEveryStep(scenario, 'kill', writingCalls);
    expect(outcomes).toEqual(new Set(['nothing', 'rolledBack', 'completed']));
  });

  test('in the middle of any write is completed or rolled back by the next run', async () => {
    const outcomes = await checkEveryStep(scenario, 'tear', ['handle.writeFile']);
    expect(outcomes).toContain('rolledBack');
  });
});

describe('a recovery that is killed', () => {
  test.each([
    { name: 'while it completes', spoil: () => undefined, end: 'completed', content: wanted },
    { name: 'while it rolls back', spoil: removeLastStagedFile, end: 'rolledBack', content: original },
  ])('$name is recovered in its turn', async ({ spoil, end, content }) => {
    const prepare = async (homes: readonly string[]): Promise<void> => {
      await runInChild(homes.map((home) => runOn(home, { action: 'commit' }, beforeSecondTarget)));
      homes.forEach(spoil);
    };
    const scenario = { prepare, action: { action: 'recover' } } as const;
    const steps = await countSteps(scenario, writingCalls);
    const homes = await killAtEveryStep(scenario, { kind: 'kill', calls: writingCalls }, steps);
    for (const home of homes) {
      expect(['nothing', end]).toContain((await recover(home)).outcome);
      expect(configurationOf(home)).toEqual(treeOf(makeHome(content)));
      expect(await recover(home)).toEqual({ outcome: 'nothing' });
    }
  });
});

test('a mixture of two contents is told from the work of a person, also where the rollback was killed', async () => {
  const busyApply: Action = { action: 'commit', busy };
  const busyRecovery: Action = { action: 'recover', busy };
  const calls = ['handle.writeFile'];
  const prepare = async (homes: readonly string[]): Promise<void> => {
    // The writes before it are those of three journals, three backups and three staged files.
    await runInChild(homes.map((home) => runOn(home, busyApply, { kind: 'tear', calls, at: 10 })));
    homes.forEach(removeLastStagedFile);
  };
  const scenario = { prepare, action: busyRecovery };
  const [torn = ''] = await killAtEveryStep(scenario, { kind: 'tear', calls }, 1);
  expect(configurationOf(torn)['repository/conf/carbon.xml']).toBe('0644 <?xml version="1s/>\n</Server>\n');

  const steps = await countSteps(scenario, calls);
  for (const home of await killAtEveryStep(scenario, { kind: 'tear', calls }, steps)) {
    expect((await recover(home)).outcome).toBe('rolledBack');
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  }
});

describe('undo after a killed run', () => {
  test('is the rollback itself where the apply was not ready, and leaves the apply before it alone', async () => {
    const home = makeHome(original);
    await applyEarlier([home]);
    const before = configurationOf(home);
    await runInChild([runOn(home, { action: 'commit' }, { kind: 'kill', at: 3, calls: ['handle.writeFile'] })]);
    const { recovery, paths, record } = await undo(home);
    expect(recovery.outcome).toBe('rolledBack');
    expect(paths).toEqual(Object.keys(wanted));
    expect(record.label).toEqual({ role: 'worker' });
    expect(configurationOf(home)).toEqual(before);
    expect((await undo(home)).record.label).toEqual({ role: 'manager' });
  });

  test('completes a killed undo and does not go one apply further', async () => {
    const home = makeHome(original);
    await applyEarlier([home]);
    const before = configurationOf(home);
    await applyWanted([home]);
    await runInChild([runOn(home, { action: 'undo' }, beforeSecondTarget)]);
    expect((await undo(home)).recovery).toMatchObject({ outcome: 'completed', kind: 'undo' });
    expect(configurationOf(home)).toEqual(before);
  });

  test('undoes an apply that it had to complete first', async () => {
    const home = makeHome(original);
    const before = treeOf(home);
    await runInChild([runOn(home, { action: 'commit' }, beforeSecondTarget)]);
    expect((await undo(home)).recovery).toMatchObject({ outcome: 'completed', kind: 'apply' });
    expect(treeOf(home)).toEqual(before);
  });
});

/** The renames before it are those of the lock, of two journals and of the first target. */
const beforeSecondTarget: Fault = { kind: 'kill', at: 5, calls: ['rename'] };

async function checkEveryStep(
  scenario: Scenario,
  kind: Fault['kind'],
  calls: readonly string[],
): Promise<ReadonlySet<string>> {
  const { prepare, action, contents = wanted } = scenario;
  const model = makeHome(original);
  await prepare([model]);
  const before = configurationOf(model);
  const steps = await countSteps(scenario, calls);
  expect(steps).toBeGreaterThan(7);
  const outcomes = new Set<string>();
  for (const home of await killAtEveryStep(scenario, { kind, calls }, steps)) {
    const { outcome } = await recover(home);
    outcomes.add(outcome);
    await checkSettled(home, before, action.action === 'commit' ? contents : original, outcome);
  }
  return outcomes;
}

async function checkSettled(home: string, before: Tree, content: Contents, outcome: string): Promise<void> {
  const after = treeOf(makeHome(content));
  const found = configurationOf(home);
  if (outcome === 'completed') expect(found).toEqual(after);
  if (outcome === 'rolledBack') expect(found).toEqual(before);
  expect([before, after]).toContainEqual(found);

  const tree = treeOf(home);
  expect(Object.keys(tree).filter((path) => /lock-|\.tmp$|-undone/.test(path))).toEqual([]);
  expect(await recover(home)).toEqual({ outcome: 'nothing' });
  expect(treeOf(home)).toEqual(tree);

  while (Object.keys(treeOf(home)).some((path) => path.startsWith('.carbon-patch'))) await undo(home);
  expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
}

type Steps = Pick<Scenario, 'prepare' | 'action' | 'contents'>;

/** One home for each step, with the run killed just before that step. */
async function killAtEveryStep(scenario: Steps, fault: Omit<Fault, 'at'>, steps: number): Promise<readonly string[]> {
  const homes = Array.from({ length: steps }, () => makeHome(original));
  await scenario.prepare(homes);
  const runs = homes.map((home, index) => runOn(home, scenario.action, { ...fault, at: index + 1 }, scenario.contents));
  const outcomes = await runInChild(runs);
  expect(outcomes.map(({ isKilled }) => isKilled)).toEqual(homes.map(() => true));
  return homes;
}

/** Does the run without a fault, and tells how many steps it has. */
async function countSteps({ prepare, action, contents }: Steps, calls: readonly string[]): Promise<number> {
  const home = makeHome(original);
  await prepare([home]);
  const [outcome] = await runInChild([runOn(home, action, { kind: 'kill', at: 0, calls }, contents)]);
  expect(outcome?.error).toBeUndefined();
  return outcome?.calls ?? 0;
}

function runOn(home: string, action: Action, fault: Fault, contents: Contents = wanted): Run {
  if (action.action !== 'commit') return { ...action, home, fault };
  return { ...action, home, fault, replacements: textReplacements(home, contents) };
}

async function applyEarlier(homes: readonly string[]): Promise<void> {
  await Promise.all(homes.map((home) => commit(home, replacements(home, earlier), { role: 'manager' })));
}

async function applyWanted(homes: readonly string[]): Promise<void> {
  await Promise.all(homes.map((home) => commit(home, replacements(home, wanted), { role: 'worker' })));
}

async function applyWantedWithNew(homes: readonly string[]): Promise<void> {
  await Promise.all(homes.map((home) => commit(home, replacements(home, wantedWithNew), { role: 'worker' })));
}

/** So that the run cannot be completed. */
function removeLastStagedFile(home: string): void {
  const folder = join(home, 'repository/conf');
  for (const name of readdirSync(folder).filter((candidate) => candidate.endsWith('.tmp'))) {
    if (readFileSync(join(folder, name), 'utf8') === wanted['repository/conf/registry.xml']) rmSync(join(folder, name));
  }
}
