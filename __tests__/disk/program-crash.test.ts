import { transformFileSync } from '@swc/core';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { readJournal } from '../../lib/disk/journal';
import { recover } from '../../lib/disk/recover';
import { runCli, type Ran } from '../cli/memory-io';
import { buildTime, freshBuild, program, root } from '../fresh-build';
import { noteFigure } from '../prove/figures';
import { proofSize } from '../prove/proof-size';
import { configurationOf, makeFolder, treeOf, type Tree } from './temporary-home';
import type { Watch } from './watched-program';

// Hundreds of states, each with a command of its own: a busy machine takes its time.
jest.setTimeout(600_000);

beforeAll(freshBuild, buildTime);

/** A run of the real program that is killed, and what may follow it. */
interface Scenario {
  readonly title: string;
  readonly homes: readonly string[];
  /** What is done before the run. */
  readonly before: readonly (readonly string[])[];
  readonly run: readonly string[];
}

const cluster = `domain: wso2.esb.domain
hostName: esb.example.com
membershipScheme: wka
database: { host: 192.0.2.10, username: regadmin, password: { env: DB_PASSWORD } }
nodes:
  - { name: worker1, role: worker, host: 192.0.2.132, home: b }
  - { name: manager, role: manager, host: 192.0.2.206, home: c }
  - { name: worker2, role: worker, host: 192.0.2.133, home: a }
`;
const env = { DB_PASSWORD: 'x' };
const one = ['--role', 'worker', '--home', 'b', '--host', '192.0.2.132'];
const all = ['--cluster', 'carbon-cluster.yaml'];

const scenarios: readonly Scenario[] = [
  {
    title: 'an apply over five files of a home',
    homes: ['b'],
    before: [],
    run: ['apply', '--yes', ...one],
  },
  {
    title: 'an undo of five files',
    homes: ['b'],
    before: [['apply', '--yes', ...one]],
    run: ['undo', '--yes', '--home', 'b'],
  },
  {
    title: 'an apply over three homes',
    homes: ['b', 'c', 'a'],
    before: [],
    run: ['apply', '--yes', ...all],
  },
];

test.each(scenarios)('$title, killed before any call, ends on one side by the next command', async (scenario) => {
  const place = await prepare(scenario);
  const before = configurationsOf(place, scenario);
  const { calls, copies } = watchRun(place, scenario);
  const after = configurationsOf(place, scenario);
  const changed = scenario.homes.map((_, at) =>
    Object.entries(after[at] ?? {}).filter(([path, text]) => before[at]?.[path] !== text),
  );
  expect(changed.map(({ length }) => length)).toEqual(scenario.homes.map(() => 5));
  const states = readdirSync(copies)
    .filter((name) => name !== 'calls')
    .map(Number)
    .sort((a, b) => a - b);
  expect(states.length).toBeGreaterThan(40);
  for (const [index, state] of states.entries()) {
    restore(place, join(copies, String(state)));
    await checkNext(place, scenario, index, [before, after]);
  }
  noteFigure('crash', 'kill points', calls);
  noteFigure('crash', 'states recovered', states.length);
});

test('a process that the system kills in the middle leaves what the next command puts in order', async () => {
  const sample = proofSize({ usual: 6, proved: 20 });
  for (const scenario of scenarios) {
    const place = await prepare(scenario);
    const before = configurationsOf(place, scenario);
    const start = makeFolder();
    cpSync(place, start, { recursive: true });
    const { calls } = watchRun(place, scenario);
    const after = configurationsOf(place, scenario);
    const points = Math.ceil(sample / scenarios.length);
    for (let index = 0; index < points; index++) {
      restore(place, start);
      const killAt = Math.ceil((calls * (index + 0.5)) / points);
      const ended = startProgram(place, scenario, { folder: place, copies: start, killAt });
      expect(ended.signal).toBe('SIGKILL');
      await checkNext(place, scenario, index, [before, after]);
    }
    noteFigure('crash', 'processes killed', points);
  }
});

