import { execPath } from 'node:process';
import { makeClusterOfHomes } from '../cluster-of-homes';
import { grouped, megabytesText, ratioText, secondsText } from './figures';
import { measureInTurn, type ProcessRun } from './measure-process';
import { elbHome, esbHome, inNewFolder, program, tell } from './real-homes';
import type { BenchOptions, Section, Table } from './section';

/** What commands over a whole cluster take, and how that grows with its nodes. */
export const homes: Section = {
  summary: 'a cluster of many homes: plan, check, apply, second apply, undo',
  run: measureHomes,
};

/** One command over all nodes. */
interface Step {
  readonly name: string;
  readonly words: readonly string[];
  /** What it prints where it did its work. */
  readonly says: RegExp;
  readonly codes?: readonly number[];
}

const first: Step = { name: '`apply --yes`, the first', words: ['apply', '--yes'], says: /Wrote \d+ files/ };
const second: Step = { name: '`apply --yes`, the second', words: ['apply', '--yes'], says: /Nothing to do/ };

/** One cycle in its order; after it the homes are as before. */
const steps: readonly Step[] = [
  { name: '`plan`', words: ['plan'], says: /\S/ },
  { name: '`check`', words: ['check'], says: /errors?/i, codes: [0, 1] },
  first,
  second,
  { name: '`undo --yes`', words: ['undo', '--yes'], says: /\S/ },
];

/** What every step took with a number of nodes. */
interface Cycle {
  readonly nodes: number;
  readonly runs: ReadonlyMap<Step, ProcessRun>;
}

async function measureHomes({ homes: sizes }: BenchOptions): Promise<readonly (string | Table)[]> {
  const cycles: Cycle[] = [];
  for (const nodes of sizes.toSorted((a, b) => a - b)) {
    cycles.push(await inNewFolder((folder) => runCycle(nodes, folder)));
  }
  return [
    `The homes are copies of ${esbHome().label} and of ${elbHome().label}, four nodes on a machine; each command runs once over all nodes, in this order.`,
    proportionTable(cycles),
    costTable(cycles),
  ];
}

function runCycle(nodes: number, folder: string): Cycle {
  tell(`homes: copying ${nodes} homes`);
  const cluster = makeClusterOfHomes({ elb: elbHome().path, esb: esbHome().path, nodes, folder });
  const runs = new Map(steps.map((step) => [step, runStep(step, cluster, nodes)] as const));
  return { nodes, runs };
}

function runStep({ name, words, says, codes = [0] }: Step, cluster: string, nodes: number): ProcessRun {
  tell(`homes: ${words.join(' ')} over ${nodes} nodes`);
  const command = { name, words: [execPath, program, ...words, '--cluster', cluster], env: { DB: 'x-7' }, codes };
  const [run] = measureInTurn([command], { warmUps: 0, rounds: 1 })[0] ?? [];
  if (run === undefined || !says.test(run.stdout + run.stderr)) throw new Error(`${name} did not say ${says.source}`);
  return run;
}

function proportionTable(cycles: readonly Cycle[]): Table {
  const [fewest] = cycles;
  const most = cycles.at(-1);
  if (fewest === undefined || most === undefined) throw new Error('no number of nodes was given');
  const perNode = ({ nodes, runs }: Cycle, step: Step): number => (runs.get(step)?.cpuSeconds ?? NaN) / nodes;
  const against = `CPU a node with ${grouped(most.nodes)} nodes against ${grouped(fewest.nodes)}`;
  const peak = Math.max(...steps.map((step) => most.runs.get(step)?.peakBytes ?? 0));
  const gain = perNode(most, first) / perNode(most, second);
  return [
    ['What', 'Figure', 'Target'],
    ...steps.map((step) => [
      `${step.name}: ${against}`,
      ratioText(perNode(most, step) / perNode(fewest, step)),
      'in proportion: about 1 ×',
    ]),
    [`CPU of the first apply against the second, ${grouped(most.nodes)} nodes`, ratioText(gain), 'at least 3.00 ×'],
    [`peak memory of any command, ${grouped(most.nodes)} nodes`, megabytesText(peak), 'under 400 MB'],
  ];
}

function costTable(cycles: readonly Cycle[]): Table {
  const cell = (run: ProcessRun | undefined): string =>
    run === undefined
      ? ''
      : `${secondsText(run.wallSeconds)}, ${secondsText(run.cpuSeconds)}, ${megabytesText(run.peakBytes)}`;
  return [
    ['Command: wall, CPU, peak memory', ...cycles.map(({ nodes }) => `${grouped(nodes)} nodes`)],
    ...steps.map((step) => [step.name, ...cycles.map(({ runs }) => cell(runs.get(step)))]),
  ];
}
