import { roleOf } from '../cluster/roles';
import type { CheckedCluster } from './checked-cluster';

/** The two ways in which clients speak to the load balancer. */
export type FrontEndScheme = 'http' | 'https';

/**
 * The ports at which clients reach the load balancer: as the cluster file says, else those that the load balancers among
 * the homes listen on; none where nobody knows.
 */
export function frontEndPorts({ topology, nodes }: CheckedCluster, scheme: FrontEndScheme): readonly number[] {
  if (topology !== undefined) return [scheme === 'http' ? topology.frontEnd.httpPort : topology.frontEnd.httpsPort];
  const ports = nodes
    .filter(({ role }) => roleOf(role).isLoadBalancer)
    .flatMap((node) => node.ports)
    .filter(({ feature, setting }) => feature === 'receiver' && setting === `${scheme} receiver`);
  return [...new Set(ports.map(({ port }) => port))];
}
