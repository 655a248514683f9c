import { roleOf, type RoleName } from '../roles';

/** The order in which servers are started: load balancers, then those that own the registry, then the others. */
export function startOrder<Node extends { readonly role: RoleName }>(nodes: readonly Node[]): readonly Node[] {
  const rank = ({ role }: Node): number => (roleOf(role).isLoadBalancer ? 0 : roleOf(role).writesRegistry ? 1 : 2);
  return nodes.toSorted((a, b) => rank(a) - rank(b));
}
