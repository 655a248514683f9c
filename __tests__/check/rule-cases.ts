import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { registryTables, userTables } from '../../lib/carbon/kernel-tables';
import { checkCluster, type CheckResult } from '../../lib/check/check-cluster';
import type { CheckedCluster, ProbedDatabase } from '../../lib/check/checked-cluster';
import { databasesInUse } from '../../lib/check/databases-in-use';
import type { ClusterTopology } from '../../lib/cluster/topology';
import type { ProbeResult } from '../../lib/database/database-probe';
import { parseOperations } from '../../lib/patch/parse-operations';
import { driverJar } from '../jar';
import { patchBytes } from '../../lib/patch/patch-text';
import { checkHomes, type CheckTarget } from '../../lib/plan/check-homes';
import { makeFolder } from '../disk/temporary-home';
import { root } from '../fresh-build';
import { baseCluster, type BaseName } from './base-clusters';

/** One case of a rule, as its case.json says it. */
export interface RuleCase {
  readonly base: BaseName;
  /** Whether the homes are compared with the cluster file, or with each other. */
  readonly mode?: 'cluster' | 'homes';
  /** Names of the nodes whose homes are checked; all of them where this is left out. */
  readonly only?: readonly string[];
  /** Put into the topology of the base, object by object; `nodes` by name; null takes away. */
  readonly topology?: unknown;
  readonly changes?: readonly FileChange[];
  /**
   * What opening databases gives, where they are to be opened: an answer for each name of a database, put into that of a
   * healthy one, which has all tables.
   */
  readonly connect?: Readonly<Record<string, Answer>>;
}

/** A `ProbeResult` as JSON has it. */
export interface Answer {
  readonly outcome?: 'opened' | 'failed';
  readonly tables?: readonly string[];
}

/** A change in a home, after the example was applied. */
export interface FileChange {
  readonly node: string;
  /** Relative to the home. */
  readonly file: string;
  readonly operations?: unknown;
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Each old text must be there; every occurrence is replaced. */
  readonly replace?: readonly (readonly [string, string])[];
  readonly text?: string;
  /** Makes the file a jar of a driver with these classes. */
  readonly driverClasses?: readonly string[];
  readonly remove?: boolean;
  /** When the file was last changed, as a date. */
  readonly modified?: string;
}

/** A case with its place. */
export interface NamedCase {
  /** Such as `R05/breaks-switched-off`. */
  readonly name: string;
  readonly rule: string;
  readonly isBreak: boolean;
  readonly folder: string;
}

/** The file of findings that a case is about. */
export const clusterFile = 'carbon-cluster.yaml';

const casesFolder = join(root, 'fixtures/rules');

/** Every case, in the order of the rules. */
export function ruleCases(): readonly NamedCase[] {
  return foldersOf(casesFolder).flatMap((rule) =>
    foldersOf(join(casesFolder, rule)).map((name) => ({
      name: `${rule}/${name}`,
      rule,
      isBreak: name.startsWith('breaks'),
      folder: join(casesFolder, rule, name),
    })),
  );
}

/** The case.json of a case. */
export function readCase({ folder }: NamedCase): RuleCase {
  return JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as RuleCase;
}

/** What the rules find in the homes of a case, and the folder these lie in. */
export async function checkCase(given: RuleCase): Promise<{ readonly result: CheckResult; readonly folder: string }> {
  const base = await baseCluster(given.base);
  const topology = merged(base.topology, given.topology) as ClusterTopology;
  const folder = makeFolder();
  linkTree(base.folder, folder);
  for (const change of given.changes ?? []) makeChange(folder, change);
  const targets = topology.nodes
    .filter(({ name }) => given.only?.includes(name) ?? true)
    .map(({ name }): CheckTarget => ({ name, home: join(folder, name) }))
    .filter(({ home }) => existsSync(home));
  const read = await checkHomes(targets, given.mode === 'homes' ? undefined : topology);
  const cluster = given.connect === undefined ? read : opened(read, given.connect);
  return { result: checkCluster(cluster), folder };
}

function opened(cluster: CheckedCluster, answers: Readonly<Record<string, Answer>>): CheckedCluster {
  const databases = databasesInUse(cluster, () => true).map((database): ProbedDatabase => {
    const { opening } = database;
    const answer = 'target' in opening ? (answers[opening.target.database] ?? {}) : undefined;
    return { ...database, result: answer && resultOf(answer) };
  });
  return { ...cluster, databases };
}

function resultOf({ tables = [...registryTables, ...userTables], ...answer }: Answer): ProbeResult {
  const healthy = {
    product: 'MySQL 5.7.44',
    encoding: 'latin1',
    collation: 'latin1_swedish_ci',
    isolation: 'REPEATABLE-READ',
  };
  const result = { outcome: 'opened', ...healthy, needsTls: false, ...answer, tables: new Set(tables) };
  // The case says what its outcome has.
  return result as ProbeResult;
}

function foldersOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Hard links: a case that changes a file makes it anew. */
function linkTree(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isFile()) linkSync(source, target);
    else {
      mkdirSync(target);
      linkTree(source, target);
    }
  }
}

function makeChange(folder: string, change: FileChange): void {
  const path = join(folder, change.node, change.file);
  const bytes = changedBytes(path, change);
  rmSync(path, { force: true });
  if (change.remove === true) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  if (change.modified !== undefined) utimesSync(path, new Date(change.modified), new Date(change.modified));
}

function changedBytes(path: string, change: FileChange): Uint8Array {
  const { file, operations, namespaces, replace, text, driverClasses, remove } = change;
  if (driverClasses !== undefined) return driverJar(driverClasses);
  if (text !== undefined) return Buffer.from(text);
  const before = readFileSync(path);
  if (remove === true) return before;
  const replaced = (replace ?? []).reduce((content, [old, other]) => {
    if (!content.includes(old)) throw new Error(`${file} does not hold ${JSON.stringify(old)}`);
    return content.replaceAll(old, () => other);
  }, before.toString('latin1'));
  const bytes = Buffer.from(replaced, 'latin1');
  if (operations === undefined) return bytes;
  const patched = patchBytes(bytes, parseOperations(operations), { path: file, ...(namespaces && { namespaces }) });
  if (patched.changes.length === 0) throw new Error(`the operations change nothing in ${file}`);
  return patched.bytes;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields of the patch take the place of those that are there; objects are put together, and null takes away. */
function merged(value: unknown, patch: unknown): unknown {
  if (patch === undefined) return value;
  if (Array.isArray(value) && isFields(patch)) return mergedByName(value as readonly Fields[], patch);
  if (!isFields(value) || !isFields(patch)) return patch;
  const names = [...new Set([...Object.keys(value), ...Object.keys(patch)])];
  return Object.fromEntries(
    names.filter((name) => patch[name] !== null).map((name) => [name, merged(value[name], patch[name])]),
  );
}

function mergedByName(items: readonly Fields[], patch: Fields): readonly unknown[] {
  const known = new Set(items.map(({ name }) => name));
  const added = Object.entries(patch).filter(([name, item]) => !known.has(name) && item !== null);
  return [
    ...items
      .filter(({ name }) => patch[String(name)] !== null)
      .map((item) => merged(item, patch[String(item['name'])])),
    ...added.map(([name, item]) => ({ name, ...(item as Fields) })),
  ];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
