import type { NodeRole } from './node-role';

/** WSO2 Elastic Load Balancer, in front of the managers and workers. */
export const elb: NodeRole = {
  summary: 'WSO2 Elastic Load Balancer: stands in front of managers and workers',
  subDomain: undefined,
  isWellKnownMember: true,
  isLoadBalancer: true,
  writesRegistry: false,
  servesConsole: false,
};
