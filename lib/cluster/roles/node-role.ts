/** What distinguishes the nodes of a cluster; facts, no code. */
export interface NodeRole {
  /** What the role is for, in one sentence; help and reference are made from it. */
  readonly summary: string;
  /** The `subDomain` member property, or `undefined` where the node does not advertise one. */
  readonly subDomain: string | undefined;
  /** True where other nodes list this node in their `members`. */
  readonly isWellKnownMember: boolean;
  /** True for the node in front, which forwards to the others and keeps its own listening ports. */
  readonly isLoadBalancer: boolean;
  /** True where the node may write to the shared registry, so that its mount is not read-only. */
  readonly writesRegistry: boolean;
  /** True where the load balancer forwards to the servlet ports of the node, which needs `port.mapping.*` properties. */
  readonly servesConsole: boolean;
}
