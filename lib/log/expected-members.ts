import { startOrder } from '../cluster/cluster-file/start-order';
import { membersOf, type ClusteringAgent } from '../cluster/members';
import { roleOf } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';

/** A node as another one meets it in its log. */
export interface ExpectedMember {
  readonly node: ClusterNode;
  /** Its addresses as far as the cluster file knows them; empty where it knows only names. */
  readonly addresses: ReadonlySet<string>;
  /** Where it is met: its localMemberPort, or the group management port of a load balancer of the Hazelcast era. */
  readonly port: number;
  readonly subDomain: string | undefined;
  /** True where it is started after the node whose log it is. */
  readonly isLater: boolean;
  /** True where the node lists it among its members. */
  readonly isListed: boolean;
}

/**
 * The nodes that have to come up in the log of a node: all others of the cluster but, for a load balancer, other load
 * balancers, which have a group of their own. In the order of the start.
 */
export function expectedMembers(
  node: ClusterNode,
  topology: ClusterTopology,
  agent: ClusteringAgent,
): readonly ExpectedMember[] {
  const order = startOrder(topology.nodes).map(({ name }) => name);
  const listed = membersOf(node, topology, agent);
  const others = startOrder(topology.nodes).filter(
    (other) => other.name !== node.name && !(roleOf(node.role).isLoadBalancer && roleOf(other.role).isLoadBalancer),
  );
  return others.map((other) => {
    const isGroupManager = roleOf(other.role).isLoadBalancer && agent === 'hazelcast';
    const port = isGroupManager ? topology.frontEnd.groupManagementPort : other.localMemberPort;
    const addresses = addressesOf(other, topology);
    return {
      node: other,
      addresses,
      port,
      subDomain: subDomainOf(other),
      isLater: order.indexOf(other.name) > order.indexOf(node.name),
      isListed: listed.some(
        (member) =>
          member.port === port &&
          (namesOf(other).includes(member.hostName) || addresses.has(addressIn(topology, member.hostName))),
      ),
    };
  });
}

/** The sub-domain that a node advertises; `undefined` for a load balancer. */
export function subDomainOf(node: ClusterNode): string | undefined {
  return node.subDomain ?? roleOf(node.role).subDomain;
}

/** The addresses of a node, in lower case and without brackets, as far as the cluster file knows them. */
export function addressesOf(node: ClusterNode, topology: ClusterTopology): ReadonlySet<string> {
  const known = namesOf(node).map((name) => addressIn(topology, name));
  return new Set(known.filter(isAddress));
}

/** An address as a log may write it and as a cluster file does, in one form. */
export function plainAddress(host: string): string {
  const bare = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '');
  return bare.includes(':') && URL.canParse(`http://[${bare}]`)
    ? new URL(`http://[${bare}]`).hostname.slice(1, -1)
    : bare;
}

function namesOf({ localMemberHost, host, memberHost }: ClusterNode): readonly string[] {
  return [localMemberHost, host, ...(memberHost === undefined ? [] : [memberHost])];
}

function addressIn({ hosts }: ClusterTopology, name: string): string {
  return plainAddress((Object.hasOwn(hosts, name) ? hosts[name] : undefined) ?? name);
}

function isAddress(host: string): boolean {
  return /^\d+(?:\.\d+){3}$|:/.test(host);
}
