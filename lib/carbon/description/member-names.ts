import { roleOf } from '../../cluster/roles';
import { majority } from './majority';
import { clusteringParameter, plainNumber, type NamedHome } from './named-home';

/** A member as a home lists it. */
export interface ListedMember {
  readonly hostName: string;
  readonly port: number;
}

/** The hosts by which the others list the nodes, and what they list that is none of the homes. */
export interface MemberNames {
  /** By the name of the node; a node that nobody lists has none. */
  readonly hosts: ReadonlyMap<string, string>;
  /** `host:port` of members that none of the homes is. */
  readonly unknown: readonly string[];
}

/** The members that a home lists; `undefined` where it has no list, or one whose ports are no numbers. */
export function listedMembers({ facts }: NamedHome): readonly ListedMember[] | undefined {
  const [list] = facts.axis2?.clustering?.memberLists ?? [];
  if (list === undefined) return undefined;
  const members = list.members.map(({ value }) => ({ hostName: value.hostName, port: plainNumber(value.port) ?? 0 }));
  return members.every(({ hostName, port }) => hostName !== '' && port > 0) ? members : undefined;
}

/**
 * Finds out which node is meant by each member that the homes list: the one that advertises this host, else the only one
 * that can have this name, by its port and by whom a node of the lister's role lists.
 */
export function memberNames(homes: readonly NamedHome[], groupManagementPort: number): MemberNames {
  const listings = homes.flatMap((lister) => (listedMembers(lister) ?? []).map((member) => ({ lister, member })));
  const portsOf = memberPorts(groupManagementPort);
  const found = new Map<string, string[]>();
  const note = (node: NamedHome, host: string): void =>
    void found.set(node.name, [...(found.get(node.name) ?? []), host]);
  const open: Listing[] = [];
  for (const { lister, member } of listings) {
    const ofPort = homes.filter((home) => portsOf(home).includes(member.port));
    const advertised = ofPort.find((home) => clusteringParameter(home, 'localMemberHost') === member.hostName);
    if (advertised !== undefined) note(advertised, member.hostName);
    else open.push({ lister, member, candidates: isAddress(member.hostName) ? [] : ofPort });
  }
  for (const [host, node] of namesOf(open)) note(node, host);
  const known = new Set([...found].flatMap(([name, hosts]) => hosts.map((host) => JSON.stringify([name, host]))));
  const unknown = open.filter(
    ({ member, candidates }) => !candidates.some(({ name }) => known.has(JSON.stringify([name, member.hostName]))),
  );
  return {
    hosts: new Map([...found].flatMap(([name, hosts]) => [[name, majority(hosts) ?? '']])),
    unknown: [...new Set(unknown.map(({ member }) => `${member.hostName}:${member.port}`))],
  };
}

/** True for an IPv4 or IPv6 address, which the `hosts` of a cluster file can lead to. */
export function isAddress(host: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/.test(host);
}

interface Listing {
  readonly lister: NamedHome;
  readonly member: ListedMember;
  readonly candidates: readonly NamedHome[];
}

/** A load balancer of the Hazelcast era takes members in at another port than its own. */
function memberPorts(groupManagementPort: number): (home: NamedHome) => readonly (number | undefined)[] {
  return (home) => [
    plainNumber(clusteringParameter(home, 'localMemberPort')),
    ...(home.roleFacts.isLoadBalancer && home.agent === 'hazelcast' ? [groupManagementPort] : []),
  ];
}

/** One name at a time finds its node, so that what is left for the others becomes clear. */
function namesOf(listings: readonly Listing[]): ReadonlyMap<string, NamedHome> {
  const names = [...new Set(listings.map(({ member }) => member.hostName))];
  const found = new Map<string, NamedHome>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const name of names.filter((one) => !found.has(one))) {
      const [only, another] = possibleNodes(
        listings.filter(({ member }) => member.hostName === name),
        [...found.values()],
      );
      if (only !== undefined && another === undefined) found.set(name, only);
    }
  }
  return found;
}

/** The nodes that all who list a name can mean by it; of several those that have no name yet. */
function possibleNodes(listings: readonly Listing[], named: readonly NamedHome[]): readonly NamedHome[] {
  const [first = [], ...others] = listings.map(({ lister, candidates }) => expected(lister, candidates));
  const common = first.filter((node) => others.every((nodes) => nodes.includes(node)));
  const nameless = common.filter((node) => !named.includes(node));
  return nameless.length > 0 ? nameless : common;
}

/** A node lists well-known members; a load balancer lists managers, and a manager load balancers where there are any. */
function expected(lister: NamedHome, candidates: readonly NamedHome[]): readonly NamedHome[] {
  const known = candidates.filter(({ role }) => roleOf(role).isWellKnownMember);
  const usual =
    lister.roleFacts.isLoadBalancer || lister.roleFacts.isWellKnownMember
      ? known.filter(({ roleFacts }) => roleFacts.isLoadBalancer !== lister.roleFacts.isLoadBalancer)
      : known;
  return [usual, known, candidates].find((nodes) => nodes.length > 0) ?? [];
}
