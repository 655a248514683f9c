import { settingOf, type DatasourceFacts } from '../carbon/facts/datasource-facts';
import { registryTables, userTables } from '../carbon/kernel-tables';
import { isEmbeddedUrl } from '../database/database-kind';
import { tlsWishOf, type ProbeTarget } from '../database/database-probe';
import { readJdbcUrl, shownUrl, type JdbcUrl } from '../database/jdbc-url';
import type { CheckedCluster, CheckedNode, DatabaseInUse, ExpectedTables } from './checked-cluster';
import { groupBy } from './group-by';
import { isLoopback, resolvedHost } from './member-addresses';
import { productOfNode } from './product-of-node';
import {
  localRegistryOf,
  mountedRegistryOf,
  otherDatabasesOf,
  userDatabaseOf,
  type UsedDatabase,
} from './used-databases';

/**
 * The databases of all datasources that the files of the nodes look up, each once for every way in which it is opened.
 * `isHere` tells whether a machine is the one on which this runs, as `localhost` in a URL means the machine of the node.
 */
export function databasesInUse(
  cluster: CheckedCluster,
  isHere: (address: string) => boolean,
): readonly DatabaseInUse[] {
  const uses = cluster.nodes.flatMap((node) => usesOf(node).flatMap((use) => waysInto(cluster, use, isHere)));
  return [...groupBy(uses, ({ key }) => key).values()].map((group) => {
    const [first] = group;
    return {
      nodes: [...new Set(group.map(({ node }) => node))],
      datasources: [...new Set(group.map(({ name }) => name))],
      place: first.place,
      shown: first.shown,
      server: first.server,
      expected: distinctTables(group.flatMap(({ expected }) => expected)),
      opening: first.opening,
    };
  });
}

interface Use {
  readonly node: CheckedNode;
  readonly database: UsedDatabase;
  readonly expected: readonly ExpectedTables[];
}

interface Way extends Pick<DatabaseInUse, 'place' | 'shown' | 'server' | 'opening' | 'expected'> {
  readonly node: CheckedNode;
  readonly name: string;
  /** The same for two uses that come to the same connection. Holds a password; never shown. */
  readonly key: string;
}

function usesOf(node: CheckedNode): readonly Use[] {
  const { facts } = node;
  const registry: ExpectedTables = { what: 'the registry', prefix: 'REG_*', tables: registryTables };
  const users: ExpectedTables = { what: 'users', prefix: 'UM_*', tables: userTables };
  const mounted = (facts.registry?.mounts ?? []).map(({ value }) =>
    value.mountPath === undefined ? undefined : mountedRegistryOf(facts, value.mountPath),
  );
  const found: readonly (readonly [UsedDatabase | undefined, readonly ExpectedTables[]])[] = [
    [localRegistryOf(facts), [registry]],
    ...mounted.map((database) => [database, [registry]] as const),
    [userDatabaseOf(facts), [users]],
    ...otherDatabasesOf(facts).map((database) => [database, ownTables(node, database)] as const),
  ];
  return found.flatMap(([database, expected]) => (database === undefined ? [] : [{ node, database, expected }]));
}

function ownTables(node: CheckedNode, { use }: UsedDatabase): readonly ExpectedTables[] {
  const { ownTables: own, label } = productOfNode(node);
  return own
    .filter(({ file }) => use.path.endsWith(`/${file}`))
    .map(({ tables }) => ({ what: label, prefix: prefixesOf(tables), tables }));
}

function prefixesOf(tables: readonly string[]): string {
  return [...new Set(tables.map((name) => `${name.slice(0, name.indexOf('_'))}_*`))].join(' and ');
}

function distinctTables(expected: readonly ExpectedTables[]): readonly ExpectedTables[] {
  return expected.filter(({ what }, index) => expected.findIndex((one) => one.what === what) === index);
}

/** One for each server of the URL; a JNDI name that is not defined is for R30 to tell. */
function waysInto(
  cluster: CheckedCluster,
  { node, database, expected }: Use,
  isHere: (address: string) => boolean,
): readonly Way[] {
  const { datasource, use, url } = database;
  if (datasource === undefined && url === undefined) return [];
  const name = datasource === undefined ? 'a connection of registry.xml' : datasource.jndiName.value;
  const way = (rest: Pick<Way, 'shown' | 'server' | 'opening' | 'key'>): Way => ({
    node,
    name,
    expected,
    place: url ?? use,
    ...rest,
  });
  const closed = (because: string): readonly Way[] => {
    const shown = url === undefined ? name : shownUrl(url.value);
    return [way({ shown, server: '', opening: { because }, key: JSON.stringify([shown, because]) })];
  };
  const read = url && readJdbcUrl(url.value);
  if (url === undefined) return closed('its URL is empty, or comes from the secure vault');
  if (isEmbeddedUrl(url.value)) return closed('it is embedded in the node');
  if (read === undefined || /\s/.test(url.value)) return closed('its URL cannot be taken apart');
  const login = datasource && loginOf(datasource);
  if (login === undefined) return closed('its user and password stand in registry.xml');
  if ('because' in login) return closed(login.because);
  return read.servers.map(({ host, port }) => {
    const target = targetOf(read, login, host, Number(port));
    const shown = `${shownUrl(url.value)} as ${login.username}`;
    const server = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const { machine } = node;
    const isElsewhere = isLoopback(host) && machine !== undefined && !isLoopback(machine);
    const opening =
      isElsewhere && !isHere(resolvedHost(machine, cluster))
        ? { because: `${host} is there the machine of ${node.name}, ${machine}; run this on it` }
        : { target };
    return way({ shown, server, opening, key: JSON.stringify([target, isElsewhere ? machine : '']) });
  });
}

type Login = Pick<ProbeTarget, 'username' | 'password'>;

function loginOf(datasource: DatasourceFacts): Login | { readonly because: string } {
  const aliased = ['username', 'password'].filter((name) => datasource.aliased.includes(name));
  if (aliased.length > 0) return { because: `its ${aliased.join(' and ')} is in the secure vault` };
  const [username = '', password = ''] = ['username', 'password'].map((name) => settingOf(datasource, name)?.value);
  if (/\$\{|\{\{/.test(`${username} ${password}`)) return { because: 'its user or password is filled in at the start' };
  return username === '' ? { because: 'it names no user' } : { username, password };
}

function targetOf({ kind, database, options }: JdbcUrl, login: Login, host: string, port: number): ProbeTarget {
  const schema = options.findLast(({ name }) => /^currentSchema$/i.test(name))?.value;
  return { kind, host, port, database, ...login, tls: tlsWishOf(options), schema };
}