/** The next command, in turn `apply`, `undo` and `show`, of each home in turn. */
async function checkNext(
  place: string,
  { homes, run }: Scenario,
  index: number,
  sides: readonly (readonly Tree[])[],
): Promise<void> {
  const home = join(place, homes[Math.floor(index / 3) % homes.length] ?? '');
  const name = ['apply', 'undo', 'show'][index % 3];
  const words =
    name === 'apply' ? absolute(place, isUndo(run) ? ['apply', '--yes', ...one] : run) : [name ?? '', '--home', home];
  const ran = await runIn(words);
  const found = homes.map((one) => configurationOf(join(place, one)));
  if (name === 'show' || homes.length === 1) expect(sides).toContainEqual(found);
  // Of several homes, undo takes back the one that it is told, once all of them are on one side.
  else
    expect(found.map(withoutStaged).map((tree, at) => sides.some((side) => isSame(tree, side[at])))).toEqual(
      homes.map(() => true),
    );
  // Where the run had not come to the home, or took the apply back already, undo says that there is nothing.
  if (name !== 'undo' || ran.code === 0) {
    expect(ran).toMatchObject({ code: 0 });
    for (const one of homes) expect((await readJournal(join(place, one))).transaction).toBeUndefined();
  } else {
    expect(ran.stderr).toContain('there is no apply to undo');
    expect(sides).toContainEqual(found.map(withoutStaged));
  }
  for (const one of homes) await recover(join(place, one));
  expect(Object.keys(treeOf(place)).filter((path) => /lock-|\.tmp$|-undone/.test(path))).toEqual([]);
}

function withoutStaged(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.endsWith('.tmp')));
}

function isSame(tree: Tree, other: Tree | undefined): boolean {
  return JSON.stringify(tree) === JSON.stringify(other);
}

function isUndo(run: readonly string[]): boolean {
  return run[0] === 'undo';
}

async function prepare({ homes, before }: Scenario): Promise<string> {
  const place = makeFolder();
  for (const home of homes) cpSync(join(root, 'fixtures/homes/esb-5.0.0'), join(place, home), { recursive: true });
  writeFileSync(join(place, 'carbon-cluster.yaml'), cluster);
  for (const words of before) expect((await runIn(absolute(place, words))).code).toBe(0);
  return place;
}

function configurationsOf(place: string, { homes }: Scenario): readonly Tree[] {
  return homes.map((home) => configurationOf(join(place, home)));
}

/** The real program, watched; copies of what it would have left lie in `copies` by the number of the call. */
function watchRun(place: string, scenario: Scenario): { readonly calls: number; readonly copies: string } {
  const copies = makeFolder();
  const ended = startProgram(place, scenario, { folder: place, copies });
  expect({ code: ended.status, problem: ended.status === 0 ? '' : ended.stderr }).toEqual({ code: 0, problem: '' });
  return { calls: Number(readFileSync(join(copies, 'calls'), 'utf8')), copies };
}

function startProgram(place: string, { run }: Scenario, watch: Watch): SpawnSyncReturns<string> {
  const words = ['--require', watcher(), program, ...absolute(place, run)];
  return spawnSync(process.execPath, words, {
    env: { ...env, PATH: process.env['PATH'] ?? '', WATCH: JSON.stringify(watch) },
    encoding: 'utf8',
  });
}

function runIn(words: readonly string[]): Promise<Ran> {
  return runCli(words, { env });
}

/** The same words with the paths of homes and of the cluster file made absolute. */
function absolute(place: string, words: readonly string[]): readonly string[] {
  return words.map((word, index) =>
    ['--home', '--cluster'].includes(words[index - 1] ?? '') ? join(place, word) : word,
  );
}

function restore(place: string, copy: string): void {
  for (const name of readdirSync(place)) rmSync(join(place, name), { recursive: true });
  cpSync(copy, place, { recursive: true, verbatimSymlinks: true });
}

let watcherPath: string | undefined;

function watcher(): string {
  if (watcherPath !== undefined) return watcherPath;
  const { code } = transformFileSync(join(__dirname, 'watched-program.ts'), {
    swcrc: true,
    configFile: join(root, '.swcrc'),
  });
  watcherPath = join(makeFolder(), 'watched-program.js');
  mkdirSync(join(watcherPath, '..'), { recursive: true });
  writeFileSync(watcherPath, code);
  return watcherPath;
}
