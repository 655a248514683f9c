import { appNodes } from './app-nodes';
import type { CheckedCluster, CheckedNode } from './checked-cluster';
import { clusteredNodes } from './clustered-nodes';
import { groupBy } from './group-by';

/**
 * The nodes that run the product, by the cluster they belong to: all of them with a cluster file; without one those that
 * have clustering on, by their domain, as homes that are checked together may be of several clusters.
 */
export function clusterGroups(cluster: CheckedCluster): readonly (readonly CheckedNode[])[] {
  const nodes = appNodes(cluster);
  if (cluster.topology !== undefined) return nodes.length === 0 ? [] : [nodes];
  const byDomain = groupBy(clusteredNodes(nodes), ({ clustering }) => clustering.parameters.get('domain')?.value ?? '');
  return [...byDomain.values()].map((group) => group.map(({ node }) => node));
}
