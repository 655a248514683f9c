import { CarbonPatchError } from '../errors';
import { databaseKindNames, databaseKindOfUrl, databaseKinds, type DatabaseKindName } from '../database/kinds';
import { isHost } from './host-form';
import { roleOf, type RoleName } from './roles';
import type { CentralDatabase, ClusterNode, ClusterTopology, DatabaseUrls, Member } from './topology';
import { urlProblems } from './url-problems';

/** What a caller wants otherwise than the cluster says; everything may be left out. */
export interface TopologyOverrides {
  readonly domain?: string;
  /** `localMemberHost` of the node. */
  readonly host?: string;
  readonly localMemberPort?: number;
  readonly offset?: number;
  readonly hostName?: string;
  readonly mgtHostName?: string;
  /** `host:port`; they take the place of all members that follow from the cluster. */
  readonly members?: readonly string[];
  readonly databaseKind?: string;
  readonly databaseUrl?: string;
  readonly databaseHost?: string;
  readonly databasePort?: number;
  readonly databaseUser?: string;
  readonly databasePassword?: string;
  readonly databaseLayout?: string;
}

/** A cluster and the one of its nodes that a home is to become. */
export interface NodeChoice {
  readonly topology: ClusterTopology;
  readonly node: ClusterNode;
}

/** The first node of a role, with the overrides made. Throws TOPOLOGY_INVALID with every problem, not the first. */
export function chooseNode(topology: ClusterTopology, role: RoleName, overrides: TopologyOverrides = {}): NodeChoice {
  const chosen = topology.nodes.find((node) => node.role === role);
  if (chosen === undefined) {
    throw new CarbonPatchError('TOPOLOGY_INVALID', { problems: [`the cluster has no node of role ${role}`] });
  }
  return overrideNodeOf(topology, chosen.name, overrides);
}

/** The node of a name, with the overrides made in it and in the cluster. Throws as `chooseNode` does. */
export function overrideNodeOf(topology: ClusterTopology, name: string, overrides: TopologyOverrides): NodeChoice {
  const problems: string[] = [];
  const chosen = topology.nodes.find((node) => node.name === name);
  if (chosen === undefined) {
    throw new CarbonPatchError('TOPOLOGY_INVALID', { problems: [`the cluster has no node ${name}`] });
  }
  const node = overrideNode(chosen, overrides, problems);
  const changed = overrideShared(topology, overrides, problems);
  const isFront = roleOf(node.role).isLoadBalancer;
  if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
  const [first, ...others] = topology.nodes;
  return {
    topology: {
      ...changed,
      loadBalancerDomain: (isFront ? overrides.domain : undefined) ?? topology.loadBalancerDomain,
      nodes: [first === chosen ? node : first, ...others.map((other) => (other === chosen ? node : other))],
    },
    node,
  };
}

/** The names of the overrides that are about one node, as `TopologyOverrides` has them. */
export const nodeOverrides = ['host', 'localMemberPort', 'offset', 'members'] as const;

/** The cluster with the overrides made that are not about one node. Throws as `chooseNode` does. */
export function overrideCluster(topology: ClusterTopology, overrides: TopologyOverrides): ClusterTopology {
  const problems: string[] = [];
  const changed = overrideShared(topology, overrides, problems);
  if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
  return changed;
}

function overrideShared(topology: ClusterTopology, overrides: TopologyOverrides, problems: string[]): ClusterTopology {
  return {
    ...topology,
    domain: text('domain', overrides.domain, problems) ?? topology.domain,
    frontEnd: {
      ...topology.frontEnd,
      hostName: host('host-name', overrides.hostName, problems) ?? topology.frontEnd.hostName,
      mgtHostName: host('mgt-host-name', overrides.mgtHostName, problems) ?? topology.frontEnd.mgtHostName,
    },
    database: overrideDatabase(topology.database, overrides, problems),
  };
}

function overrideNode(node: ClusterNode, overrides: TopologyOverrides, problems: string[]): ClusterNode {
  const members = overrides.members?.map((member) => parseMember(member, problems));
  return {
    ...node,
    localMemberHost: host('host', overrides.host, problems) ?? node.localMemberHost,
    localMemberPort: whole('local-member-port', overrides.localMemberPort, 1, 65535, problems) ?? node.localMemberPort,
    offset: whole('port-offset', overrides.offset, 0, highestOffset, problems) ?? node.offset,
    members: members?.filter((member) => member !== undefined) ?? node.members,
  };
}

