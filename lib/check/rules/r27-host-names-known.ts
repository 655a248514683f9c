import type { Sourced } from '../../carbon/facts/sourced';
import { readJdbcUrl } from '../../database/jdbc-url';
import type { ConfNode } from '../../elb/load-balancer-conf';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { groupBy } from '../group-by';
import { isAddress, isLoopback } from '../member-addresses';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, FindingPlace, Rule } from '../rule';

/** Every host name that the homes use has an address in the cluster file. */
export const hostNamesKnown: Rule = {
  title: 'Every host name that the homes or the cluster file use is in the `hosts` of the cluster file.',
  why: 'A node that cannot resolve a name finds neither its members nor its database.',
  severities: ['warning'],
  evaluate: (cluster) => {
    const known = new Set(Object.keys(cluster.topology?.hosts ?? {}).map((name) => name.toLowerCase()));
    // Whoever lists no host at all relies on DNS.
    if (known.size === 0) return [];
    const ofHomes = cluster.nodes.flatMap((node) => usesOf(node, cluster.topology?.domain));
    const uses = [...plannedUses(cluster), ...ofHomes].filter(({ host }) => isName(host));
    const unknown = uses.filter(({ host }) => !known.has(host.toLowerCase()));
    return [...groupBy(unknown, ({ host }) => host.toLowerCase()).values()].map(findingOf);
  },
};

interface HostUse {
  readonly host: string;
  /** Such as `HostName`. */
  readonly setting: string;
  /** `undefined` for the cluster file. */
  readonly node: CheckedNode | undefined;
  readonly place: FindingPlace | undefined;
}

function isName(host: string): boolean {
  return host !== '' && !isAddress(host) && !isLoopback(host) && /^[\w.-]+$/.test(host);
}

function plannedUses({ topology }: CheckedCluster): readonly HostUse[] {
  const hosts = (topology?.nodes ?? []).flatMap(({ name, host, memberHost }) =>
    [host, memberHost].flatMap((one) => (one === undefined ? [] : [{ host: one, setting: `node ${name}` }])),
  );
  return hosts.map((use) => ({ ...use, node: undefined, place: undefined }));
}

function usesOf(node: CheckedNode, domain: string | undefined): readonly HostUse[] {
  const { carbonXml, axis2, datasources, loadBalancerConf } = node.facts;
  const use = (setting: string, host: string, source: Sourced<unknown>): HostUse => ({
    host,
    setting,
    node,
    place: placeOf(source),
  });
  const names = { HostName: carbonXml?.hostName, MgtHostName: carbonXml?.mgtHostName };
  const [members] = axis2?.clustering?.memberLists ?? [];
  return [
    ...Object.entries(names).flatMap(([name, value]) => (value === undefined ? [] : [use(name, value.value, value)])),
    ...(members?.members ?? []).map((member) => use('members', member.value.hostName, member)),
    ...datasources.flatMap(({ settings }) => {
      const url = settings.get('url');
      const servers = url === undefined ? [] : (readJdbcUrl(url.value)?.servers ?? []);
      return servers.flatMap(({ host }) => (url === undefined ? [] : [use('datasources', host, url)]));
    }),
    ...servicesOf(loadBalancerConf?.nodes ?? [], domain)
      .flatMap((block) => hostsBelow(block))
      .flatMap(({ host, line }): HostUse[] => [
        { host, setting: 'loadbalancer.conf', node, place: { path: loadBalancerConf?.path ?? '', line } },
      ]),
  ];
}

/** A load balancer ships with services of other products, whose hosts are of no concern here. */
function servicesOf(blocks: readonly ConfNode[], domain: string | undefined): readonly ConfNode[] {
  const holds = ({ name, children }: ConfNode): boolean => name === domain || children.some(holds);
  return blocks.filter(({ name }) => name === 'services').flatMap(({ children }) => children.filter(holds));
}

function hostsBelow({ properties, children }: ConfNode): readonly { readonly host: string; readonly line: number }[] {
  const own = properties
    .filter(({ key }) => key === 'hosts')
    .flatMap(({ value, line }) => value.split(',').map((host) => ({ host: host.trim(), line })));
  return [...own, ...children.flatMap(hostsBelow)];
}

function findingOf(uses: readonly [HostUse, ...HostUse[]]): Finding {
  const inFile = uses.filter(({ node }) => node !== undefined);
  const nodes = [...new Set(inFile.flatMap(({ node }) => (node === undefined ? [] : [node])))];
  return {
    severity: 'warning',
    nodes,
    place: inFile[0]?.place,
    what: `${uses[0].host} is not in the hosts of the cluster file; it stands in ${settingsText(uses)}`,
    fix: 'add it to hosts in the cluster file with its address, or silence this rule if DNS knows the name on every machine',
  };
}

/** `HostName of manager and worker1, node elb of the cluster file`. */
function settingsText(uses: readonly HostUse[]): string {
  const bySetting = groupBy(uses, ({ setting, node }) => JSON.stringify([setting, node === undefined]));
  const texts = [...bySetting.values()].map((group) => {
    const nodes = group.flatMap(({ node }) => (node === undefined ? [] : [node]));
    return `${group[0].setting} of ${nodes.length === 0 ? 'the cluster file' : nameNodes(nodes)}`;
  });
  return listWords(texts, 'more settings');
}
