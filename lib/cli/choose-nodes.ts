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
  const cluster = await findCluster(args, io, 'required');
  if (cluster === undefined) return chooseOfExample(args, overrides);
  say(io, `Cluster file ${cluster.path}: ${cluster.topology.nodes.length} nodes of ${cluster.topology.domain}`);
  const one = args.home !== undefined || args.role !== undefined ? await chooseOne(args, cluster, io) : undefined;
  const selected = one === undefined ? await selectNodes(cluster.topology, args.node ?? [], io.addresses()) : undefined;
  const nodes = selected?.nodes ?? [one as NodeHome];
  sayOthers(selected, io);
  const [only, another] = nodes;
  if (only !== undefined && another === undefined) {
    const { topology, node } = overrideNodeOf(cluster.topology, only.node.name, overrides);
    return { topology, nodes: [{ ...only, node }], cluster, isOneHome: one !== undefined };
  }
  refuseNodeOverrides(overrides, nodes.length);
  return { topology: overrideCluster(cluster.topology, overrides), nodes, cluster, isOneHome: false };
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
  const [name, another] = args.node ?? [];
  if (another !== undefined) {
    const problem = '--home and --role are about one node, but several are named';
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: 'name one with --node' });
  }
  const candidates = await candidatesFor(topology, { name, role, home: args.home });
  const node = candidates.length === 1 ? (candidates[0] as ClusterNode) : await ask(candidates, args, io);
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
  const names = candidates.map(({ name }) => name);
  const what = args.home ?? `role ${args.role}`;
  if (candidates.length > 1 && io.stdin.isTerminal && !args.yes) {
    const answer = (await io.question(`Which node is ${what}: ${inWords(names)}? `)).trim();
    const chosen = candidates.find(({ name }) => name === answer);
    if (chosen !== undefined) return chosen;
  }
  const problem =
    candidates.length === 0
      ? `the cluster has no node of role ${args.role}`
      : `${what} may be ${candidates.length} nodes of the cluster`;
  const advice =
    candidates.length === 0 ? 'give another role' : `name one with --node: ${names.slice(0, 10).join(', ')}`;
  throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
}

/** What is not on this machine is said in one line, as it is the usual case. */
function sayOthers(selected: SelectedNodes | undefined, io: Io): void {
  const others = selected?.others.filter(({ because }) => because !== 'not named') ?? [];
  if (others.length === 0) return;
  const shown = others.slice(0, 5).map(({ node, because }) => `${node.name} (${because})`);
  say(
    io,
    `Left out: ${shown.join(', ')}${others.length > shown.length ? ` and ${others.length - shown.length} more` : ''}`,
  );
}
