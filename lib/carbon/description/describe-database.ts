import type { ClusterDescription } from '../../cluster/cluster-file/cluster-description';
import { urlProblems } from '../../cluster/url-problems';
import type { DatabaseLayout, DatabasePurpose } from '../../cluster/topology';
import type { DatabaseKind } from '../../database/database-kind';
import { readJdbcUrl } from '../../database/jdbc-url';
import { databaseKindOfUrl, databaseKinds, type DatabaseKindName } from '../../database/kinds';
import { describeCredentials, type SecretKeeper } from './describe-credentials';
import { describeLocalNames } from './describe-local-names';
import { describedDatasources, layoutOf, type DescribedDatasource } from './described-databases';
import { majority, unanimous } from './majority';
import { mayBeSecret } from './may-be-secret';
import { appHomes, type NamedHome } from './named-home';
import { plainValue } from './plain-value';
import { orUndefined, withoutUndefined } from './without-undefined';

type DatabaseValues = ClusterDescription['database'];

/** The central database of homes, and the local registries of their nodes. */
export interface DescribedDatabase {
  /** Without a username where no home has a database on a server. */
  readonly values: Partial<DatabaseValues>;
  /** `localRegistryDatabase` by the name of a node. */
  readonly localRegistries: ReadonlyMap<string, string | false>;
  /** Whole sentences. */
  readonly remarks: readonly string[];
}

/** What most of the homes say of their databases; passwords go to the keeper. */
export function describeDatabase(homes: readonly NamedHome[], keeper: SecretKeeper): DescribedDatabase {
  const apps = appHomes(homes);
  const layout = layoutOf(apps) ?? 'shared';
  const datasources = describedDatasources(apps, layout);
  const template = majority([...datasources.filter(isShared), ...datasources].map((one) => one.template));
  const server = template === undefined ? undefined : describeServer(template, layout);
  const onServer = datasources.filter((one) => one.template === template);
  const credentials = describeCredentials(onServer, keeper);
  const local = describeLocalNames(apps, layout, onServer);
  const names = sharedNames(onServer, datasources);
  const set = datasources.filter(({ purpose, home }) =>
    purpose === 'apiManager'
      ? names.apiManager !== undefined
      : purpose !== 'local' || local.databases.get(home.name) !== false,
  );
  const pool = describePool(set);
  return {
    values: withoutUndefined({
      layout,
      kind: server?.kind,
      ...server?.values,
      ...credentials,
      names: orUndefined(withoutUndefined({ ...names, local: local.pattern })),
      pool: orUndefined(pool),
    }),
    localRegistries: local.databases,
    remarks: server?.remarks ?? [],
  };
}

function isShared({ purpose }: DescribedDatasource): boolean {
  return purpose !== 'local' && purpose !== 'apiManager';
}

interface DescribedServer {
  readonly kind: DatabaseKindName | undefined;
  readonly values: Pick<DatabaseValues, 'host' | 'port' | 'url'>;
  readonly remarks: readonly string[];
}

/** Host and port where the usual URL of the product comes out of them, else the URL, unless it holds what must not be written. */
function describeServer(template: string, layout: DatabaseLayout): DescribedServer {
  const kind = databaseKindOfUrl(template);
  const read = readJdbcUrl(template.replaceAll('{database}', sample));
  const [server, another] = read?.servers ?? [];
  const address =
    server === undefined || another !== undefined
      ? undefined
      : { host: asWritten(server.host, template), port: Number(server.port) };
  const usual =
    kind === undefined || address === undefined
      ? undefined
      : databaseKinds[kind].url({ ...address, host: bracketed(address.host), database: '{database}' });
  if (address !== undefined && usual === template) return { kind, values: address, remarks: [] };
  const problems = [
    ...urlProblems(template, layout),
    ...(holdsCredentials(
      template,
      read?.options.map(({ name }) => name),
    )
      ? ['holds a user or a password']
      : []),
  ];
  if (problems.length === 0) return { kind: undefined, values: { url: template }, remarks: [] };
  const remark = `The JDBC URL of these homes ${problems.join(', and it ')}; the cluster file has ${address === undefined ? 'a server to be filled in' : 'the usual URL of its server'} instead.`;
  return { kind, values: address ?? {}, remarks: [remark] };
}

/** A name in place of the database, so that the URL can be read. */
const sample = 'carbon';

/** A host in the letters of the URL it was read from. */
function asWritten(host: string, url: string): string {
  const at = url.toLowerCase().indexOf(host);
  return at < 0 ? host : url.slice(at, at + host.length);
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function holdsCredentials(template: string, options: readonly string[] = []): boolean {
  return (
    options.some((name) => mayBeSecret(name)) ||
    /\/\/[^/?;]*@|:[^/:@]+\/[^/@]+@/.test(template) ||
    /pass(?:word|wd)?=/i.test(template)
  );
}

/** The database of API Manager stays where it is unless it is named, so it is named only where all homes have the same. */
function sharedNames(
  onServer: readonly DescribedDatasource[],
  all: readonly DescribedDatasource[],
): NonNullable<DatabaseValues['names']> {
  const name = (purpose: DatabasePurpose): string | undefined =>
    majority(onServer.filter((one) => one.purpose === purpose).map((one) => one.database));
  const apiManagerUrl = unanimous(all.filter(({ purpose }) => purpose === 'apiManager').map(({ url }) => url));
  return withoutUndefined({
    registry: name('registry'),
    users: name('users'),
    single: name('single'),
    apiManager: apiManagerUrl === undefined ? undefined : name('apiManager'),
  });
}

/** What a datasource has where the cluster says nothing. */
const usualPool: Readonly<Record<string, string>> = {
  maxActive: '50',
  maxWait: '60000',
  testOnBorrow: 'true',
  validationInterval: '30000',
  // Shipped since Carbon 4.3.
  defaultAutoCommit: 'false',
};

/** Settings that every datasource of the cluster has alike, and otherwise than it would get them. */
function describePool(
  datasources: readonly DescribedDatasource[],
): Readonly<Record<string, string | number | boolean>> {
  const [first] = datasources;
  if (first === undefined) return {};
  const usual = usualSettings(databaseKindOfUrl(first.url));
  const names = [...first.facts.settings.keys()].filter(
    (name) => !['url', 'username', 'password'].includes(name) && !mayBeSecret(name) && name !== 'connectionProperties',
  );
  const entries = names.flatMap((name): readonly (readonly [string, string | number | boolean])[] => {
    const value = unanimous(
      datasources.map(({ facts }) => (facts.aliased.includes(name) ? undefined : facts.settings.get(name)?.value)),
    );
    return value === undefined || usual[name]?.includes(value) ? [] : [[name, plainValue(value)]];
  });
  return Object.fromEntries(entries);
}

function usualSettings(kindName: DatabaseKindName | undefined): Readonly<Record<string, readonly string[]>> {
  const pool = Object.fromEntries(Object.entries(usualPool).map(([name, value]) => [name, [value]]));
  if (kindName === undefined) return pool;
  const { validationQuery, driverClassName, otherDriverClassNames = [] }: DatabaseKind = databaseKinds[kindName];
  return { ...pool, validationQuery: [validationQuery], driverClassName: [driverClassName, ...otherDriverClassNames] };
}
