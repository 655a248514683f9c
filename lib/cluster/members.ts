import { roleOf } from './roles';
import type { ClusterNode, ClusterTopology, Member } from './topology';

/** The clustering implementation of a home; the class in its axis2.xml tells, and it is never changed. */
export type ClusteringAgent = 'tribes' | 'hazelcast';

/**
 * The well-known members that a node lists: those it states itself, else what its role asks for.
 * A worker lists the load balancers and the managers, a load balancer the managers, a manager the load balancers. Without a
 * load balancer all list the same: the managers, and where there is only one, the first worker too, as a cluster whose one
 * well-known member is down takes nobody in. Nodes of the Hazelcast era meet a load balancer at its group management port,
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
  if (loadBalancers.length === 0) {
    const others = topology.nodes.filter((other) => !managers.includes(other));
    return [...managers, ...others.slice(0, Math.max(0, fewestKnown - managers.length))].map(asMember);
  }
  return (roleOf(node.role).isWellKnownMember ? loadBalancers : [...loadBalancers, ...managers]).map(asMember);
}

/** How many well-known members the documentation asks for at least. */
const fewestKnown = 2;

function memberPort(node: ClusterNode, { frontEnd }: ClusterTopology, agent: ClusteringAgent): number {
  const isGroupManager = roleOf(node.role).isLoadBalancer && agent === 'hazelcast';
  return isGroupManager ? frontEnd.groupManagementPort : node.localMemberPort;
}
