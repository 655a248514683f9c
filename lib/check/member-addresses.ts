import { roleOf } from '../cluster/roles';
import type { ClusterTopology } from '../cluster/topology';
import { declaredServices } from '../elb/declarations';
import type { CheckedCluster, CheckedNode } from './checked-cluster';

/** True for a host that means the own machine wherever it is read. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i.test(host);
}

/** True for an IPv4 or IPv6 address, also in brackets, and for a range of IPv4 addresses such as `10.0.0.2-9`. */
export function isAddress(host: string): boolean {
  return /^(?:\d+\.\d+\.\d+\.(?:\d+|\*)(?:-\d+)?|\[?[\da-f]*:[\da-f:.]+\]?)$/i.test(host);
}

/** A host as the cluster file resolves it, in lower case; itself where it is an address or the file does not know it. */
export function resolvedHost(host: string, { topology }: CheckedCluster): string {
  const name = host.toLowerCase();
  return (topology && addressesOf(topology).get(name)) ?? name;
}

/** True where two entries of a list mean one member, as far as the files say. */
export function isMemberOf(node: CheckedNode, hostName: string, port: string, cluster: CheckedCluster): boolean {
  return memberHostsOf(node, cluster).has(resolvedHost(hostName, cluster)) && memberPortsOf(node, cluster).has(port);
}

/** The hosts under which the others can list a node, resolved. */
export function memberHostsOf(checked: CheckedNode, cluster: CheckedCluster): ReadonlySet<string> {
  const known = hostsOfNodes.get(cluster) ?? new Map<CheckedNode, ReadonlySet<string>>();
  hostsOfNodes.set(cluster, known);
  const hosts = known.get(checked) ?? hostsOf(checked, cluster);
  known.set(checked, hosts);
  return hosts;
}

/** The ports under which the others can list a node: where it listens for members, and where a load balancer takes them in. */
export function memberPortsOf({ node, facts, role }: CheckedNode, { topology }: CheckedCluster): ReadonlySet<string> {
  const listening = facts.axis2?.clustering?.parameters.get('localMemberPort')?.value;
  const declared = facts.loadBalancerConf === undefined ? [] : declaredServices(facts.loadBalancerConf);
  const ports = [
    listening,
    node && String(node.localMemberPort),
    ...declared.flatMap(({ declarations }) => declarations.map((one) => one.groupManagementPort?.value)),
    roleOf(role).isLoadBalancer ? topology && String(topology.frontEnd.groupManagementPort) : undefined,
  ];
  return new Set(ports.filter((port) => port !== undefined));
}

// Rules ask for each node of each list, which in a large cluster is too often to look it up anew.
const hostsOfNodes = new WeakMap<CheckedCluster, Map<CheckedNode, ReadonlySet<string>>>();
const addresses = new WeakMap<ClusterTopology, ReadonlyMap<string, string>>();

function addressesOf(topology: ClusterTopology): ReadonlyMap<string, string> {
  const known = addresses.get(topology);
  if (known !== undefined) return known;
  const entries = Object.entries(topology.hosts).map(
    ([name, address]) => [name.toLowerCase(), address.toLowerCase()] as const,
  );
  const made = new Map(entries);
  addresses.set(topology, made);
  return made;
}

function hostsOf({ node, facts, machine }: CheckedNode, cluster: CheckedCluster): ReadonlySet<string> {
  const advertised = facts.axis2?.clustering?.parameters.get('localMemberHost')?.value;
  const hosts = [advertised, node?.host, node?.memberHost, node?.localMemberHost, machine];
  const known = hosts.filter((host) => host !== undefined && host !== '' && !isLoopback(host));
  return new Set(known.map((host) => resolvedHost(host ?? '', cluster)));
}
