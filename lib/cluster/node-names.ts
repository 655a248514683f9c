import { readJdbcUrl } from '../database/jdbc-url';
import { databaseUrl } from './database-url';
import { isAddress, isHostName } from './host-form';
import { membersOf } from './members';
import { roleOf } from './roles';
import type { ClusterNode, ClusterTopology } from './topology';

/** A host name that a machine has to resolve. */
export interface NeededName {
  /** As the cluster file spells it first. */
  readonly name: string;
  /** What it is for, such as `database`; several where it is for several things. */
  readonly uses: readonly string[];
  /** `undefined` where neither `hosts` of the cluster file nor anything else in it tells one. */
  readonly address: string | undefined;
}

/**
 * The host names that these nodes have to resolve, each once: those of the database and of the repository that they check
 * out from, of the members that they list, their own where they advertise one, and the virtual hosts of the cluster, the one
 * of the console for whoever serves or forwards it. Addresses need no resolving and are left out.
 * Which machine has which lines: WSO2 Clustering Guide, "Configuring the hosts", of the pages about ESB, manager and worker.
 */
export function namesOfNodes(nodes: readonly ClusterNode[], topology: ClusterTopology): readonly NeededName[] {
  return needed(
    nodes.flatMap((node) => usesOf(node, topology)),
    topology,
  );
}

/** The host names that clients of the cluster call. */
export function namesOfClients(topology: ClusterTopology): readonly NeededName[] {
  return needed(virtualHosts(topology.nodes, topology, 'console'), topology);
}

/** Both lists as one; a name that stands in both is for what it is for in each. */
export function withNames(one: readonly NeededName[], other: readonly NeededName[]): readonly NeededName[] {
  return merged([...one, ...other]);
}

/** The address of the machine of a node; `undefined` where the cluster file tells none. */
export function addressOfNode({ host, localMemberHost }: ClusterNode, topology: ClusterTopology): string | undefined {
  return [host, addressIn(topology, host), localMemberHost].find((one) => one !== undefined && isAddress(one));
}

/** A name with one thing that it is for. */
interface Use {
  readonly name: string;
  readonly use: string;
}

function usesOf(node: ClusterNode, topology: ClusterTopology): readonly Use[] {
  const role = roleOf(node.role);
  const isConsole = role.isLoadBalancer || role.servesConsole;
  return [
    ...(role.isLoadBalancer ? [] : sharedServers(topology)),
    ...memberNames(node, topology),
    { name: node.localMemberHost, use: `node ${node.name}` },
    ...virtualHosts(role.isLoadBalancer ? topology.nodes : [node], topology, isConsole ? 'console' : 'no console'),
  ];
}

function sharedServers({ database, deploymentSynchronizer }: ClusterTopology): readonly Use[] {
  const { urls } = database;
  const hosts =
    urls.from === 'host'
      ? [urls.host]
      : (readJdbcUrl(databaseUrl(database, 'any'))?.servers ?? []).map(({ host }) => host);
  const repository = hostOfUrl(deploymentSynchronizer?.svnUrl);
  return [
    ...hosts.map((name) => ({ name, use: 'database' })),
    ...(repository === undefined ? [] : [{ name: repository, use: 'deployment synchronizer' }]),
  ];
}

function hostOfUrl(url: string | undefined): string | undefined {
  return /^[a-z][a-z+]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:@]+)/i.exec(url ?? '')?.[1];
}

/** By name in the Tribes era, and in the Hazelcast era where a node advertises one; which of them a home is of, it says itself. */
function memberNames(node: ClusterNode, topology: ClusterTopology): readonly Use[] {
  const listed = (['tribes', 'hazelcast'] as const).flatMap((agent) => membersOf(node, topology, agent));
  return listed.map(({ hostName: name }) => {
    const owners = topology.nodes.filter((one) => [one.host, one.memberHost, one.localMemberHost].includes(name));
    const [owner] = owners;
    return { name, use: owner === undefined ? 'member' : `node ${owner.name}` };
  });
}

/** The virtual hosts of the cluster, and those that single nodes have in their place. */
function virtualHosts(
  nodes: readonly ClusterNode[],
  { frontEnd }: ClusterTopology,
  also: 'console' | 'no console',
): readonly Use[] {
  const servers = nodes.filter(({ role }) => !roleOf(role).isLoadBalancer);
  const hosts = servers.length === 0 ? [frontEnd.hostName] : servers.map((one) => one.hostName ?? frontEnd.hostName);
  const consoles = servers
    .filter(({ role }) => roleOf(role).servesConsole)
    .map((one) => one.mgtHostName ?? frontEnd.mgtHostName);
  return [
    ...hosts.map((name) => ({ name, use: 'cluster' })),
    ...(also === 'console' ? consoles : []).map((name) => ({ name, use: 'management console' })),
  ];
}

function needed(uses: readonly Use[], topology: ClusterTopology): readonly NeededName[] {
  const names = uses.filter(({ name }) => isHostName(name));
  return merged(names.map(({ name, use }) => ({ name, uses: [use], address: addressOf(name, topology) })));
}

function merged(names: readonly NeededName[]): readonly NeededName[] {
  const byName = new Map<string, NeededName>();
  for (const one of names) {
    const key = one.name.toLowerCase();
    const before = byName.get(key);
    byName.set(key, before === undefined ? one : { ...before, uses: [...new Set([...before.uses, ...one.uses])] });
  }
  return [...byName.values()];
}

/** From `hosts`, else that of the nodes with this host, else that of the one node in front; `undefined` where they disagree. */
function addressOf(name: string, topology: ClusterTopology): string | undefined {
  const stated = addressIn(topology, name);
  if (stated !== undefined) return stated;
  const key = name.toLowerCase();
  const owners = topology.nodes.filter(({ host, memberHost, localMemberHost }) =>
    [host, memberHost, localMemberHost].some((one) => one?.toLowerCase() === key),
  );
  return onlyAddress(owners.length > 0 ? owners : inFront(key, topology), topology);
}

/** Case does not count in host names; the one that is spelled alike wins. */
function addressIn({ hosts }: ClusterTopology, name: string): string | undefined {
  if (Object.hasOwn(hosts, name)) return hosts[name];
  return Object.entries(hosts).find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

/** The nodes at which a virtual host is reached: the load balancers, and without any the managers for their console. */
function inFront(key: string, { frontEnd, nodes }: ClusterTopology): readonly ClusterNode[] {
  const [hostName, mgtHostName] = [frontEnd.hostName.toLowerCase(), frontEnd.mgtHostName.toLowerCase()];
  if (key !== hostName && key !== mgtHostName) return [];
  const loadBalancers = nodes.filter(({ role }) => roleOf(role).isLoadBalancer);
  if (loadBalancers.length > 0 || key !== mgtHostName) return loadBalancers;
  return nodes.filter(({ role }) => roleOf(role).servesConsole);
}

function onlyAddress(nodes: readonly ClusterNode[], topology: ClusterTopology): string | undefined {
  const [address, another] = new Set(nodes.map((node) => addressOfNode(node, topology)));
  return another === undefined ? address : undefined;
}
