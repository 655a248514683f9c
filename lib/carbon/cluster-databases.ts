import { databaseUrl } from '../cluster/database-url';
import { roleOf } from '../cluster/roles';
import type { CentralDatabase, ClusterNode, ClusterTopology, DatabasePurpose } from '../cluster/topology';
import { isEmbeddedUrl } from '../database/database-kind';
import { readJdbcUrl } from '../database/jdbc-url';
import { credentialsFor } from './credentials';
import type { HomeFacts } from './facts/home-facts';
import { homeSituation } from './home-situation';
import { products } from './products';

/** A node with what its home says; `undefined` where the home is not on this machine or cannot be read. */
export interface NodeWithFacts {
  readonly node: ClusterNode;
  readonly facts: HomeFacts | undefined;
}

/** One database of a cluster, as its JDBC URL names it. */
export interface ClusterDatabase {
  readonly name: string;
  readonly url: string;
  readonly purposes: readonly DatabasePurpose[];
  /** The names of the nodes that use it, in their order. */
  readonly nodes: readonly string[];
  /** Who opens it, without passwords. */
  readonly usernames: readonly string[];
  /** The folders of `dbscripts` whose scripts make its tables; an empty text for `dbscripts` itself. */
  readonly scriptFolders: readonly string[];
}

/**
 * Every database on the server that these nodes need: the shared registry, users, what their products share besides, and then
 * the local registries in the order of the nodes. A local registry that stays as the home has it is not
 * among them, nor what a load balancer would use.
 */
export function clusterDatabases(
  topology: ClusterTopology,
  nodes: readonly NodeWithFacts[],
): readonly ClusterDatabase[] {
  const uses = nodes.filter(({ node }) => !roleOf(node.role).isLoadBalancer).flatMap((one) => usesOf(topology, one));
  const sharedFirst = [
    ...uses.filter(({ purpose }) => purpose !== 'local'),
    ...uses.filter(({ purpose }) => purpose === 'local'),
  ];
  const urls = distinct(sharedFirst.map(({ url }) => url));
  return urls.map((url) => {
    const group = uses.filter((use) => use.url === url);
    const read = readJdbcUrl(url);
    return {
      name: read === undefined || read.database === '' ? (group[0]?.schema ?? '') : read.database,
      url,
      purposes: distinct(group.map(({ purpose }) => purpose)),
      nodes: distinct(group.map(({ node }) => node.name)),
      usernames: distinct(group.map(({ purpose }) => credentialsFor(topology.database, purpose).username)),
      scriptFolders: distinct(group.flatMap(({ scriptFolders }) => scriptFolders)),
    };
  });
}

interface DatabaseUse {
  readonly node: ClusterNode;
  readonly purpose: DatabasePurpose;
  /** As the cluster names it. */
  readonly schema: string;
  readonly url: string;
  readonly scriptFolders: readonly string[];
}

function usesOf(topology: ClusterTopology, { node, facts }: NodeWithFacts): readonly DatabaseUse[] {
  const { database, registry } = topology;
  const of = (purpose: DatabasePurpose, schema: string, scriptFolders: readonly string[]): DatabaseUse => ({
    node,
    purpose,
    schema,
    url: databaseUrl(database, schema),
    scriptFolders,
  });
  const names = facts && homeSituation(facts, topology).names;
  const own = (jndiName: string | undefined): readonly string[] => ['', ...ownFolders(topology, facts, jndiName)];
  if (database.layout === 'single') return [of('single', registry.singleDatabase, own(names?.local.jndiName))];
  const local = node.localRegistryDatabase;
  return [
    ...(local === undefined ? [] : [of('local', local, own(names?.local.jndiName))]),
    of('registry', registry.database, own(names?.registry.jndiName)),
    of('users', registry.userDatabase, own(names?.users.jndiName)),
    ...sharedOfProduct(topology, facts).map(({ purpose, schema, scriptFolders }) => of(purpose, schema, scriptFolders)),
  ];
}

/** The folders with scripts for tables that the product keeps behind a datasource. */
function ownFolders(
  topology: ClusterTopology,
  facts: HomeFacts | undefined,
  jndiName: string | undefined,
): readonly string[] {
  if (facts === undefined || jndiName === undefined) return [];
  const { product } = homeSituation(facts, topology);
  const looksUp = (file: string): boolean =>
    facts.otherDatasourceUses.some(({ path, value }) => path.endsWith(`/${file}`) && value === jndiName);
  return product.ownTables.filter(({ file }) => looksUp(file)).map(({ scripts }) => scripts);
}

/**
 * What products share besides registry and users. Of a home that is not seen, only what the cluster names; of one that is, what
 * it has, unless it lies on another server and the cluster leaves it there.
 */
function sharedOfProduct(
  topology: ClusterTopology,
  facts: HomeFacts | undefined,
): readonly Pick<DatabaseUse, 'purpose' | 'schema' | 'scriptFolders'>[] {
  const { database, registry } = topology;
  const candidates = facts === undefined ? products : [homeSituation(facts, topology).product];
  return candidates.flatMap(({ shared, ownTables }) =>
    shared.flatMap(({ purpose, jndiName, database: usual }) => {
      const stated = purpose === 'apiManager' ? registry.apiManagerDatabase : undefined;
      const schema = stated ?? usual;
      const isNeeded =
        facts === undefined ? stated !== undefined : isOnServer(facts, jndiName, database, schema, stated);
      return isNeeded ? [{ purpose, schema, scriptFolders: ownTables.map(({ scripts }) => scripts) }] : [];
    }),
  );
}

function isOnServer(
  { datasources }: HomeFacts,
  jndiName: string,
  database: CentralDatabase,
  schema: string,
  stated: string | undefined,
): boolean {
  const found = datasources.find((one) => one.jndiName.value === jndiName);
  if (found === undefined) return false;
  const url = found.settings.get('url')?.value ?? '';
  return stated !== undefined || isEmbeddedUrl(url) || url === databaseUrl(database, schema);
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)];
}
