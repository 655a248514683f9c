import type { DatabaseKindName } from '../database/kinds';
import type { PatchOperation } from '../patch/operations';
import type { RoleName } from './roles';

/** A well-known member as `<member>` names it. */
export interface Member {
  readonly hostName: string;
  readonly port: number;
}

/** One server of the cluster. */
export interface ClusterNode {
  readonly name: string;
  readonly role: RoleName;
  /** The machine it runs on, as the cluster names it: a host name or an address. Nodes of one machine have the same. */
  readonly host: string;
  /** The name or address under which other nodes list this one, or `undefined` where it follows from the era (see `membersOf`). */
  readonly memberHost: string | undefined;
  /** The address this node advertises; Hazelcast wants an IP address. */
  readonly localMemberHost: string;
  /** Not moved by the port offset. */
  readonly localMemberPort: number;
  readonly offset: number;
  /** The folder of the product on its machine, or `undefined` where nobody said. */
  readonly home: string | undefined;
  /** `members` of this node, or `undefined` where they follow from the other nodes (see `membersOf`). */
  readonly members: readonly Member[] | undefined;
  /** `subDomain` of this node, or `undefined` where its role says it. */
  readonly subDomain: string | undefined;
  /** Member properties beside `subDomain` and the port mappings, by name. */
  readonly properties: Readonly<Record<string, string>>;
  /** The virtual hosts of this node, where they are not those of the front end. */
  readonly hostName: string | undefined;
  readonly mgtHostName: string | undefined;
  /**
   * Database of this node's own local registry; each node needs one of its own. `undefined` leaves the local registry of
   * the home as it is. Not used by a load balancer.
   */
  readonly localRegistryDatabase: string | undefined;
}

/** What clients see: the host names and the listening ports of the load balancer. */
export interface FrontEnd {
  /** The virtual host of the cluster: `HostName` of managers and workers. */
  readonly hostName: string;
  /** The virtual host of the management console: `MgtHostName` of managers. */
  readonly mgtHostName: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** The port at which a load balancer of the Hazelcast era takes members in (`group_mgt_port`). */
  readonly groupManagementPort: number;
  /** True where the servlet transports are to know the ports of the load balancer: `proxyPort` of catalina-server.xml. */
  readonly proxyPorts: boolean;
  /** True where managers stand outside of the load balancer and are to know its ports: `WorkerHttpProxyPort` of carbon.xml. */
  readonly workerProxyPorts: boolean;
}

/**
 * Where the nodes keep what they share. `single`: one database for everything, as the first guides had it.
 * `shared`: a local registry for each node, one registry and one user database for all.
 */
export type DatabaseLayout = 'single' | 'shared';

/** Which database of the cluster is meant, where each has something of its own. */
export type DatabasePurpose = 'local' | 'registry' | 'users' | 'single' | 'apiManager';

/** A user of a database. */
export interface DatabaseUser {
  readonly username: string;
  readonly password: string;
}

/** The central database. */
export interface CentralDatabase extends DatabaseUser {
  readonly layout: DatabaseLayout;
  readonly kind: DatabaseKindName;
  /** The JDBC URL of a database of this name. */
  readonly urls: DatabaseUrls;
  /** Users of single databases, where they are not the one above. */
  readonly users: Readonly<Partial<Record<DatabasePurpose, DatabaseUser>>>;
  /** Pool settings by the names of the datasource file, such as `maxActive`; they are set in every datasource of the cluster. */
  readonly pool: Readonly<Record<string, string>>;
  /** How many connections the server allows (`max_connections`), or `undefined` where nobody said. */
  readonly maxConnections: number | undefined;
}

/** How the JDBC URLs of the databases are made: from a host and a port, or from a URL whose database name is replaced. */
export type DatabaseUrls =
  | { readonly from: 'host'; readonly host: string; readonly port: number }
  | { readonly from: 'url'; readonly url: string };

/** The names of the shared databases and of what mounts them; what is `undefined` follows from the product of a home. */
export interface SharedRegistry {
  readonly database: string;
  readonly userDatabase: string;
  /** The one database of the `single` layout. */
  readonly singleDatabase: string;
  /** The database of API Manager's own datasource; `undefined` points only an embedded one at a default name. */
  readonly apiManagerDatabase: string | undefined;
  readonly instanceId: string | undefined;
  readonly configTargetPath: string | undefined;
  readonly governanceTargetPath: string | undefined;
  /** `overwrite` of mounts that are added; one that is there keeps its own unless this is stated. */
  readonly overwrite: MountOverwrite | undefined;
}

/** `true` deletes what is in the way of a mount, `virtual` covers it, `false` mounts only where nothing is. */
export type MountOverwrite = 'true' | 'false' | 'virtual';

/** `DeploymentSynchronizer` of carbon.xml: who commits follows from the role. What is called svn here is meant for git, too. */
export interface DeploymentSynchronizer {
  readonly repositoryType: string;
  readonly svnUrl: string;
  readonly svnUser: string | undefined;
  readonly svnPassword: string | undefined;
  readonly svnUrlAppendTenantId: boolean;
}

/** Operations of the user's own on one XML file of the conf folder. */
export interface ConfPatch {
  /** Relative to the conf folder, with forward slashes. */
  readonly file: string;
  /** Names of the nodes it is for; all of them where it is `undefined`. */
  readonly nodes: readonly string[] | undefined;
  /** Prefixes for its XPaths. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly operations: readonly PatchOperation[];
}

/** A rule of the checker that is not to be reported, and why. */
export interface SilencedRule {
  /** Such as `R40`. */
  readonly rule: string;
  readonly reason: string;
  /** Names of the nodes it is silent for; all of them where it is `undefined`. */
  readonly nodes: readonly string[] | undefined;
}

/** The desired cluster, after validation. */
export interface ClusterTopology {
  readonly domain: string;
  /** The group of the load balancers themselves; `undefined` keeps the one their file has. */
  readonly loadBalancerDomain: string | undefined;
  readonly membershipScheme: MembershipScheme;
  readonly frontEnd: FrontEnd;
  /** Addresses by host name. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly database: CentralDatabase;
  readonly registry: SharedRegistry;
  /** `undefined` leaves carbon.xml's as it is. */
  readonly deploymentSynchronizer: DeploymentSynchronizer | undefined;
  readonly nodes: readonly [ClusterNode, ...ClusterNode[]];
  readonly patches: readonly ConfPatch[];
  readonly silencedRules: readonly SilencedRule[];
}

/** `wka`: members find each other by a list; `multicast`: by themselves, in one network. */
export type MembershipScheme = 'wka' | 'multicast';
