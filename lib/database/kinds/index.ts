import type { DatabaseKind } from '../database-kind';
import { db2 } from './db2';
import { derby } from './derby';
import { h2 } from './h2';
import { jtds } from './jtds';
import { mariadb } from './mariadb';
import { mssql } from './mssql';
import { mysql } from './mysql';
import { oracle } from './oracle';
import { postgresql } from './postgresql';

/** Every database product the recipes know. Register a new one by adding it here. */
export const databaseKinds = { mysql, mariadb, postgresql, oracle, mssql, jtds, db2, h2, derby } satisfies Record<
  string,
  DatabaseKind
>;

/** The name of a database product, as in `--db-type mysql`. */
export type DatabaseKindName = keyof typeof databaseKinds;

/** All names, in the order of the registry. */
export const databaseKindNames = Object.keys(databaseKinds) as readonly DatabaseKindName[];

/** The product that a JDBC URL belongs to, by its prefix, or `undefined` where it is none of these. */
export function databaseKindOfUrl(url: string): DatabaseKindName | undefined {
  return databaseKindNames.find((name) => url.startsWith(databaseKinds[name].urlPrefix));
}

/**
 * A JDBC URL with another database name: `{database}` is filled in where it stands, else the name in the URL is replaced.
 * `undefined` where the URL has neither.
 */
export function withDatabase(kind: DatabaseKind, url: string, database: string): string | undefined {
  if (url.includes('{database}')) return url.replaceAll('{database}', () => database);
  if (!kind.databaseInUrl.test(url)) return undefined;
  return url.replace(kind.databaseInUrl, (_match, before: string) => before + database);
}