/** The highest default port that the offset moves is 11111 (JMX); it must stay a port. */
const highestOffset = 65535 - 11111;

function overrideDatabase(
  database: CentralDatabase,
  overrides: TopologyOverrides,
  problems: string[],
): CentralDatabase {
  const url = text('db-url', overrides.databaseUrl, problems);
  const kind = chooseKind(database.kind, overrides.databaseKind, url, problems);
  const layout = oneOf('db-layout', overrides.databaseLayout, ['single', 'shared'], problems) ?? database.layout;
  const port = whole('db-port', overrides.databasePort, 1, 65535, problems);
  const server = host('db-host', overrides.databaseHost, problems);
  if (url !== undefined && (server !== undefined || port !== undefined)) {
    problems.push('db-url: give either db-url, or db-host and db-port');
  }
  if (url !== undefined) problems.push(...urlProblems(url, layout).map((problem) => `db-url: ${problem}`));
  return {
    ...database,
    layout,
    kind,
    urls: url === undefined ? hostUrls(database, kind, server, port) : { from: 'url', url },
    username: text('db-user', overrides.databaseUser, problems) ?? database.username,
    password: overrides.databasePassword ?? database.password,
  };
}

/** A port that was meant for another product is not kept. */
function hostUrls(database: CentralDatabase, kind: DatabaseKindName, server?: string, port?: number): DatabaseUrls {
  const { urls } = database;
  if (urls.from === 'url' && server === undefined && port === undefined && kind === database.kind) return urls;
  const inherited = urls.from === 'host' ? urls : { host: 'localhost', port: databaseKinds[database.kind].defaultPort };
  const inheritedPort = kind === database.kind ? inherited.port : databaseKinds[kind].defaultPort;
  return { from: 'host', host: server ?? inherited.host, port: port ?? inheritedPort };
}

function chooseKind(
  current: DatabaseKindName,
  named: string | undefined,
  url: string | undefined,
  problems: string[],
): DatabaseKindName {
  const kind = oneOf('db-type', named, databaseKindNames, problems);
  const ofUrl = url === undefined ? undefined : databaseKindOfUrl(url);
  if (url !== undefined && ofUrl === undefined) {
    problems.push(
      `db-url: must begin with one of ${databaseKindNames.map((name) => databaseKinds[name].urlPrefix).join(' ')}`,
    );
  } else if (kind !== undefined && ofUrl !== undefined && kind !== ofUrl) {
    problems.push(`db-url: is a URL of ${databaseKinds[ofUrl].label}, but db-type is ${kind}`);
  }
  return kind ?? ofUrl ?? current;
}

function text(name: string, value: string | undefined, problems: string[]): string | undefined {
  if (value !== undefined && value.trim() !== value) problems.push(`${name}: must not begin or end with white space`);
  if (value?.trim() === '') problems.push(`${name}: must not be empty`);
  return value;
}

function host(name: string, value: string | undefined, problems: string[]): string | undefined {
  if (value !== undefined && !isHost(value))
    problems.push(`${name}: ${JSON.stringify(value)} is not a host name or address`);
  return value;
}

function whole(
  name: string,
  value: number | undefined,
  least: number,
  most: number,
  problems: string[],
): number | undefined {
  if (value !== undefined && !(Number.isInteger(value) && least <= value && value <= most)) {
    problems.push(`${name}: must be a whole number from ${least} to ${most}`);
  }
  return value;
}

function oneOf<Name extends string>(
  name: string,
  value: string | undefined,
  names: readonly Name[],
  problems: string[],
): Name | undefined {
  const found = names.find((one) => one === value);
  if (value !== undefined && found === undefined) problems.push(`${name}: must be one of ${names.join(', ')}`);
  return found;
}

function parseMember(member: string, problems: string[]): Member | undefined {
  const [, hostName = '', digits = ''] = /^(.*):(\d+)$/.exec(member) ?? [];
  const port = Number(digits);
  if (isHost(hostName) && port >= 1 && port <= 65535) return { hostName, port };
  problems.push(`member: ${JSON.stringify(member)} is not host:port`);
  return undefined;
}
