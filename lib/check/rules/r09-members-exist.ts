import { membersOf } from '../../cluster/members';
import { roleOf } from '../../cluster/roles';
import type { ClusterNode } from '../../cluster/topology';
import type { MemberText } from '../../carbon/facts/axis2-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusteredNodes, membershipSchemeOf, type ClusteredNode } from '../clustered-nodes';
import { groupBy } from '../group-by';
import { declarationsIn, readBalancers } from '../load-balancers';
import { isAddress, isLoopback, memberHostsOf, resolvedHost } from '../member-addresses';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule, Severity } from '../rule';

/** Every member that is listed is a node, at the port where it takes members in. */
export const membersExist: Rule = {
  title: 'Every listed member is a node of the cluster, at the port where it waits for members.',
  why: 'A node asks the members it lists for the cluster: behind an entry that nobody answers the others stay unknown, and it logs "No members in current cluster".',
  severities: ['error', 'warning'],
  evaluate: (cluster) => {
    const listing = clusteredNodes(cluster.nodes).filter(({ clustering }) => membershipSchemeOf(clustering) === 'wka');
    const indexes = memberIndexes(cluster);
    const wrong = listing.flatMap((node) => {
      const members = indexes(node);
      return entriesOf(node).flatMap((entry) => wrongEntry(cluster, members, node, entry));
    });
    return [...groupBy(wrong, ({ what }) => what).values()].map((group) => findingOf(cluster, group));
  },
};

interface WrongEntry {
  readonly node: ClusteredNode;
  readonly entry: Sourced<MemberText>;
  readonly severity: Severity;
  readonly what: string;
  readonly fix: string;
}

/** Of more than one list only the first is read (R12); the shipped example has a rule of its own (R16). */
function entriesOf({ clustering }: ClusteredNode): readonly Sourced<MemberText>[] {
  return (clustering.memberLists[0]?.members ?? []).filter(({ value }) => !isLoopback(value.hostName));
}

function wrongEntry(
  cluster: CheckedCluster,
  members: MemberIndex,
  node: ClusteredNode,
  entry: Sourced<MemberText>,
): readonly WrongEntry[] {
  const { hostName, port } = entry.value;
  if (hostName === '' || !isPort(port)) return [unreadableEntry(node, entry)];
  if (hostName.includes('${') || port.includes('${') || isRange(hostName)) return [];
  const host = resolvedHost(hostName, cluster);
  const there = members.get(host) ?? [];
  if (there.length === 0) return unknownHost(cluster, node, entry, host);
  if (there.some(({ ports }) => ports.size === 0 || ports.has(port))) return [];
  const right = there.map(({ name, ports }) => `${name} (${listWords([...ports], 'more')})`);
  return [
    {
      node,
      entry,
      // Without a cluster file there may be nodes on that machine that were not checked.
      severity: cluster.topology === undefined ? 'warning' : 'error',
      what: `no node waits for members at ${hostName}:${port}; at that address ${there.length === 1 ? 'is' : 'are'} ${listWords(right, 'more')}`,
      fix: `correct the port of the member ${hostName}`,
    },
  ];
}

function unreadableEntry(node: ClusteredNode, entry: Sourced<MemberText>): WrongEntry {
  const { hostName, port } = entry.value;
  const what =
    hostName === ''
      ? `a member has no hostName${port === '' ? ' and no port' : ''}`
      : `the member ${hostName} has ${port === '' ? 'no port' : `the port ${port}, which is none`}`;
  return { node, entry, severity: 'error', what, fix: 'give every member a hostName and a port' };
}

/** Only a cluster file names all nodes; of a name that it does not resolve R27 tells. */
function unknownHost(
  cluster: CheckedCluster,
  node: ClusteredNode,
  entry: Sourced<MemberText>,
  host: string,
): readonly WrongEntry[] {
  if (cluster.topology === undefined || !isAddress(host)) return [];
  const { hostName, port } = entry.value;
  return [
    {
      node,
      entry,
      severity: 'error',
      what: `the member ${hostName}:${port} is no node: the cluster file has none at ${host}`,
      fix: 'take the member out, or correct its hostName',
    },
  ];
}

interface KnownMember {
  readonly name: string;
  /** Resolved. */
  readonly hosts: ReadonlySet<string>;
  /** Where it waits for members like the node that lists it; empty where nobody knows. */
  readonly ports: ReadonlySet<string>;
}

/** The known members by each of their hosts. */
type MemberIndex = ReadonlyMap<string, readonly KnownMember[]>;

