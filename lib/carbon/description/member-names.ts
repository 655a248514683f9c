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
  /** Members that no home was found for. */
  readonly unknown: readonly UnknownMember[];
}

/** A member that is listed, but nobody can tell which home it is. */
export interface UnknownMember {
  /** `host:port`. */
  readonly member: string;
  /** The names of the nodes that it may be; none where none of the homes is it. */
  readonly candidates: readonly string[];
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
  const hasBalancer = homes.some(({ roleFacts }) => roleFacts.isLoadBalancer);
  for (const { lister, member } of listings) {
    const ofPort = homes.filter((home) => portsOf(home).includes(member.port));
    const advertised = ofPort.find((home) => clusteringParameter(home, 'localMemberHost') === member.hostName);
    if (advertised !== undefined) note(advertised, member.hostName);
    else open.push({ lister, member, candidates: isAddress(member.hostName) ? [] : ofPort, hasBalancer });
  }
  for (const [node, host] of nodesOf(open)) note(node, host);
  const known = new Set([...found].flatMap(([name, hosts]) => hosts.map((host) => JSON.stringify([name, host]))));
  // A home that is not clustered yet lists what it shipped with.
  const unknown = open.filter(
    ({ lister, member, candidates }) =>
      lister.facts.axis2?.clustering?.enabled.value === true &&
      !candidates.some(({ name }) => known.has(JSON.stringify([name, member.hostName]))),
  );
  return {
    hosts: new Map([...found].flatMap(([name, hosts]) => [[name, majority(hosts) ?? '']])),
    unknown: distinct(
      unknown.map((listing) => ({
        member: textOf(listing.member),
        candidates: expected(listing)[1].map(({ name }) => name),
      })),
    ),
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
  /** True where any of the homes is a load balancer. */
  readonly hasBalancer: boolean;
}

/** One of each member, as whoever lists it first takes it. */
function distinct(members: readonly UnknownMember[]): readonly UnknownMember[] {
  return members.filter(({ member }, index) => members.findIndex((one) => one.member === member) === index);
}

/** A load balancer of the Hazelcast era takes members in at another port than its own. */
function memberPorts(groupManagementPort: number): (home: NamedHome) => readonly (number | undefined)[] {
  return (home) => [
    plainNumber(clusteringParameter(home, 'localMemberPort')),
    ...(home.roleFacts.isLoadBalancer && home.agent === 'hazelcast' ? [groupManagementPort] : []),
  ];
}

/** One member at a time finds its node, so that what is left for the others becomes clear. */
function nodesOf(listings: readonly Listing[]): readonly (readonly [node: NamedHome, hostName: string])[] {
  const members = distinctMembers(listings.map(({ member }) => member));
  const found = new Map<ListedMember, NamedHome>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const member of members.filter((one) => !found.has(one))) {
      const ofMember = listings.filter((listing) => textOf(listing.member) === textOf(member));
      const [only, another] = possibleNodes(ofMember, [...found.values()]);
      if (only !== undefined && another === undefined) found.set(member, only);
    }
  }
  return [...found].map(([{ hostName }, node]) => [node, hostName]);
}

function distinctMembers(members: readonly ListedMember[]): readonly ListedMember[] {
  return members.filter((one, index) => members.findIndex((other) => textOf(other) === textOf(one)) === index);
}

function textOf({ hostName, port }: ListedMember): string {
  return `${hostName}:${port}`;
}

/** The nodes that all who list a name can mean by it: those without a name yet, as far as they are usual. */
function possibleNodes(listings: readonly Listing[], named: readonly NamedHome[]): readonly NamedHome[] {
  const [usual = [], all = []] = [0, 1].map((level) => {
    const [first = [], ...others] = listings.map((listing) => expected(listing)[level] ?? []);
    return first.filter((node) => others.every((nodes) => nodes.includes(node)));
  });
  const nameless = [usual, all].map((nodes) => nodes.filter((node) => !named.includes(node)));
  return nameless.find((nodes) => nodes.length > 0) ?? usual;
}

/**
 * Whom a node lists: well-known members. A load balancer lists managers and a manager load balancers; without a load
 * balancer a worker can stand in for a second manager. The usual ones first, then all.
 */
function expected({
  lister: { roleFacts },
  candidates,
  hasBalancer,
}: Listing): readonly [usual: readonly NamedHome[], all: readonly NamedHome[]] {
  const known = candidates.filter((home) => home.roleFacts.isWellKnownMember);
  const others = known.filter((home) => home.roleFacts.isLoadBalancer !== roleFacts.isLoadBalancer);
  const isWorker = !roleFacts.isLoadBalancer && !roleFacts.isWellKnownMember;
  const usual = !isWorker && others.length > 0 ? others : known;
  return [usual, known.length > 0 && hasBalancer ? known : candidates];
}
