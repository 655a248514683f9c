import { passwordVariable } from '../cluster/cluster-file/resolve-database';
import { exampleCluster } from '../cluster/example-cluster';
import {
  chooseNode,
  overrideCluster,
  overrideNodeOf,
  type NodeChoice,
  type TopologyOverrides,
} from '../cluster/overrides';
import { roleNames, type RoleName } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import { CarbonPatchError, isCarbonPatchError } from '../errors';
import { candidatesFor, selectNodes, type NodeHome, type SelectedNodes } from '../plan/select-nodes';
import { findCluster, type FoundCluster } from './cluster-source';
import { inWords } from './in-words';
import { say, type Io } from './io';
import { overridesOf, refuseNodeOverrides } from './node-overrides';
import type { NodeArguments } from './options';

/** What a run is about: the cluster with every override made, and the homes. */
export interface ChosenNodes {
  readonly topology: ClusterTopology;
  readonly nodes: readonly NodeHome[];
  /** `undefined` where the built-in example stands in for a cluster file. */
  readonly cluster: FoundCluster | undefined;
  /** True where one home was asked for, and not what the cluster has on this machine. */
  readonly isOneHome: boolean;
}

/**
 * The nodes that the options mean. With `--home` or `--role` it is one: the node of that home or role. Else it is every
 * node of the cluster file on this machine, or those that are named.
 * Throws as `findCluster`, `selectNodes` and `chooseNode` do, and NODE_CHOICE_UNCLEAR.
 */
export async function chooseNodes(args: NodeArguments, io: Io): Promise<ChosenNodes> {
  const overrides = await overridesOf(args, io);
  const cluster = await findCluster(args, withPassword(io, overrides), 'required');
  if (cluster === undefined) return chooseOfExample(args, overrides);
  say(io, `Cluster file ${cluster.path}: ${countOf(cluster)} of ${cluster.topology.domain}`);
  if (args.home !== undefined || args.role !== undefined) {
    return withNodeOverrides(cluster, await chooseOne(args, cluster, io), overrides, 'one home');
  }
  const selected = await selectNodes(cluster.topology, args.node ?? [], io.addresses());
  sayOthers(selected, io);
  const [only, another] = selected.nodes;
  if (only !== undefined && another === undefined)
    return withNodeOverrides(cluster, only, overrides, 'all that is here');
  refuseNodeOverrides(overrides, selected.nodes.length);
  const topology = overrideCluster(cluster.topology, overrides);
  return { topology, nodes: selected.nodes, cluster, isOneHome: false };
}

function countOf({ topology: { nodes } }: FoundCluster): string {
  return `${nodes.length} node${nodes.length === 1 ? '' : 's'}`;
}

/** A password that the options give is the one that the cluster needs, wherever its file would look for it. */
function withPassword(io: Io, { databasePassword }: TopologyOverrides): Io {
  return databasePassword === undefined ? io : { ...io, env: { ...io.env, [passwordVariable]: databasePassword } };
}

function withNodeOverrides(
  cluster: FoundCluster,
  { node: { name }, home }: NodeHome,
  overrides: TopologyOverrides,
  asked: 'one home' | 'all that is here',
): ChosenNodes {
  const { topology, node } = overrideNodeOf(cluster.topology, name, overrides);
  return { topology, nodes: [{ node, home }], cluster, isOneHome: asked === 'one home' };
}

function chooseOfExample(args: NodeArguments, overrides: TopologyOverrides): ChosenNodes {
  const { home, role } = args;
  if (home === undefined || role === undefined || args.node !== undefined) {
    const missing = [home === undefined ? '--home' : '', role === undefined ? '--role' : ''].filter(Boolean);
    const problem =
      missing.length > 0
        ? `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing, and there is no cluster file`
        : '--node names a node of a cluster file, and there is none';
    const advice = 'give --home DIR with --role ROLE, or --cluster FILE, or make carbon-cluster.yaml here';
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
  }
  const { topology, node } = choose(role, overrides);
  return { topology, nodes: [{ node, home }], cluster: undefined, isOneHome: true };
}

/** As `chooseNode`, for a role that need not be one, so that it is named together with every other wrong value. */
function choose(role: string, overrides: TopologyOverrides): NodeChoice {
  const known = roleNames.find((name) => name === role);
  if (known !== undefined) return chooseNode(exampleCluster, known, overrides);
  throw new CarbonPatchError('TOPOLOGY_INVALID', { problems: [unknownRole(role), ...otherProblems(overrides)] });
}

function unknownRole(role: string): string {
  return `role: ${JSON.stringify(role)} is no role; it must be ${inWords(roleNames)}`;
}

function otherProblems(overrides: TopologyOverrides): readonly string[] {
  try {
    chooseNode(exampleCluster, exampleCluster.nodes[0].role, overrides);
    return [];
  } catch (error) {
    if (isCarbonPatchError(error, 'TOPOLOGY_INVALID')) return error.details.problems;
    throw error;
  }
}

async function chooseOne(args: NodeArguments, { topology }: FoundCluster, io: Io): Promise<NodeHome> {
  const role = args.role === undefined ? undefined : knownRole(args.role);
  const [name, another] = new Set(args.node);
  if (another !== undefined) {
    const problem = '--home and --role are about one node, but several are named';
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: 'name one with --node' });
  }
  const candidates = await candidatesFor(topology, { name, role, home: args.home, addresses: io.addresses() });
  const [first, second] = candidates;
  const node = first !== undefined && second === undefined ? first : await ask(candidates, args, io);
  const home = args.home ?? node.home;
  if (home !== undefined) return { node, home };
  const problem = `node ${node.name} has no home in the cluster file`;
  throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: 'add one there, or give --home' });
}

function knownRole(role: string): RoleName {
  const known = roleNames.find((name) => name === role);
  if (known !== undefined) return known;
  throw new CarbonPatchError('TOPOLOGY_INVALID', { problems: [unknownRole(role)] });
}

/** A person can answer; a script is told what to say. */
async function ask(candidates: readonly ClusterNode[], args: NodeArguments, io: Io): Promise<ClusterNode> {
  if (candidates.length === 0) {
    const problem = `the cluster has no node of role ${args.role}`;
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: 'give another role' });
  }
  const names = candidates.map(({ name }) => name);
  const what = args.home ?? `role ${args.role}`;
  if (io.stdin.isTerminal && !args.yes) {
    const answer = (await io.question(`Which node is ${what}: ${inWords(names)}? `)).trim();
    const chosen = candidates.find(({ name }) => name === answer);
    if (chosen !== undefined) return chosen;
  }
  const problem = `${what} may be ${candidates.length} nodes of the cluster`;
  const advice = `name one with --node: ${names.slice(0, 10).join(', ')}`;
  throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
}

/** What is not on this machine is said in one line, as it is the usual case. */
function sayOthers(selected: SelectedNodes, io: Io): void {
  const others = selected.others.filter(({ because }) => because !== 'not named');
  if (others.length === 0) return;
  const shown = others.slice(0, 5).map(({ node, because }) => `${node.name} (${because})`);
  say(
    io,
    `Left out: ${shown.join(', ')}${others.length > shown.length ? ` and ${others.length - shown.length} more` : ''}`,
  );
}
