import { startOrder } from '../cluster/cluster-file/start-order';
import type { RoleName } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import { folderExists } from '../disk/read-file';
import { realPathOf } from '../disk/real-path';
import { CarbonPatchError } from '../errors';
import { plainAddress } from '../hosts/host-addresses';
import { nearestName } from '../text/nearest-name';

/** A node with the folder that it is to be made of. */
export interface NodeHome {
  readonly node: ClusterNode;
  readonly home: string;
}

/** The nodes that a run is about. */
export interface SelectedNodes {
  /** In start order: load balancers, managers, workers. */
  readonly nodes: readonly NodeHome[];
  /** Nodes of the cluster that were not selected, and why. */
  readonly others: readonly { readonly node: ClusterNode; readonly because: string }[];
}

/**
 * The nodes of these names, or those whose home is on this machine. Where some node has an address of this machine
 * (`addresses`), only such nodes are here; else every node is whose home exists, since then nothing tells machines apart.
 * Throws NODE_CHOICE_UNCLEAR where a name is not known, a named node has no home, nothing is here, or two nodes that are
 * here have one home.
 */
export async function selectNodes(
  topology: ClusterTopology,
  names: readonly string[],
  addresses: readonly string[],
): Promise<SelectedNodes> {
  const [name] = names;
  const selected = name === undefined ? await localNodes(topology, addresses) : namedNodes(topology, names);
  if (selected.nodes.length === 0) {
    const reasons = selected.others.slice(0, 5).map(({ node, because }) => `${node.name}: ${because}`);
    const problem = `no node of the cluster has its home on this machine (${reasons.join('; ')})`;
    const advice = `correct the homes in the cluster file, or name nodes with --node: ${namesOf(topology.nodes)}`;
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
  }
  await refuseSharedHomes(selected.nodes);
  return selected;
}

/**
 * The nodes of these names, wherever they run, or those with an address of this machine; whether their homes are there does
 * not matter. Throws NODE_CHOICE_UNCLEAR where a name is not known, or none is given and no node is of this machine.
 */
export function nodesOfMachine(
  topology: ClusterTopology,
  names: readonly string[],
  addresses: readonly string[],
): NotEmpty<ClusterNode> {
  const [name, ...others] = new Set(names);
  if (name !== undefined) return nodesNamed(topology, [name, ...others]);
  const [first, ...further] = topology.nodes.filter((node) => isOnMachine(node, topology, addresses));
  if (first !== undefined) return [first, ...further];
  const problem = 'no node of the cluster has an address of this machine';
  throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', {
    problem,
    advice: `name nodes with --node: ${namesOf(topology.nodes)}`,
  });
}

/** What names the one node that a home is to become. */
export interface NodeHints {
  readonly name: string | undefined;
  readonly role: RoleName | undefined;
  /** The folder, or `undefined` where the one of the node is meant. */
  readonly home: string | undefined;
  /** The addresses of this machine, where they may tell which of several nodes is meant. */
  readonly addresses?: readonly string[];
}

/**
 * The nodes that a home may be: the one of the name; else those of the role, where one is given, that have this home, or
 * where none has it, all of the role. Of several, those with an address of this machine where there are such.
 * Throws NODE_CHOICE_UNCLEAR where the name is not known, or its node has another role.
 */
export async function candidatesFor(topology: ClusterTopology, hints: NodeHints): Promise<readonly ClusterNode[]> {
  const { name, role, home, addresses = [] } = hints;
  if (name !== undefined) return [nodeOfRole(topology, name, role)];
  const ofRole = topology.nodes.filter((node) => role === undefined || node.role === role);
  const ofHome = home === undefined ? [] : await nodesWithHome(ofRole, home);
  const candidates = ofHome.length > 0 ? ofHome : ofRole;
  const here = candidates.filter((node) => isOnMachine(node, topology, addresses));
  return here.length > 0 ? here : candidates;
}

async function nodesWithHome(nodes: readonly ClusterNode[], home: string): Promise<readonly ClusterNode[]> {
  const wanted = await realPathOf(home);
  const found: ClusterNode[] = [];
  for (const node of nodes) {
    if (node.home !== undefined && (await realPathOf(node.home)) === wanted) found.push(node);
  }
  return found;
}

