import { isEmbeddedUrl, type DatabaseKind } from './database-kind';
import { databaseKindOfUrl, databaseKinds, type DatabaseKindName } from './kinds';

/** What a JDBC URL says, as far as two URLs are told apart by it. */
export interface JdbcUrl {
  readonly kind: DatabaseKindName;
  /** In the order of the URL, the default port filled in; empty for an embedded database. */
  readonly servers: readonly DatabaseServer[];
  /** The database, service or path, as written; empty where the URL names none. */
  readonly database: string;
  /** In the order of the URL. */
  readonly options: readonly UrlOption[];
}

/** One server of a JDBC URL. */
export interface DatabaseServer {
  /** In small letters, without brackets. */
  readonly host: string;
  readonly port: string;
}

/** One option of a JDBC URL, as written. */
export interface UrlOption {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads a JDBC URL of a product that is known. `undefined` for any other, for one that holds a placeholder such as
 * `${db.url}`, and for forms that name their servers in a way of their own, such as the descriptors of Oracle.
 */
export function readJdbcUrl(url: string): JdbcUrl | undefined {
  const kind = databaseKindOfUrl(url);
  if (kind === undefined || /\$\{|\{\{/.test(url)) return undefined;
  const parts = isEmbeddedUrl(url) ? embeddedParts(url) : readers[kind](url);
  if (parts === undefined) return undefined;
  const servers = parts.authority === undefined ? [] : serversOf(parts.authority, databaseKinds[kind]);
  return servers && { kind, servers, database: parts.database, options: parts.options };
}

/** A JDBC URL as it may be shown: without its options, and without a user and a password that stand in it. */
export function shownUrl(url: string): string {
  const bare = withoutCredentials(url.trim());
  const options = readers.mssql(bare)?.database;
  const [shown = ''] = bare.split(/[?;]/);
  const end = shown.startsWith(databaseKinds.db2.urlPrefix) ? shown.replace(/(\/\/[^/]*\/[^:]*):.*$/, '$1') : shown;
  return shown.startsWith(databaseKinds.mssql.urlPrefix) && options ? `${end};databaseName=${options}` : end;
}

/** The options that only H2 knows and that a URL holds, such as the ones of the URL that homes ship with. */
export function h2OptionsIn(url: string): readonly string[] {
  const found = [...url.matchAll(/[;?&](DB_CLOSE_ON_EXIT|DB_CLOSE_DELAY|LOCK_TIMEOUT|AUTO_SERVER|MVCC|MODE)=/gi)];
  return [...new Set(found.map(([, name = '']) => name))];
}

interface UrlParts {
  /** `host:port`, or several of them; `undefined` for an embedded database. */
  readonly authority: string | undefined;
  readonly database: string;
  readonly options: readonly UrlOption[];
}

const readers: Readonly<Record<DatabaseKindName, (url: string) => UrlParts | undefined>> = {
  mysql: withQuery,
  mariadb: withQuery,
  postgresql: withQuery,
  oracle: (url) => {
    const [, authority, database, query] =
      /^jdbc:oracle:\w+:[^@]*@(?:tcps?:)?(?:\/\/)?((?:\[[^\]]*\]|[^:/?([\]]+)(?::\d+)?)[:/]([^/?]+)[^?]*(?:\?(.*))?$/.exec(
        url,
      ) ?? [];
    return authority === undefined
      ? undefined
      : { authority, database: database ?? '', options: optionsOf(query, '&') };
  },
  mssql: (url) => {
    const [, authority = '', rest] = /^jdbc:sqlserver:\/\/([^;]*)(?:;(.*))?$/.exec(url) ?? [];
    return namedInOptions(authority, '', optionsOf(rest, ';'));
  },
  jtds: (url) => {
    const [, authority = '', database = '', rest] =
      /^jdbc:jtds:sqlserver:\/\/([^/;]*)(?:\/([^;]*))?(?:;(.*))?$/.exec(url) ?? [];
    return namedInOptions(authority, database, optionsOf(rest, ';'));
  },
  db2: (url) => {
    const [, authority, database = '', rest] = /^jdbc:db2:\/\/([^/]*)\/([^:]*)(?::(.*))?$/.exec(url) ?? [];
    return authority === undefined ? undefined : { authority, database, options: optionsOf(rest, ';') };
  },
  h2: serverWithPath,
  derby: serverWithPath,
};

/** `jdbc:x://host:port/database?name=value&…`, also with a way of balancing between the hosts behind the product. */
function withQuery(url: string): UrlParts | undefined {
  const [, authority, database = '', query] =
    /^jdbc:[a-z]+:(?:[a-z]+:)?\/\/([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/.exec(withoutCredentials(url)) ?? [];
  return authority === undefined || authority.includes('(')
    ? undefined
    : { authority, database, options: optionsOf(query, '&') };
}

/** `jdbc:h2:tcp://host:port/path;NAME=value;…` */
function serverWithPath(url: string): UrlParts | undefined {
  const [, authority, database = '', rest] =
    /^jdbc:[a-z0-9]+:(?:[a-z]+:)?\/\/([^/;]*)\/([^;]*)(?:;(.*))?$/.exec(url) ?? [];
  return authority === undefined ? undefined : { authority, database, options: optionsOf(rest, ';') };
}

function embeddedParts(url: string): UrlParts {
  const [, database = '', rest] = /^\s*jdbc:[a-z0-9]+:([^;]*)(?:;(.*))?$/.exec(url) ?? [];
  return { authority: undefined, database, options: optionsOf(rest, ';') };
}

/** SQL Server takes the server and the database from options where they are not before them. */
function namedInOptions(authority: string, database: string, options: readonly UrlOption[]): UrlParts | undefined {
  const option = (name: RegExp): string | undefined => options.find((one) => name.test(one.name))?.value;
  const server = authority === '' ? option(/^server(?:Name)?$/i) : authority;
  if (server === undefined) return undefined;
  return {
    authority: server,
    database: database === '' ? (option(/^database(?:Name)?$/i) ?? '') : database,
    options: options.filter(({ name }) => !/^(?:database|server)(?:Name)?$/i.test(name)),
  };
}

function optionsOf(text: string | undefined, separator: string): readonly UrlOption[] {
  return (text ?? '')
    .split(separator)
    .filter((option) => option.trim() !== '')
    .map((option) => {
      const [name = '', ...value] = option.split('=');
      return { name: name.trim(), value: value.join('=') };
    });
}

/** `undefined` where a server is not `host`, `host:port` or `[address]:port`. */
function serversOf(authority: string, { defaultPort }: DatabaseKind): readonly DatabaseServer[] | undefined {
  const servers = authority.split(',').map((server) => {
    const [, host, port] = /^\s*(\[[^\]]*\]|[^:[\]\s]*)(?::(\d+))?\s*$/.exec(server) ?? [];
    if (host === undefined) return undefined;
    const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
    return { host: name === '' ? 'localhost' : name, port: port ?? String(defaultPort) };
  });
  return servers.every((server) => server !== undefined) ? servers : undefined;
}

/** What stands before `@`; a URL that cannot be taken apart for sure is cut there. */
function withoutCredentials(url: string): string {
  const oracle = url.replace(/^(jdbc:oracle:\w+:)[^@]*@/, '$1@');
  const [whole, before = '', authority = ''] = /^(jdbc:[^/]*\/\/)([^/]*)/.exec(oracle) ?? [];
  const at = authority.lastIndexOf('@');
  if (whole === undefined || at < 0) return oracle;
  // In `//host?user=a@b` what stands before `@` are no credentials, but nobody can tell for sure.
  return /[?;]/.test(authority.slice(0, at)) ? before : before + authority.slice(at + 1) + oracle.slice(whole.length);
}
