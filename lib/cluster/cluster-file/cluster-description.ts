import { membersOf, type ClusteringAgent } from '../members';
import { roleOf } from '../roles';
import type { ClusterTopology } from '../topology';
import { checkForm } from './check-form';
import type { Resolution } from './resolution';
import { resolveCluster } from './resolve-cluster';
import type { ClusterFile } from './schema';
import type { ValuePath } from './source';

/** What is to be written as a cluster file: its values, by the keys of the schema. */
export type ClusterDescription = ClusterFile;

/** What a description means, and everything that is wrong between its values; where something is, the topology must not be used. */
export interface ResolvedDescription {
  readonly topology: ClusterTopology;
  readonly problems: Resolution['problems'];
}

/** Resolves a description as a file with the same values would be, with every secret empty. */
export function resolveDescription(description: ClusterDescription): ResolvedDescription {
  const resolution: Resolution = { explanations: [], problems: [], warnings: [], originOf: () => '' };
  const secrets = { env: {}, files: new Map(), need: 'optional' } as const;
  const topology = resolveCluster(resolution, description, { secrets, resolveHome: (home) => home });
  return { topology, problems: resolution.problems };
}

/** A problem of a value, with the way to it. */
export interface DescriptionProblem {
  readonly at: ValuePath;
  /** The value by its name, and what it must be; without a final dot. */
  readonly problem: string;
}

/** Everything that is wrong with the form of the values, or else between them. */
export function descriptionProblems(description: unknown): readonly DescriptionProblem[] {
  const { file, problems } = checkForm(description);
  return file === undefined ? problems : resolveDescription(file).problems;
}

/** A description that loads, and what had to be left out of it for that. */
export interface SoundDescription {
  readonly description: ClusterDescription;
  /** Each begins with the way to the value; without a final dot. */
  readonly leftOut: readonly string[];
}

/**
 * The description without the optional values that would keep its file from being loaded: those of a wrong form, and those
 * that do not go with the others. What is wrong with a value that has to be there stays.
 */
export function withoutProblems(description: ClusterDescription): SoundDescription {
  const leftOut: string[] = [];
  let current = description;
  for (;;) {
    const found = descriptionProblems(current).map(({ at, problem }) => ({ at: wholeValue(at), problem }));
    const curable = found.find(({ at }) => isOptional(at) && valueAt(current, at) !== undefined);
    if (curable === undefined) return { description: current, leftOut };
    leftOut.push(curable.problem);
    current = without(current, curable.at);
  }
}

/**
 * The description without the optional values that it would have anyway: what is left out one after the other changes
 * nothing for any node. `agents` has the clustering implementation by the name of a node; one that is missing is Hazelcast.
 */
export function withoutDerived(
  description: ClusterDescription,
  agents: ReadonlyMap<string, ClusteringAgent>,
): ClusterDescription {
  const meaning = meaningOf(description, agents);
  return derivablePaths(description).reduce((current, at) => {
    if (valueAt(current, at) === undefined) return current;
    const shorter = without(current, at);
    return meaningOf(shorter, agents) === meaning ? shorter : current;
  }, description);
}

/** Values that an error can be cured by leaving out, as far down as the schema makes them optional. */
function isOptional(at: ValuePath): boolean {
  const path = at.filter((part) => typeof part === 'string').join('.');
  if (at[0] === 'nodes') return at.length > 2 && !['name', 'role', 'host'].includes(String(at[2]));
  return !['domain', 'hostName', 'database', 'database.username'].includes(path);
}

/** One item of a list does not stand alone: without it the list would say something else. */
function wholeValue(at: ValuePath): ValuePath {
  const start = at[0] === 'nodes' ? 2 : 0;
  const item = at.findIndex((part, index) => index >= start && typeof part === 'number');
  return item < 0 ? at : at.slice(0, item);
}

/** In the order in which they are tried: what nodes state before what that would follow from. */
function derivablePaths({ nodes, database }: ClusterDescription): readonly ValuePath[] {
  const ofNodes = (keys: readonly string[]): readonly ValuePath[] =>
    keys.flatMap((key) => nodes.map((_, index) => ['nodes', index, key]));
  return [
    ['mgtHostName'],
    ['membershipScheme'],
    ...['httpPort', 'httpsPort', 'groupManagementPort'].map((key) => ['loadBalancer', key]),
    ...['layout', 'kind', 'port'].map((key) => ['database', key]),
    ...ofNodes(['members', 'memberHost', 'offset', 'localMemberPort', 'localMemberHost', 'localRegistryDatabase']),
    ...ofNodes(['subDomain', 'hostName', 'mgtHostName']),
    ...Object.keys(database.names ?? {}).map((key) => ['database', 'names', key]),
  ];
}

function meaningOf(description: ClusterDescription, agents: ReadonlyMap<string, ClusteringAgent>): string {
  const { topology, problems } = resolveDescription(description);
  const { frontEnd } = topology;
  const nodes = topology.nodes.map((node) => ({
    ...node,
    memberHost: undefined,
    members: membersOf(node, topology, agents.get(node.name) ?? 'hazelcast'),
    subDomain: node.subDomain ?? roleOf(node.role).subDomain,
    hostName: node.hostName ?? frontEnd.hostName,
    mgtHostName: node.mgtHostName ?? (roleOf(node.role).servesConsole ? frontEnd.mgtHostName : undefined),
  }));
  return JSON.stringify([{ ...topology, nodes }, problems]);
}

function valueAt(value: unknown, at: ValuePath): unknown {
  return at.reduce<unknown>(
    (current, part) => (current as Readonly<Record<string, unknown>> | undefined)?.[part],
    value,
  );
}

/** Maps that become empty go too, but not the entries of lists. */
function without(description: ClusterDescription, at: ValuePath): ClusterDescription {
  return removed(description, at) as ClusterDescription;
}

function removed(value: unknown, [first, ...rest]: ValuePath): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === first ? (removed(item, rest) ?? item) : item));
  const record = value as Readonly<Record<string, unknown>>;
  const entries = Object.entries(record).flatMap(([key, inner]) => {
    if (key !== String(first)) return [[key, inner]];
    const shorter = rest.length === 0 ? undefined : removed(inner, rest);
    return shorter === undefined ? [] : [[key, shorter]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
