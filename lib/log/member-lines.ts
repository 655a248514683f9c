/** A member as a line names it. */
export interface NamedMember {
  /** A host name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** `undefined` where the line does not say it. */
  readonly domain?: string;
  /** `undefined` where the line does not say it; null where it says that there is none (`Sub-domain:null`). */
  readonly subDomain?: string | null;
}

/** What a line says about members. */
export type MemberEvent =
  | { readonly kind: 'joined' | 'left' | 'local'; readonly member: NamedMember }
  /** A list of all members begins, which replaces what was known. */
  | { readonly kind: 'list' }
  /** This member holds the lock of the coordinator, which the first one of a cluster gets. */
  | { readonly kind: 'elected' };

/**
 * What the message of an entry says about members; `undefined` where it is about something else. The messages are those of
 * axis2's `TribesClusteringAgent`, `TribesUtil` and `DefaultGroupManagementAgent`, and of Carbon's
 * `HazelcastClusteringAgent`, `WKABasedMembershipScheme` and `HazelcastGroupManagementAgent`.
 */
export function memberEventOf(message: string): MemberEvent | undefined {
  if (!/member/i.test(message)) return undefined;
  if (/^(?:No members in|Members of) current cluster/.test(message)) return { kind: 'list' };
  if (/^Elected this member \[/.test(message)) return { kind: 'elected' };
  for (const [kind, pattern] of patterns) {
    const member = memberIn(pattern.exec(message)?.groups?.['member'] ?? '');
    if (member !== undefined) return { kind, member };
  }
  return undefined;
}

/**
 * The list of members that Hazelcast itself logs where its logging type is log4j: a line `Members [2] {`, with one
 * `Member [address]:port` a line below it.
 */
export function hazelcastListEvent(line: string): MemberEvent | undefined {
  if (/^\s*Members \[\d+\] \{\s*$/.test(line)) return { kind: 'list' };
  const { host, port, own } = /^\s+Member \[(?<host>[^\]]+)\]:(?<port>\d+)(?<own>.* this)?/.exec(line)?.groups ?? {};
  if (host === undefined || own !== undefined) return undefined;
  return { kind: 'joined', member: { host, port: Number(port) } };
}

const patterns: readonly (readonly ['joined' | 'left' | 'local', RegExp])[] = [
  ['local', /^Local [Mm]ember (?<member>.*)$/],
  ['local', /^Local member: \[[^\]]*\] - (?<member>.*)$/],
  ['joined', /^Member\d+ (?<member>.*)$/],
  ['joined', /^New member (?<member>.*) joined cluster/],
  ['joined', /^Application member (?<member>.*) joined (?:group|application cluster)/],
  ['joined', /^Member joined \[[^\]]*\]: (?<member>.*)$/],
  ['left', /^Member left \[[^\]]*\]: (?<member>.*)$/],
  ['left', /^(?:Application member|Member|WKA member) (?<member>.*) left\b/],
];

function memberIn(text: string): NamedMember | undefined {
  const { groups } = describedMember.exec(text) ?? tribesMember.exec(text) ?? socketAddress.exec(text) ?? {};
  const { host, port, domain, subDomain } = groups ?? {};
  if (host === undefined || port === undefined) return undefined;
  return {
    host,
    port: Number(port),
    ...(domain === undefined || domain === 'null' ? {} : { domain }),
    ...(subDomain === undefined ? {} : { subDomain: noSubDomain.has(subDomain) ? null : subDomain }),
  };
}

/** `__$default` is what Carbon calls a member that advertises none. */
const noSubDomain: ReadonlySet<string> = new Set(['null', '__$default', '']);

/** `Member.toString` of axis2: `Host:192.0.2.1, Remote Host:null, Port: 4000, HTTP:8280, …`. */
const describedMember =
  /^Host:(?<host>[^,]+),(?: Remote Host:[^,]*,)? Port: ?(?<port>\d{1,5})(?:, HTTP: ?-?\d+, HTTPS: ?-?\d+)?(?:, Domain: ?(?<domain>[^,]*), Sub-domain: ?(?<subDomain>[^,]*))?/;

/** `TribesUtil.getName`: `192.0.2.1:4000(domain)`. */
const tribesMember = /^(?<host>[^\s:/]+):(?<port>\d{1,5})\((?<domain>[^)]*)\)/;

/** `InetSocketAddress.toString`: `/192.0.2.1:4000`, with the name before the slash where it is known. */
const socketAddress = /^[^\s/]*\/(?<host>\S+):(?<port>\d{1,5})\b/;
