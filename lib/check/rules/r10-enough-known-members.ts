import { roleOf } from '../../cluster/roles';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusterGroups } from '../cluster-groups';
import { clusteredNodes, membershipSchemeOf, type ClusteredNode } from '../clustered-nodes';
import { groupBy } from '../group-by';
import { isAddress, isLoopback, isMemberOf, memberHostsOf, memberPortsOf, resolvedHost } from '../member-addresses';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** There are enough well-known members, and every worker lists a manager. */
export const enoughKnownMembers: Rule = {
  title: 'At least two members are well known in the cluster, and every worker lists a manager.',
  why: 'A node that starts asks the members it lists: where the only one is down, it stays alone; and what a manager deploys reaches a worker by a cluster message.',
  severities: ['error', 'warning'],
  evaluate: (cluster) => clusterGroups(cluster).flatMap((group) => groupFindings(cluster, group)),
};

function groupFindings(cluster: CheckedCluster, group: readonly CheckedNode[]): readonly Finding[] {
  const apps = listingNodes(group);
  if (apps.length < 2) return [];
  const known = knownMembers(cluster, apps);
  if (known.size === 0) return [nobodyFinding(cluster, apps)];
  const lost = workerFindings(cluster, apps, group);
  return lost.length > 0 ? lost : fewFindings(known, cluster.topology === undefined ? group : []);
}

function listingNodes(nodes: readonly CheckedNode[]): readonly ClusteredNode[] {
  return clusteredNodes(nodes).filter(({ clustering }) => membershipSchemeOf(clustering) === 'wka');
}

/** What the nodes list, resolved. */
function knownMembers(cluster: CheckedCluster, nodes: readonly ClusteredNode[]): ReadonlySet<string> {
  return new Set(
    nodes.flatMap((node) =>
      membersOf(node).map(({ hostName, port }) =>
        isRange(hostName) ? 'several' : `${resolvedHost(hostName, cluster)}:${port}`,
      ),
    ),
  );
}

function membersOf({ clustering }: ClusteredNode): readonly { readonly hostName: string; readonly port: string }[] {
  return (clustering.memberLists[0]?.members ?? []).map(({ value }) => value);
}

/** A range, or a name that only the start of the server resolves, may stand for several members. */
function isRange(hostName: string): boolean {
  return hostName.includes('${') || (isAddress(hostName) && /[-*]/.test(hostName));
}

function nobodyFinding(cluster: CheckedCluster, nodes: readonly ClusteredNode[]): Finding {
  return {
    severity: 'error',
    nodes: nodes.map(({ node }) => node),
    place: undefined,
    what: `none of ${nameNodes(nodes.map(({ node }) => node))} lists a member, so that no node finds another`,
    fix: 'list the managers, and one more node, in the members of every node',
    ...applyCommand(cluster),
  };
}

function fewFindings(known: ReadonlySet<string>, nodes: readonly CheckedNode[]): readonly Finding[] {
  const [only = ''] = known;
  if (known.size > 1 || only === 'several' || isLoopback(only.replace(/:\d*$/, ''))) return [];
  return [
    {
      severity: 'warning',
      nodes,
      place: undefined,
      what: `the only well-known member of the cluster is ${only}`,
      fix: 'list a second node in the members of every node, so that nodes find each other while the first is down',
    },
  ];
}

/** One finding for workers with the same list. */
function workerFindings(
  cluster: CheckedCluster,
  apps: readonly ClusteredNode[],
  group: readonly CheckedNode[],
): readonly Finding[] {
  const managers = group.filter(({ role }) => roleOf(role).servesConsole);
  const workers = apps.filter(({ node }) => !roleOf(node.role).servesConsole);
  if (managers.length === 0) return [];
  const lost = workers.filter((worker) => !mayList(cluster, worker, managers));
  return [...groupBy(lost, (worker) => JSON.stringify(membersOf(worker))).values()].map((alike) => {
    const [{ clustering }] = alike;
    const list = membersOf(alike[0]).map(({ hostName, port }) => `${hostName}:${port}`);
    return {
      severity: 'warning',
      nodes: alike.map(({ node }) => node),
      place: placeOf(clustering.memberLists[0]?.list ?? clustering.enabled),
      what:
        list.length === 0
          ? `the list of members is empty, so that ${nameNodes(managers)} is not asked`
          : `the members are ${list.join(', ')}, none of which is a manager (${nameNodes(managers)})`,
      fix: `add ${managers.map(addressOf).join(' or ')} to the members`,
      ...applyCommand(cluster),
    };
  });
}

function addressOf({ name, facts }: CheckedNode): string {
  const parameters = facts.axis2?.clustering?.parameters;
  const host = parameters?.get('localMemberHost')?.value ?? '';
  const port = parameters?.get('localMemberPort')?.value ?? '';
  return host === '' || isLoopback(host) || port === '' ? name : `${host}:${port} (${name})`;
}

/**
 * True where an entry is a manager, or may be one: a name that nobody resolves, or a manager's host with another port
 * (R09 tells). Of a manager that tells no address (R11) nobody knows what it would be listed as.
 */
function mayList(cluster: CheckedCluster, worker: ClusteredNode, managers: readonly CheckedNode[]): boolean {
  const others = cluster.nodes.filter((node) => !managers.includes(node));
  const hasHiddenManager = managers.some((manager) => memberHostsOf(manager, cluster).size === 0);
  return membersOf(worker).some(({ hostName, port }) => {
    if (hasHiddenManager) return true;
    const host = resolvedHost(hostName, cluster);
    if (isRange(hostName)) return true;
    if (managers.some((manager) => isMemberOf(manager, hostName, port, cluster))) return true;
    if (others.some((other) => isMemberOf(other, hostName, port, cluster))) return false;
    if (managers.some((manager) => memberHostsOf(manager, cluster).has(host))) return true;
    const isKnown = others.some((other) => memberHostsOf(other, cluster).has(host)) || isAddress(host);
    return !isKnown || managers.some((manager) => memberPortsOf(manager, cluster).size === 0);
  });
}
