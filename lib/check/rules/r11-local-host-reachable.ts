import { applyCommand } from '../apply-command';
import type { CheckedCluster } from '../checked-cluster';
import { clusteredNodes, type ClusteredNode } from '../clustered-nodes';
import { groupBy } from '../group-by';
import { isLoopback, resolvedHost } from '../member-addresses';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** Every node tells the others an address at which they reach it. */
export const localHostReachable: Rule = {
  title: 'localMemberHost of every node is an address at which the other nodes reach it.',
  why: 'A node tells the others this address; with 127.0.0.1 each of them looks for it on its own machine, and nobody joins.',
  severities: ['error', 'warning'],
  evaluate: (cluster) => {
    const nodes = clusteredNodes(cluster.nodes);
    return [...loopbackFindings(cluster, nodes), ...unsetFindings(cluster, nodes), ...otherFindings(cluster, nodes)];
  },
};

/** Where the file says it is enough; else one node that tells a real address is a sign of several machines. */
function spansMachines({ topology, nodes }: CheckedCluster): boolean {
  if (topology === undefined) return nodes.some(({ machine }) => machine !== undefined);
  return new Set(topology.nodes.map(({ host }) => topology.hosts[host] ?? host)).size > 1;
}

function loopbackFindings(cluster: CheckedCluster, nodes: readonly ClusteredNode[]): readonly Finding[] {
  const wrong = nodes.filter(({ node, clustering }) => {
    const value = clustering.parameters.get('localMemberHost')?.value;
    return value !== undefined && isLoopback(value) && node.node?.localMemberHost !== value;
  });
  return [...groupBy(wrong, ({ clustering }) => clustering.parameters.get('localMemberHost')?.value).entries()].map(
    ([value, group]) => ({
      severity: spansMachines(cluster) ? 'error' : 'warning',
      nodes: group.map(({ node }) => node),
      place: placeOf(group[0].clustering.parameters.get('localMemberHost') ?? group[0].clustering.enabled),
      what: `localMemberHost is ${value} on ${nameNodes(group.map(({ node }) => node))}, which only the own machine reaches`,
      fix: 'set localMemberHost to the IP address of the node in the network of the cluster',
      ...applyCommand(cluster),
    }),
  );
}

/** Tribes takes the address of the machine where none is written. */
function unsetFindings(cluster: CheckedCluster, nodes: readonly ClusteredNode[]): readonly Finding[] {
  const unset = nodes.filter(
    ({ clustering: { agent, parameters } }) =>
      agent === 'hazelcast' && (parameters.get('localMemberHost')?.value ?? '') === '',
  );
  const [first] = unset;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: unset.map(({ node }) => node),
      place: placeOf(first.clustering.parameters.get('localMemberHost') ?? first.clustering.enabled),
      what: `localMemberHost is not set on ${nameNodes(unset.map(({ node }) => node))}, so that Hazelcast picks one of the addresses of the machine`,
      fix: 'set localMemberHost to the IP address of the node in the network of the cluster',
      ...applyCommand(cluster),
    },
  ];
}

/** The other nodes are given the address of the cluster file. */
function otherFindings(cluster: CheckedCluster, nodes: readonly ClusteredNode[]): readonly Finding[] {
  return nodes.flatMap(({ node, clustering }) => {
    const written = clustering.parameters.get('localMemberHost');
    const wanted = node.node?.localMemberHost;
    if (written === undefined || wanted === undefined || written.value === '' || isLoopback(written.value)) return [];
    if (written.value.includes('${')) return [];
    if (resolvedHost(written.value, cluster) === resolvedHost(wanted, cluster)) return [];
    return [
      {
        severity: 'error',
        nodes: [node],
        place: placeOf(written),
        what: `localMemberHost is ${written.value}, but the cluster file says ${wanted}`,
        fix: `set localMemberHost to ${wanted}, or correct the cluster file`,
        ...applyCommand(cluster),
      },
    ];
  });
}
