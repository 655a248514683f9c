import { databaseUrl } from '../cluster/database-url';
import type { ClusterTopology, DatabasePurpose } from '../cluster/topology';
import { readJdbcUrl } from '../database/jdbc-url';
import type { SqlDatabase, SqlDialect, SqlRequest, SqlUser } from '../database/sql-dialect';
import type { TableScript } from '../database/sql-script';
import { clusterDatabases, type ClusterDatabase, type NodeWithFacts } from './cluster-databases';
import { credentialsFor } from './credentials';
import { tableScriptsOf, type FoundTableScript } from './table-scripts';

/** What of a cluster goes into a script. */
export interface ClusterSqlOptions {
  /** False where no password is to be in what is made. */
  readonly showSecrets: boolean;
  /** From where accounts of MySQL and MariaDB may connect: any host, or the addresses of these nodes. */
  readonly clientHosts: 'any' | 'nodes';
}

/** One database of the script, with everything about it. */
export interface ScriptedDatabase {
  readonly database: ClusterDatabase;
  readonly request: SqlDatabase;
  readonly tables: readonly FoundTableScript[];
}

/** The databases that nodes of a cluster need, as the dialect of their product takes them. */
export interface ClusterSql {
  readonly request: SqlRequest;
  readonly databases: readonly ScriptedDatabase[];
  readonly tables: readonly TableScript[];
}

/** What a script for these nodes is made of; table scripts are looked for in the homes of all. */
export function clusterSql(
  topology: ClusterTopology,
  nodes: readonly NodeWithFacts[],
  all: readonly NodeWithFacts[],
  dialect: SqlDialect,
  options: ClusterSqlOptions,
): ClusterSql {
  const databases = clusterDatabases(topology, nodes).map((database): ScriptedDatabase => ({
    database,
    request: { name: database.name, content: contentOf(database), users: usersOfDatabase(topology, database, options) },
    tables: tableScriptsOf(database, all, dialect),
  }));
  return {
    request: {
      server: serverOf(topology),
      databases: databases.map(({ request }) => request),
      clientHosts: options.clientHosts === 'any' ? ['%'] : addressesOf(topology, databases),
    },
    databases,
    tables: databases.flatMap(({ request, tables }) =>
      tables.map(({ path, remark }) => ({ database: request, path, remark })),
    ),
  };
}

const contents: Readonly<Record<Exclude<DatabasePurpose, 'local'>, string>> = {
  registry: 'the shared registry',
  users: 'users, roles and permissions',
  single: 'the registry, users, roles and permissions of all nodes',
  apiManager: 'the data of API Manager',
};

function contentOf({ purposes, nodes }: ClusterDatabase): string {
  return purposes
    .map((purpose) => (purpose === 'local' ? `the local registry of ${nodes.join(' and ')}` : contents[purpose]))
    .join(', and ');
}

/** The variable of the one user of all databases is the one that the program itself looks for. */
function usersOfDatabase(
  { database }: ClusterTopology,
  { purposes, usernames }: ClusterDatabase,
  { showSecrets }: ClusterSqlOptions,
): readonly SqlUser[] {
  const all = [database, ...Object.values(database.users)].map(({ username }) => username);
  const others = [...new Set(all)].filter((name) => name !== database.username);
  return purposes
    .map((purpose) => credentialsFor(database, purpose))
    .filter(({ username }, index, users) => users.findIndex((user) => user.username === username) === index)
    .filter(({ username }) => usernames.includes(username))
    .map(({ username, password }) => ({
      name: username,
      password: showSecrets ? password : undefined,
      variable: `CARBON_PATCH_DB_PASSWORD${username === database.username ? '' : `_${others.indexOf(username) + 2}`}`,
    }));
}

function serverOf({ database, registry }: ClusterTopology): SqlRequest['server'] {
  const read = readJdbcUrl(databaseUrl(database, registry.database));
  return read?.servers[0];
}

function addressesOf({ hosts, nodes }: ClusterTopology, databases: readonly ScriptedDatabase[]): readonly string[] {
  const names = new Set(databases.flatMap(({ database }) => database.nodes));
  return [...new Set(nodes.filter(({ name }) => names.has(name)).map(({ host }) => hosts[host] ?? host))];
}
