import { databaseKinds, withDatabase } from '../database/kinds';
import type { CentralDatabase } from './topology';

/** The JDBC URL of one database of the cluster. A given URL without a database name is taken as it is. */
export function databaseUrl({ kind, urls }: CentralDatabase, database: string): string {
  if (urls.from === 'host') return databaseKinds[kind].url({ host: urls.host, port: urls.port, database });
  return withDatabase(databaseKinds[kind], urls.url, database) ?? urls.url;
}
