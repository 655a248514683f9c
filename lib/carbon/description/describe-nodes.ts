import type { ClusterDescription } from '../../cluster/cluster-file/cluster-description';
import { isHost } from '../../cluster/host-form';
import { hostNamesOf, servletPorts, type DescribedFrontEnd } from './describe-front-end';
import { mayBeSecret } from './may-be-secret';
import { isAddress, listedMembers, memberNames, type UnknownMember } from './member-names';
import { clusteringParameter, plainNumber, type NamedHome } from './named-home';
import { plainValue } from './plain-value';
import { orUndefined, withoutUndefined } from './without-undefined';

/** One node of a description. */
export type DescribedNode = ClusterDescription['nodes'][number];

/** The nodes of a cluster, the addresses of their names, and what a person should know of them. */
export interface DescribedNodes {
  readonly nodes: readonly DescribedNode[];
  readonly hosts: Readonly<Record<string, string>>;
  /** Whole sentences. */
  readonly remarks: readonly string[];
}

/** What each home says of its node; everything that it says is stated, also what would be derived. */
export function describeNodes(homes: readonly NamedHome[], frontEnd: DescribedFrontEnd): DescribedNodes {
  const names = memberNames(homes, frontEnd.loadBalancer.groupManagementPort ?? defaultGroupManagementPort);
  const machines = machinesOf(homes, names.hosts);
  return {
    nodes: homes.map((home, index) => {
      const { host } = machines.of[index] as Machine;
      return describeNode(homes, home, frontEnd, { host, memberHost: names.hosts.get(home.name) });
    }),
    hosts: machines.hosts,
    remarks: [...machines.remarks, ...names.unknown.map(unknownRemark)],
  };
}

function unknownRemark({ member, candidates }: UnknownMember): string {
  return candidates.length === 0
    ? `${member} is listed as a member, but none of these homes is it; give its home too, or see that it is right.`
    : `${member} is listed as a member and may be ${candidates.join(' or ')}; put its name into hosts and into host of that node.`;
}

const defaultGroupManagementPort = 5000;

function describeNode(
  homes: readonly NamedHome[],
  home: NamedHome,
  frontEnd: DescribedFrontEnd,
  { host, memberHost }: { readonly host: string; readonly memberHost: string | undefined },
): DescribedNode {
  const { facts, name, role, roleFacts } = home;
  const local = clusteringParameter(home, 'localMemberHost');
  const subDomain = facts.axis2?.clustering?.properties.get('subDomain')?.value;
  const properties = memberProperties(home, homes, frontEnd);
  const members = listedMembers(home);
  const { hostName, mgtHostName } = hostNamesOf(home);
  return withoutUndefined({
    name,
    role,
    host,
    home: home.home,
    offset: plainNumber(facts.carbonXml?.offset?.value),
    localMemberHost: local === undefined || !isHost(local) ? undefined : local,
    localMemberPort: plainNumber(clusteringParameter(home, 'localMemberPort')),
    memberHost,
    members:
      frontEnd.membershipScheme === 'multicast' ? undefined : members?.map((one) => `${one.hostName}:${one.port}`),
    subDomain: roleFacts.isLoadBalancer ? undefined : subDomain || undefined,
    properties: orUndefined(properties),
    hostName: roleFacts.isLoadBalancer ? undefined : hostName,
    mgtHostName: roleFacts.servesConsole ? mgtHostName : undefined,
  });
}

interface Machine {
  readonly host: string;
}

interface Machines {
  readonly of: readonly Machine[];
  readonly hosts: Readonly<Record<string, string>>;
  readonly remarks: readonly string[];
}

/**
 * The machine of each home, by the address that it advertises, under the name by which others list it. Of homes that say
 * only that they are here, those that would use the same ports are on machines of their own.
 */
function machinesOf(homes: readonly NamedHome[], memberHosts: ReadonlyMap<string, string>): Machines {
  const hosts: Record<string, string> = {};
  const apart: string[] = [];
  const unknown: string[] = [];
  const taken = new Set<string>();
  const of = homes.map((home): Machine => {
    const address = clusteringParameter(home, 'localMemberHost');
    const listed = memberHosts.get(home.name);
    if (address === undefined || !isHost(address)) {
      unknown.push(home.name);
      return { host: listed ?? home.name };
    }
    const ports = [`offset ${offsetOf(home)}`, `member ${clusteringParameter(home, 'localMemberPort')}`];
    const keys = ports.map((port) => JSON.stringify([address, port]));
    const clashes = keys.some((key) => taken.has(key));
    keys.forEach((key) => taken.add(key));
    if (clashes && isEveryMachine(address)) {
      apart.push(home.name);
      return { host: home.name };
    }
    const isNamed = listed !== undefined && !isAddress(listed) && isAddress(address);
    if (!isNamed || (hosts[listed] ?? address) !== address) return { host: address };
    hosts[listed] = address;
    return { host: listed };
  });
  const remarks = [
    ...unknown.map((name) => `${name}: has no localMemberHost; put the address of its machine into host.`),
    ...apart.map(
      (name) =>
        `${name}: says only that it is on its own machine, with the ports of another node; put the address of its machine into host, and into localMemberHost where that stands.`,
    ),
  ];
  return { of, hosts, remarks };
}

function offsetOf({ facts }: NamedHome): number {
  return plainNumber(facts.carbonXml?.offset?.value) ?? 0;
}

function isEveryMachine(address: string): boolean {
  return /^(?:localhost|127\..*|::1|0\.0\.0\.0|::)$/i.test(address);
}

/** Properties that every home ships with, and those that have keys of their own. */
const usualProperties: readonly string[] = ['backendServerURL', 'mgtConsoleURL', 'subDomain'];

/** Member properties that neither ship with the products nor follow from the ports of the load balancer; none that may be a secret. */
function memberProperties(
  { facts, roleFacts }: NamedHome,
  homes: readonly NamedHome[],
  { loadBalancer }: DescribedFrontEnd,
): Readonly<Record<string, string | number | boolean>> {
  const offset = plainNumber(facts.carbonXml?.offset?.value) ?? 0;
  const isForwarded = roleFacts.servesConsole && homes.some((home) => home.roleFacts.isLoadBalancer);
  const derived: Readonly<Record<string, string>> = isForwarded
    ? {
        [`port.mapping.${loadBalancer.httpPort ?? 80}`]: String(servletPorts.http + offset),
        [`port.mapping.${loadBalancer.httpsPort ?? 443}`]: String(servletPorts.https + offset),
      }
    : {};
  const entries = [...(facts.axis2?.clustering?.properties ?? [])]
    .filter(([name]) => !usualProperties.includes(name) && !mayBeSecret(name))
    .map(([name, { value }]) => [name, value] as const)
    .filter(([name, value]) => derived[name] !== value)
    .map(([name, value]) => [name, plainValue(value)] as const);
  return Object.fromEntries(entries);
}
