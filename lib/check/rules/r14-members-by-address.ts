import { membersOf } from '../../cluster/members';
import { applyCommand } from '../apply-command';
import type { CheckedCluster } from '../checked-cluster';
import { clusteredNodes, membershipSchemeOf, type ClusteredNode } from '../clustered-nodes';
import { groupBy } from '../group-by';
import { isAddress, isLoopback, resolvedHost } from '../member-addresses';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** Members of the Hazelcast era are listed by address. */
export const membersByAddress: Rule = {
  title: 'Members of the Hazelcast era are listed by IP address, not by host name.',
  why: 'Carbon asks for addresses here: a name that one of the machines resolves otherwise, such as to 127.0.0.1 in its hosts file, leaves that node alone.',
  severities: ['warning'],
  evaluate: (cluster) => {
    const listing = clusteredNodes(cluster.nodes).filter(
      ({ clustering }) => clustering.agent === 'hazelcast' && membershipSchemeOf(clustering) === 'wka',
    );
    return [...groupBy(listing, (node) => namesOf(node).join(' ')).entries()].flatMap(([names, group]) =>
      names === '' ? [] : [nameFinding(cluster, group)],
    );
  },
};

function namesOf({ clustering }: ClusteredNode): readonly string[] {
  const hosts = (clustering.memberLists[0]?.members ?? []).map(({ value }) => value.hostName);
  return [...new Set(hosts.filter(isName))];
}

/** Of a placeholder nobody knows what it becomes; the own machine is told of by R16. */
function isName(host: string): boolean {
  return host !== '' && !host.includes('${') && !isAddress(host) && !isLoopback(host);
}

function nameFinding(cluster: CheckedCluster, group: readonly [ClusteredNode, ...ClusteredNode[]]): Finding {
  const [first] = group;
  const names = namesOf(first);
  const member = first.clustering.memberLists[0]?.members.find(({ value }) => names.includes(value.hostName));
  const known = names.flatMap((name) => {
    const address = resolvedHost(name, cluster);
    return isAddress(address) ? [`${address} for ${name}`] : [];
  });
  return {
    severity: 'warning',
    nodes: group.map(({ node }) => node),
    place: placeOf(member ?? first.clustering.enabled),
    what: `the members of ${nameNodes(group.map(({ node }) => node))} are listed by name: ${listWords(names, 'more')}`,
    fix:
      known.length === names.length
        ? `list them by address: ${listWords(known, 'more')}`
        : 'list them by their IP addresses, those that localMemberHost of each tells',
    ...(isByAddress(cluster, first) ? applyCommand(cluster) : {}),
  };
}

/** True where the cluster file wants addresses too; it may state names. */
function isByAddress({ topology }: CheckedCluster, { node, clustering }: ClusteredNode): boolean {
  if (topology === undefined || node.node === undefined) return false;
  return !membersOf(node.node, topology, clustering.agent).some(({ hostName }) => isName(hostName));
}
