import { roleOf } from '../cluster/roles';
import type { CheckedCluster, CheckedNode } from './checked-cluster';

/** The nodes that run the product: all but load balancers. */
export function appNodes({ nodes }: CheckedCluster): readonly CheckedNode[] {
  return nodes.filter(({ role }) => !roleOf(role).isLoadBalancer);
}

/** How many nodes share their data with those of a group: as many as the cluster file names, else the group itself. */
export function sharingNodes({ topology }: CheckedCluster, group: readonly CheckedNode[]): number {
  return topology?.nodes.filter(({ role }) => !roleOf(role).isLoadBalancer).length ?? group.length;
}
