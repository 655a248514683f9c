import { startOrder } from '../cluster/cluster-file/resolve-nodes';
import type { RoleName } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import { folderExists } from '../disk/read-file';
import { realPathOf } from '../disk/real-path';
import { CarbonPatchError } from '../errors';
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
  const selected = names.length > 0 ? namedNodes(topology, names) : await localNodes(topology, addresses);
  const first = selected.nodes[0];
  if (first === undefined) {
    const problem = 'no node of the cluster has its home on this machine';
    const advice = `give the homes of nodes in the cluster file, or name nodes with --node: ${namesOf(topology.nodes)}`;
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
  }
  await refuseSharedHomes(selected.nodes);
  return selected;
}

/** What names the one node that a home is to become. */
export interface NodeHints {
  readonly name: string | undefined;
  readonly role: RoleName | undefined;
  /** The folder, or `undefined` where the one of the node is meant. */
  readonly home: string | undefined;
}

/**
 * The nodes that a home may be: the one of the name; else those with this home, else those without a stated one, of the
 * role where one is given. Throws NODE_CHOICE_UNCLEAR where the name is not known, or its node has another role.
 */
export async function candidatesFor(topology: ClusterTopology, hints: NodeHints): Promise<readonly ClusterNode[]> {
  const { name, role, home } = hints;
  const ofRole = topology.nodes.filter((node) => role === undefined || node.role === role);
  if (name !== undefined) {
    const node = nodeNamed(topology, name);
    if (!ofRole.includes(node)) {
      const problem = `node ${name} has the role ${node.role}, not ${role}`;
      const advice = ofRole.length > 0 ? `of that role there is ${namesOf(ofRole)}` : 'no node has that role';
      throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
    }
    return [node];
  }
  if (home === undefined) return ofRole;
  const wanted = await realPathOf(home);
  const here: ClusterNode[] = [];
  for (const node of ofRole) {
    if (node.home !== undefined && (await realPathOf(node.home)) === wanted) here.push(node);
  }
  return here.length > 0 ? here : ofRole;
}

function nodeNamed({ nodes }: ClusterTopology, name: string): ClusterNode {
  const node = nodes.find((one) => one.name === name);
  if (node !== undefined) return node;
  const nearest = nearestName(
    name,
    nodes.map((one) => one.name),
  );
  const advice = nearest === undefined ? `it has ${namesOf(nodes)}` : `did you mean ${nearest}?`;
  throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem: `the cluster has no node ${name}`, advice });
}

function namedNodes(topology: ClusterTopology, names: readonly string[]): SelectedNodes {
  const named = startOrder([...new Set(names)].map((name) => nodeNamed(topology, name)));
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
  const isHere = (node: ClusterNode): boolean =>
    [node.localMemberHost, node.host, topology.hosts[node.host]].some(
      (address) => address !== undefined && addresses.includes(address),
    );
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
      throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: `name one with --node` });
    }
    owners.set(place, node.name);
  }
}