/** The members that a node can list; made once for all nodes of one kind, as a thousand nodes list much the same. */
function memberIndexes(cluster: CheckedCluster): (lister: ClusteredNode) => MemberIndex {
  const indexes = new Map<string, MemberIndex>();
  return (lister) => {
    const { agent, parameters } = lister.clustering;
    const key = JSON.stringify([agent, roleOf(lister.node.role).isLoadBalancer, parameters.get('domain')?.value]);
    const index = indexes.get(key) ?? byHost(knownMembers(cluster, lister));
    indexes.set(key, index);
    return index;
  };
}

function byHost(members: readonly KnownMember[]): MemberIndex {
  const index = new Map<string, KnownMember[]>();
  for (const member of members) {
    for (const host of member.hosts) index.set(host, [...(index.get(host) ?? []), member]);
  }
  return index;
}

/** The nodes that were checked, and those that only the cluster file names. */
function knownMembers(cluster: CheckedCluster, lister: ClusteredNode): readonly KnownMember[] {
  const checked = cluster.nodes.map((node) => ({
    name: node.name,
    hosts: memberHostsOf(node, cluster),
    ports: new Set(isGroupManager(node.role, lister) ? groupPorts(cluster, node, lister) : ownPorts(node)),
  }));
  const names = new Set(cluster.nodes.map(({ name }) => name));
  const planned = (cluster.topology?.nodes ?? [])
    .filter(({ name }) => !names.has(name))
    .map((node) => plannedMember(cluster, node, lister));
  return [...checked, ...planned];
}

function plannedMember(cluster: CheckedCluster, node: ClusterNode, lister: ClusteredNode): KnownMember {
  const hosts = [node.host, node.memberHost, node.localMemberHost].filter((host) => host !== undefined);
  const port = isGroupManager(node.role, lister)
    ? cluster.topology?.frontEnd.groupManagementPort
    : node.localMemberPort;
  return {
    name: node.name,
    hosts: new Set(hosts.map((host) => resolvedHost(host, cluster))),
    ports: new Set(port === undefined ? [] : [String(port)]),
  };
}

/** Nodes of the Hazelcast era meet a load balancer at the port of their domain; load balancers meet each other as members do. */
function isGroupManager(role: CheckedNode['role'], { node, clustering }: ClusteredNode): boolean {
  return clustering.agent === 'hazelcast' && roleOf(role).isLoadBalancer && !roleOf(node.role).isLoadBalancer;
}

/** What the cluster file says counts too: where the load balancer has another port, R20 tells. */
function groupPorts(cluster: CheckedCluster, node: CheckedNode, lister: ClusteredNode): readonly string[] {
  const domain = lister.clustering.parameters.get('domain')?.value;
  const declared = readBalancers(cluster)
    .filter((balancer) => balancer.node === node)
    .flatMap(declarationsIn)
    .filter((one) => one.domain === domain)
    .flatMap((one) => one.groupManagementPort?.value ?? []);
  const planned = cluster.topology?.frontEnd.groupManagementPort;
  return [...new Set([...declared, ...(planned === undefined ? [] : [String(planned)])])];
}

/** Both agents take 4000 where no port is written. */
function ownPorts({ facts, node }: CheckedNode): readonly string[] {
  const clustering = facts.axis2?.clustering;
  if (clustering === undefined) return node === undefined ? [] : [String(node.localMemberPort)];
  return [clustering.parameters.get('localMemberPort')?.value ?? '4000'];
}

function isPort(text: string): boolean {
  return text.includes('${') || (/^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65536);
}

function isRange(hostName: string): boolean {
  return isAddress(hostName) && /[-*]/.test(hostName);
}

function findingOf(cluster: CheckedCluster, group: readonly [WrongEntry, ...WrongEntry[]]): Finding {
  const [{ entry, severity, what, fix }] = group;
  const nodes = [...new Set(group.map(({ node }) => node.node))];
  const isPut = group.every((one) => isPutRight(cluster, one));
  return {
    severity,
    nodes,
    place: placeOf(entry),
    what: nodes.length === 1 ? what : `${what}; it is listed by ${nameNodes(nodes)}`,
    fix,
    ...(isPut ? applyCommand(cluster) : {}),
  };
}

/** True where the cluster file wants a list without the entry. */
function isPutRight({ topology }: CheckedCluster, { node: { node, clustering }, entry }: WrongEntry): boolean {
  if (topology === undefined || node.node === undefined) return false;
  return !membersOf(node.node, topology, clustering.agent).some(
    (member) => member.hostName === entry.value.hostName && String(member.port) === entry.value.port,
  );
}