function nodeOfRole(topology: ClusterTopology, name: string, role: RoleName | undefined): ClusterNode {
  const [node] = nodesNamed(topology, [name]);
  if (role === undefined || node.role === role) return node;
  const ofRole = topology.nodes.filter((one) => one.role === role);
  const problem = `node ${name} has the role ${node.role}, not ${role}`;
  const advice = ofRole.length > 0 ? `of that role there is ${namesOf(ofRole)}` : 'no node has that role';
  throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
}

type NotEmpty<Item> = readonly [Item, ...Item[]];

/** The node of a name. Throws NODE_CHOICE_UNCLEAR where there is none. */
export function namedNode(topology: ClusterTopology, name: string): ClusterNode {
  return nodesNamed(topology, [name])[0];
}

/** The nodes of these names, in their order. Throws NODE_CHOICE_UNCLEAR with every name that is not known. */
export function nodesNamed({ nodes }: ClusterTopology, names: NotEmpty<string>): NotEmpty<ClusterNode> {
  const unknown = names.filter((name) => !nodes.some((node) => node.name === name));
  if (unknown.length > 0) {
    const known = nodes.map(({ name }) => name);
    const meant = new Set(unknown.flatMap((name) => nearestName(name, known) ?? []));
    const advice = meant.size === 0 ? `it has ${namesOf(nodes)}` : `did you mean ${[...meant].join(', ')}?`;
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', {
      problem: `the cluster has no node ${unknown.join(', ')}`,
      advice,
    });
  }
  const [first, ...others] = names.flatMap((name) => nodes.filter((node) => node.name === name));
  return [first as ClusterNode, ...others];
}

/**
 * The nodes of these names, wherever they run. Throws NODE_CHOICE_UNCLEAR where a name is not known or its node has no home,
 * with all of them.
 */
export function namedNodes(topology: ClusterTopology, names: readonly string[]): SelectedNodes {
  const [first, ...others] = new Set(names);
  const named = first === undefined ? [] : startOrder(nodesNamed(topology, [first, ...others]));
  const homeless = named.filter(({ home }) => home === undefined);
  if (homeless.length > 0) {
    const problem = `${namesOf(homeless)}: no home in the cluster file`;
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: 'add one there, or give --home' });
  }
  return {
    nodes: named.flatMap((node) => (node.home === undefined ? [] : [{ node, home: node.home }])),
    others: topology.nodes.filter((node) => !named.includes(node)).map((node) => ({ node, because: 'not named' })),
  };
}

async function localNodes(topology: ClusterTopology, addresses: readonly string[]): Promise<SelectedNodes> {
  const isHere = (node: ClusterNode): boolean => isOnMachine(node, topology, addresses);
  const knowsMachine = topology.nodes.some(isHere);
  const nodes: NodeHome[] = [];
  const others: { readonly node: ClusterNode; readonly because: string }[] = [];
  for (const node of startOrder(topology.nodes)) {
    const because = await whyNotHere(node, knowsMachine && !isHere(node));
    if (because === undefined) nodes.push({ node, home: node.home as string });
    else others.push({ node, because });
  }
  return { nodes, others };
}

async function whyNotHere({ home, host }: ClusterNode, isElsewhere: boolean): Promise<string | undefined> {
  if (home === undefined) return 'it has no home in the cluster file';
  if (isElsewhere) return `it runs on ${host}`;
  return (await folderExists(home)) ? undefined : `${home} is not on this machine`;
}

/** True where the node has an address of this machine, however it is written. */
function isOnMachine(
  { host, localMemberHost }: ClusterNode,
  { hosts }: ClusterTopology,
  addresses: readonly string[],
): boolean {
  const known = new Set(addresses.map(plainAddress));
  const address = Object.hasOwn(hosts, host) ? hosts[host] : undefined;
  return [localMemberHost, host, address].some((one) => one !== undefined && known.has(plainAddress(one)));
}

/** Names for a sentence; of many only the first. */
function namesOf(nodes: readonly ClusterNode[]): string {
  const names = nodes.slice(0, 10).map(({ name }) => name);
  return names.join(', ') + (nodes.length > names.length ? ` and ${nodes.length - names.length} more` : '');
}

async function refuseSharedHomes(nodes: readonly NodeHome[]): Promise<void> {
  const owners = new Map<string, string>();
  for (const { node, home } of nodes) {
    const place = await realPathOf(home);
    const owner = owners.get(place);
    if (owner !== undefined) {
      const problem = `${owner} and ${node.name} have the same home ${home}, and nothing tells which of them runs on this machine`;
      const advice = 'name one with --node, or give the addresses of the machines in hosts';
      throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
    }
    owners.set(place, node.name);
  }
}
