import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { recover } from '../../lib/disk/recover';
import type { Fault, Run } from './child';
import { runInChild } from './child-process';
import {
  applyTo,
  checkClosed,
  configurationsOf,
  configurationsWith,
  homesOf,
  makeGroup,
  runOn,
  type Contents,
} from './home-group';
import { startNoPrograms } from './no-programs';

let startProgramsAgain: () => void;

beforeAll(() => {
  startProgramsAgain = startNoPrograms();
});

afterAll(() => startProgramsAgain());

// Every step of every scenario is three homes of its own.
jest.setTimeout(300_000);

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

type Action = Pick<Run, 'action' | 'busy'>;

interface Scenario {
  readonly name: string;
  /** What was applied before. */
  readonly before: readonly Contents[];
  readonly action: Action;
  /** Each step is tried, or each second or third one of a run that takes much the same steps as another. */
  readonly every: 1 | 2 | 3;
  /** What the homes hold before and after. */
  readonly sides: readonly [Contents, Contents];
}

const busy = ['/carbon.xml'];
const scenarios: readonly Scenario[] = [
  {
    name: 'a first apply',
    before: [],
    action: { action: 'commit' },
    every: 1,
    sides: ['original', 'wanted'],
  },
  {
    name: 'a second apply, over mount points,',
    before: ['earlier'],
    action: { action: 'commit', busy },
    every: 3,
    sides: ['earlier', 'wanted'],
  },
  {
    name: 'an undo',
    before: ['wanted'],
    action: { action: 'undo' },
    every: 1,
    sides: ['wanted', 'original'],
  },
  {
    name: 'an undo of a second apply, over mount points,',
    before: ['earlier', 'wanted'],
    action: { action: 'undo', busy },
    every: 3,
    sides: ['wanted', 'earlier'],
  },
  {
    name: 'an apply that makes files',
    before: [],
    action: { action: 'commit' },
    every: 2,
    sides: ['original', 'withNew'],
  },
  {
    name: 'an undo that removes files',
    before: ['withNew'],
    action: { action: 'undo' },
    every: 2,
    sides: ['withNew', 'original'],
  },
];

describe.each(scenarios)('$name over several homes that is killed', (scenario) => {
  test('before any step that is tried is brought to one side in all of them, from each home in turn', async () => {
    const outcomes = await checkEveryStep(scenario, 'kill', writingCalls);
    expect(outcomes).toEqual(new Set(['nothing', 'rolledBack', 'completed']));
  });

  test('in the middle of any write is brought to one side in all of them', async () => {
    const outcomes = await checkEveryStep(scenario, 'tear', ['handle.writeFile']);
    expect(outcomes).toContain('rolledBack');
  });
});

async function checkEveryStep(
  scenario: Scenario,
  kind: Fault['kind'],
  calls: readonly string[],
): Promise<ReadonlySet<string>> {
  const [before, after] = scenario.sides.map(configurationsWith);
  const outcomes = new Set<string>();
  for (const [step, group] of (await killAtEveryStep(scenario, kind, calls)).entries()) {
    const { outcome } = await recover(homesOf(group)[step % 3] ?? '');
    outcomes.add(outcome);
    const found = configurationsOf(group);
    if (outcome === 'completed') expect(found).toEqual(after);
    if (outcome === 'rolledBack') expect(found).toEqual(before);
    expect([before, after]).toContainEqual(found);
    await checkClosed(group);
  }
  return outcomes;
}

/** One group for each step that is tried, with the run killed just before that step. */
async function killAtEveryStep(
  { before, action, every, sides: [, after] }: Scenario,
  kind: Fault['kind'],
  calls: readonly string[],
): Promise<readonly string[]> {
  const model = makeGroup();
  for (const contents of before) await applyTo([model], contents);
  const runIn = (group: string, at: number): Run => ({
    ...runOn(group, action.action, 0, after),
    ...action,
    fault: { kind, at, calls },
  });
  const [counted] = await runInChild([runIn(model, 0)]);
  expect(counted?.error).toBeUndefined();
  const steps = counted?.calls ?? 0;
  expect(steps).toBeGreaterThan(20);
  // Writes that are torn are few.
  const stride = kind === 'kill' ? every : 1;
  const groups = Array.from({ length: Math.ceil(steps / stride) }, makeGroup);
  for (const contents of before) await applyTo(groups, contents);
  const outcomes = await runInChild(groups.map((group, index) => runIn(group, 1 + index * stride)));
  expect(outcomes.map(({ isKilled }) => isKilled)).toEqual(groups.map(() => true));
  return groups;
}
