import { applyCommand } from '../apply-command';
import type { CheckedCluster } from '../checked-cluster';
import { clusterGroups } from '../cluster-groups';
import { clusteredNodes, membershipSchemeOf, type ClusteredNode } from '../clustered-nodes';
import { disagreement } from '../disagreement';
import { isLoopback } from '../member-addresses';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** All nodes find each other in the same way. */
export const oneMembershipScheme: Rule = {
  title: 'All nodes have the same membershipScheme, and the members they list are read.',
  why: 'Nodes that look for each other in different ways do not meet, and each runs as a cluster of its own.',
  severities: ['error', 'warning'],
  evaluate: (cluster) => {
    const different = comparedGroups(cluster).flatMap((group) => schemeFindings(cluster, group));
    return different.length > 0 ? different : listFindings(clusteredNodes(cluster.nodes));
  },
};

/** Without a cluster file nodes are compared that want to meet; load balancers have a group of their own. */
function comparedGroups(cluster: CheckedCluster): readonly (readonly ClusteredNode[])[] {
  if (cluster.topology !== undefined) return [clusteredNodes(cluster.nodes)];
  return clusterGroups(cluster).map(clusteredNodes);
}

function schemeFindings(cluster: CheckedCluster, nodes: readonly ClusteredNode[]): readonly Finding[] {
  const { topology } = cluster;
  const claims = nodes.map(({ node, clustering }) => ({
    node,
    key: membershipSchemeOf(clustering),
    shown: clustering.parameters.has('membershipScheme')
      ? membershipSchemeOf(clustering)
      : 'multicast (none is written)',
    place: placeOf(clustering.parameters.get('membershipScheme') ?? clustering.enabled),
  }));
  const wanted = topology && { shown: topology.membershipScheme, keyFor: () => topology.membershipScheme };
  const different = disagreement(claims, wanted);
  if (different === undefined) return [];
  return [
    {
      severity: 'error',
      nodes: different.odd.map(({ node }) => node),
      place: different.odd[0].place,
      what: `membershipScheme ${different.what}`,
      fix: 'set the same membershipScheme on every node',
      ...applyCommand(cluster),
    },
  ];
}

/** The shipped list, which names the own machine, is nobody's wish. */
function listFindings(nodes: readonly ClusteredNode[]): readonly Finding[] {
  const listing = nodes.filter(
    ({ clustering }) =>
      membershipSchemeOf(clustering) === 'multicast' &&
      clustering.memberLists[0]?.members.some(({ value }) => !isLoopback(value.hostName)),
  );
  const [first] = listing;
  const list = first?.clustering.memberLists[0]?.list;
  if (list === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: listing.map(({ node }) => node),
      place: placeOf(list),
      what: 'members are listed, but with the membershipScheme multicast nobody reads them',
      fix: 'set membershipScheme to wka on every node, or remove the list',
    },
  ];
}
