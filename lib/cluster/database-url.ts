import { databaseKinds, withDatabase } from '../database/kinds';
import type { CentralDatabase } from './topology';

/**
 * The JDBC URL of one database of the cluster. Of a given URL only `{database}` is filled in in the single layout, which has
 * one database; the shared layout also replaces the name that stands in it. A URL without either is taken as it is.
 */
export function databaseUrl({ layout, kind, urls }: CentralDatabase, database: string): string {
  if (urls.from === 'host') return databaseKinds[kind].url({ ...urls, host: bracketed(urls.host), database });
  if (layout === 'single' && !urls.url.includes('{database}')) return urls.url;
  return withDatabase(databaseKinds[kind], urls.url, database) ?? urls.url;
}

/** An IPv6 address in a URL stands in brackets, or its last part would be taken for the port. */
function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
