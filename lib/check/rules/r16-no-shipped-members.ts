import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusteredNodes, membershipSchemeOf, type ClusteredNode } from '../clustered-nodes';
import { groupBy } from '../group-by';
import { isLoopback } from '../member-addresses';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** The shipped example is gone from the list of members. */
export const noShippedMembers: Rule = {
  title: 'The list of members does not hold the shipped example, 127.0.0.1.',
  why: 'The node asks its own machine for the cluster: it finds nothing there, or a server that belongs to another cluster.',
  severities: ['warning'],
  evaluate: (cluster) => {
    const listing = clusteredNodes(cluster.nodes).filter(
      (node) => membershipSchemeOf(node.clustering) === 'wka' && !isOnOneMachine(cluster, node.node),
    );
    return [...groupBy(listing, (node) => staleOf(node).join(', ')).entries()].flatMap(([stale, group]) =>
      stale === '' ? [] : [staleFinding(cluster, stale, group)],
    );
  },
};

function staleOf({ clustering }: ClusteredNode): readonly string[] {
  return (clustering.memberLists[0]?.members ?? [])
    .filter(({ value }) => isLoopback(value.hostName))
    .map(({ value }) => `${value.hostName}:${value.port}`);
}

/** Where the whole cluster is on one machine, that address reaches all of it. */
function isOnOneMachine({ topology }: CheckedCluster, { node }: CheckedNode): boolean {
  if (topology === undefined || node === undefined) return false;
  return topology.nodes.every(({ host }) => host === node.host);
}

function staleFinding(
  cluster: CheckedCluster,
  stale: string,
  group: readonly [ClusteredNode, ...ClusteredNode[]],
): Finding {
  const [first] = group;
  const member = first.clustering.memberLists[0]?.members.find(({ value }) => isLoopback(value.hostName));
  return {
    severity: 'warning',
    nodes: group.map(({ node }) => node),
    place: placeOf(member ?? first.clustering.enabled),
    what: `the members of ${nameNodes(group.map(({ node }) => node))} hold ${stale}`,
    fix: 'take it out, and list the members at the addresses of their machines',
    ...applyCommand(cluster),
  };
}
