import { databaseKindOfUrl, databaseKinds, type DatabaseKindName } from '../../database/kinds';
import type {
  CentralDatabase,
  DatabaseLayout,
  DatabasePurpose,
  DatabaseUrls,
  DatabaseUser,
  SharedRegistry,
} from '../topology';
import { settle, stated, type Resolution } from './resolution';
import type { ClusterFile } from './schema';
import { urlProblems } from '../url-problems';
import { lookUpSecret, type SecretSources } from './secrets';

type DatabaseValues = ClusterFile['database'];

/** The environment variable that holds the password where the cluster file says nothing, and that wins over what it says. */
export const passwordVariable = 'CARBON_PATCH_DB_PASSWORD';

/** The central database of a cluster file. */
export function resolveDatabase(
  resolution: Resolution,
  values: DatabaseValues,
  secrets: SecretSources,
): CentralDatabase {
  const kind = resolveKind(resolution, values);
  const layout = settle<DatabaseLayout>(resolution, at('layout'), values.layout, {
    value: 'shared',
    because: 'default',
  });
  return {
    layout,
    kind,
    urls: resolveUrls(resolution, values, kind, layout),
    username: stated(resolution, 'database.username', values.username),
    password: resolvePassword(resolution, values, secrets),
    users: resolveUsers(resolution, values, secrets),
    pool: Object.fromEntries(Object.entries(values.pool ?? {}).map(([name, value]) => [name, String(value)])),
    maxConnections: values.maxConnections,
  };
}

/** The names of the shared databases, and how the registry is mounted. */
export function resolveRegistry(
  resolution: Resolution,
  { database: { names = {} }, registry = {} }: ClusterFile,
): SharedRegistry {
  const name = (key: 'registry' | 'users' | 'single', value: string): string =>
    settle(resolution, { at: ['database', 'names', key], name: `database.names.${key}` }, names[key], {
      value,
      because: 'default',
    });
  return {
    database: name('registry', 'REGISTRY_DB'),
    userDatabase: name('users', 'WSO2_USER_DB'),
    singleDatabase: name('single', 'carbondb'),
    apiManagerDatabase: names.apiManager,
    instanceId: registry.instanceId,
    configTargetPath: registry.configTargetPath,
    governanceTargetPath: registry.governanceTargetPath,
    overwrite:
      registry.overwrite === undefined ? undefined : (String(registry.overwrite) as 'true' | 'false' | 'virtual'),
  };
}

function at(key: string): { readonly at: readonly string[]; readonly name: string } {
  return { at: ['database', key], name: `database.${key}` };
}

function resolveKind(resolution: Resolution, { kind, url }: DatabaseValues): DatabaseKindName {
  const ofUrl = url === undefined ? undefined : databaseKindOfUrl(url);
  if (url !== undefined && ofUrl === undefined) {
    const prefixes = Object.values(databaseKinds).map(({ urlPrefix }) => urlPrefix);
    resolution.problems.push({
      at: ['database', 'url'],
      problem: `database.url must begin with one of ${prefixes.join(' ')}`,
    });
  } else if (kind !== undefined && ofUrl !== undefined && kind !== ofUrl) {
    const problem = `database.kind is ${kind}, but database.url is one of ${databaseKinds[ofUrl].label}; make the two agree`;
    resolution.problems.push({ at: ['database', 'kind'], problem });
  }
  const because = ofUrl === undefined ? 'default' : 'derived from database.url';
  return settle(resolution, at('kind'), kind, { value: ofUrl ?? 'mysql', because });
}

function resolveUrls(
  resolution: Resolution,
  { host, port, url }: DatabaseValues,
  kind: DatabaseKindName,
  layout: CentralDatabase['layout'],
): DatabaseUrls {
  if (url !== undefined) {
    const clash = host !== undefined ? 'host' : port !== undefined ? 'port' : undefined;
    if (clash !== undefined)
      resolution.problems.push({
        at: ['database', clash],
        problem: `database.${clash} is given beside database.url; give either url, or host and port`,
      });
    for (const problem of urlProblems(url, layout))
      resolution.problems.push({ at: ['database', 'url'], problem: `database.url ${problem}` });
    settle(resolution, at('url'), url, { value: url, because: '' });
    return { from: 'url', url };
  }
  if (host === undefined)
    resolution.problems.push({
      at: ['database'],
      problem: 'database.host is missing; name the database server, or give database.url',
    });
  const usual = databaseKinds[kind].defaultPort;
  const because = `default of ${databaseKinds[kind].label}`;
  if (host !== undefined) settle(resolution, at('host'), host, { value: host, because: '' });
  return { from: 'host', host: host ?? '', port: settle(resolution, at('port'), port, { value: usual, because }) };
}

function resolvePassword(resolution: Resolution, { password }: DatabaseValues, secrets: SecretSources): string {
  // The environment wins over the file, as for every other value.
  const isSet = (secrets.env[passwordVariable] ?? '') !== '';
  if (password === undefined && !isSet) {
    const problem = `database.password is missing; give { env: NAME } or { file: PATH } there, or set the environment variable ${passwordVariable}`;
    if (secrets.need === 'required') resolution.problems.push({ at: ['database'], problem });
    return '';
  }
  const reference = isSet || password === undefined ? { env: passwordVariable } : password;
  return lookUpSecret(resolution, { at: ['database', 'password'], name: 'database.password' }, reference, secrets);
}

function resolveUsers(
  resolution: Resolution,
  { users = {} }: DatabaseValues,
  secrets: SecretSources,
): Readonly<Partial<Record<DatabasePurpose, DatabaseUser>>> {
  const entries = Object.entries(users).flatMap(([purpose, user]): readonly (readonly [string, DatabaseUser])[] => {
    if (user === undefined) return [];
    const place = { at: ['database', 'users', purpose, 'password'], name: `database.users.${purpose}.password` };
    return [[purpose, { username: user.username, password: lookUpSecret(resolution, place, user.password, secrets) }]];
  });
  return Object.fromEntries(entries);
}
