import type { NodeRole } from './node-role';

/** The node that people administer: it owns the registry and serves the management console. */
export const manager: NodeRole = {
  summary: 'administers the cluster: serves the management console and writes the shared registry',
  subDomain: 'mgt',
  isWellKnownMember: true,
  isLoadBalancer: false,
  writesRegistry: true,
  servesConsole: true,
};
