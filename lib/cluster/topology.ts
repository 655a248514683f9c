import type { DatabaseKindName } from '../database/kinds';
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
  /** The name or address under which other nodes list this one. */
  readonly memberHost: string;
  /** The address this node advertises; Hazelcast wants an IP address. */
  readonly localMemberHost: string;
  /** Not moved by the port offset. */
  readonly localMemberPort: number;
  readonly portOffset: number;
  /** `members` of this node, or `undefined` where they follow from the other nodes (see `membersOf`). */
  readonly members: readonly Member[] | undefined;
  /** Schema of this node's own local registry; each node needs one of its own. Not used by a load balancer. */
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
}

/**
 * Where the nodes keep what they share. `single`: one database for everything, as the first guides had it.
 * `shared`: a local registry for each node, one registry and one user database for all.
 */
export type DatabaseLayout = 'single' | 'shared';

/** The central database. */
export interface CentralDatabase {
  readonly layout: DatabaseLayout;
  readonly kind: DatabaseKindName;
  /** The JDBC URL of a database of this name. */
  readonly urls: DatabaseUrls;
  readonly username: string;
  readonly password: string;
}

/** How the JDBC URLs of the databases are made: from a host and a port, or from a URL whose database name is replaced. */
export type DatabaseUrls =
  | { readonly from: 'host'; readonly host: string; readonly port: number }
  | { readonly from: 'url'; readonly url: string };

/** The names of the shared databases and of what mounts them. */
export interface SharedRegistry {
  readonly database: string;
  readonly userDatabase: string;
  /** The one database of the `single` layout. */
  readonly singleDatabase: string;
  readonly instanceId: string;
  readonly configTargetPath: string;
  readonly governanceTargetPath: string;
}

/** The desired cluster, after validation. */
export interface ClusterTopology {
  readonly domain: string;
  /** The group of the load balancers themselves; `undefined` keeps the one their file has. */
  readonly loadBalancerDomain: string | undefined;
  readonly membershipScheme: 'wka';
  readonly frontEnd: FrontEnd;
  readonly database: CentralDatabase;
  readonly registry: SharedRegistry;
  readonly nodes: readonly [ClusterNode, ...ClusterNode[]];
}
