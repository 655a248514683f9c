import { roleOf } from './roles';
import type { ClusterNode, ClusterTopology, Member } from './topology';

/** The clustering implementation of a home; the class in its axis2.xml tells, and it is never changed. */
export type ClusteringAgent = 'tribes' | 'hazelcast';

/**
 * The well-known members that a node lists: those it states itself, else what its role asks for.
 * A worker lists the load balancers and the managers, a load balancer the managers. A manager lists the load balancers;
 * without any, all managers, itself included. Nodes of the Hazelcast era meet a load balancer at its group management port,
 * and know each other by address rather than by name, as its documentation asks. Multicast needs no list.
 */
export function membersOf(node: ClusterNode, topology: ClusterTopology, agent: ClusteringAgent): readonly Member[] {
  if (topology.membershipScheme === 'multicast') return [];
  if (node.members) return node.members;
  const loadBalancers = topology.nodes.filter(({ role }) => roleOf(role).isLoadBalancer);
  const managers = topology.nodes.filter(({ role }) => roleOf(role).isWellKnownMember && !roleOf(role).isLoadBalancer);
  const asMember = (other: ClusterNode): Member => ({
    hostName: other.memberHost ?? (agent === 'hazelcast' ? other.localMemberHost : other.host),
    port: memberPort(other, topology, agent),
  });
  if (roleOf(node.role).isLoadBalancer) return managers.map(asMember);
  if (!roleOf(node.role).isWellKnownMember) return [...loadBalancers, ...managers].map(asMember);
  return (loadBalancers.length > 0 ? loadBalancers : managers).map(asMember);
}

function memberPort(node: ClusterNode, { frontEnd }: ClusterTopology, agent: ClusteringAgent): number {
  const isGroupManager = roleOf(node.role).isLoadBalancer && agent === 'hazelcast';
  return isGroupManager ? frontEnd.groupManagementPort : node.localMemberPort;
}
