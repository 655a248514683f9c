import type { NodeEntry } from './cluster-file/add-node';
import { membersOf } from './members';
import { addressOfNode } from './node-names';
import { roleOf } from './roles';
import type { ClusterNode, ClusterTopology } from './topology';

/** What is said about a node that is to be made like another. */
export interface CloneWishes {
  readonly name: string;
  /** As the cluster file is to name it. */
  readonly home: string;
  /** The machine, or `undefined` where it is the one of the source. */
  readonly host: string | undefined;
}

/**
 * The entry of a node that is like `source`, whose own entry is `entry`: what one node only can have is left out, so that it
 * is derived; an offset and a port of another machine stay where no node of the new machine has them.
 */
export function clonedEntry(
  entry: NodeEntry,
  source: ClusterNode,
  { name, home, host = source.host }: CloneWishes,
  topology: ClusterTopology,
): NodeEntry {
  const machine = addressOfNode({ ...source, host, localMemberHost: host }, topology) ?? host;
  const onMachine = topology.nodes.filter((node) => (addressOfNode(node, topology) ?? node.host) === machine);
  const isSameMachine = onMachine.includes(source);
  const isTaken = (key: 'offset' | 'localMemberPort'): boolean => onMachine.some((node) => node[key] === source[key]);
  const leftOut = [
    ...(isSameMachine ? [] : ['localMemberHost', 'memberHost']),
    ...(isTaken('offset') ? ['offset'] : []),
    ...(isTaken('localMemberPort') ? ['localMemberPort'] : []),
    // `false` says something about how the home is kept, and holds for the copy too.
    ...(entry['localRegistryDatabase'] === false ? [] : ['localRegistryDatabase']),
  ];
  const kept = Object.entries(entry).filter(([key]) => !leftOut.includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, { name, home, host }[key] ?? value]));
}

/** Why no node can be made by copying this one, as a clause; `undefined` where one can. */
export function whyNotCloned({ name, role }: ClusterNode): string | undefined {
  const facts = roleOf(role);
  if (facts.isLoadBalancer) return `${name} is a load balancer; set up another from its product, and apply`;
  if (!facts.writesRegistry) return undefined;
  return `${name} is a ${role}, which owns the registry and what the others check out; a copy would be a second owner, so only nodes that read are cloned`;
}

/** The nodes whose list of members is another one in the cluster with a further node. */
export function nodesWithOtherMembers(before: ClusterTopology, after: ClusterTopology): readonly ClusterNode[] {
  const listed = (node: ClusterNode, topology: ClusterTopology): string =>
    JSON.stringify((['tribes', 'hazelcast'] as const).map((agent) => membersOf(node, topology, agent)));
  return before.nodes.filter((node) => listed(node, before) !== listed(node, after));
}
