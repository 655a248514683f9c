import type { NodeRole } from './node-role';

/** A node that serves requests and only reads the shared registry. */
export const worker: NodeRole = {
  summary: 'serves requests: reads the shared registry and never writes it',
  subDomain: 'worker',
  isWellKnownMember: false,
  isLoadBalancer: false,
  writesRegistry: false,
  servesConsole: false,
};
