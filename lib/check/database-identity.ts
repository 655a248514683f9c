import { databaseKinds } from '../database/kinds';
import type { DatabaseKind } from '../database/database-kind';
import { readJdbcUrl, type JdbcUrl } from '../database/jdbc-url';
import type { CheckedCluster, CheckedNode } from './checked-cluster';
import { isLoopback, resolvedHost } from './member-addresses';

/** Who asks for a database, as that can decide which one it is. */
export interface DatabaseClient {
  readonly node: CheckedNode;
  readonly cluster: CheckedCluster;
  readonly username: string | undefined;
}

/**
 * A text that is the same for two JDBC URLs where they lead to the same tables: hosts by their address in the cluster file,
 * default ports filled in, options left out but for a schema, case ignored where the product ignores it; `localhost` is the
 * machine of the node. With products that give each user tables of its own the user counts.
 * `undefined` for an embedded database, a URL that cannot be taken apart or has a fault that R34 tells, and where the user
 * that counts is not known.
 */
export function databaseIdentity(url: string, client: DatabaseClient): string | undefined {
  const read = readJdbcUrl(url);
  if (read === undefined || read.servers.length === 0 || isFaulty(url, read)) return undefined;
  const kind: DatabaseKind = databaseKinds[read.kind];
  const schema = schemaOf(read, kind, client.username);
  if (schema === undefined) return undefined;
  const servers = read.servers.map(({ host, port }) => `${addressOf(host, client)}:${port}`).sort();
  const database = kind.ignoresCaseOfDatabases ? read.database.toLowerCase() : read.database;
  return [kind.sameServersAs ?? read.kind, servers.join(','), database, schema].join(' ');
}

/** The server of a JDBC URL, such as `db.example.org:3306`, told apart as `databaseIdentity` does; `undefined` where it does not know. */
export function serverIdentity(url: string, client: Omit<DatabaseClient, 'username'>): string | undefined {
  const read = readJdbcUrl(url);
  if (read === undefined || read.servers.length === 0) return undefined;
  return read.servers
    .map(({ host, port }) => `${addressOf(host, client)}:${port}`)
    .sort()
    .join(',');
}

/** White space, or options that are taken for the name of the database. */
function isFaulty(url: string, { database }: JdbcUrl): boolean {
  return /\s/.test(url) || /[=&]/.test(database);
}

function schemaOf({ options }: JdbcUrl, kind: DatabaseKind, username: string | undefined): string | undefined {
  const stated = options.find(({ name }) => /^currentSchema$/i.test(name))?.value;
  if (stated !== undefined) return stated.toLowerCase();
  return kind.schemaFollowsUser ? username?.toLowerCase() : '';
}

function addressOf(host: string, { node, cluster }: Omit<DatabaseClient, 'username'>): string {
  if (!isLoopback(host)) return resolvedHost(host, cluster);
  return node.machine === undefined || isLoopback(node.machine) ? 'localhost' : resolvedHost(node.machine, cluster);
}
