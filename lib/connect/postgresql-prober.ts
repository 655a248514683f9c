import type { Client } from 'pg';
import type { ProbeFailure } from '../database/database-probe';
import type { DatabaseProber, ProbeSession } from './prober';

/** PostgreSQL. */
export const postgresqlProber: DatabaseProber = {
  open: async ({ host, port, database, username, password, schema }, { tls, timeout }) => {
    const { Client } = await import('pg');
    const client = new Client({
      host,
      port,
      database,
      user: username,
      // A function, as the driver takes an empty password for a reason to look for one in the environment and in files.
      password: () => password,
      connectionTimeoutMillis: timeout,
      // Who the server is, is for the node to check; here it is only looked whether it wants TLS.
      ssl: tls ? { rejectUnauthorized: false } : false,
      application_name: 'carbon-patch',
      options: ['-c default_transaction_read_only=on', ...(schema === undefined ? [] : [searchPath(schema)])].join(' '),
    });
    // What goes wrong later makes a query fail too; without a listener it would end the process.
    client.on('error', () => undefined);
    await client.connect();
    return sessionOf(client);
  },
  failureOf: ({ code, message }) => {
    if (message === 'The server does not support SSL connections') return 'noTls';
    if (/^Connection terminated/.test(message)) return /timeout/.test(message) ? 'timeout' : 'notADatabase';
    if (message === 'timeout expired') return 'timeout';
    return failures[code];
  },
};

/** By SQLSTATE ("PostgreSQL Error Codes"). */
const failures: Readonly<Record<string, ProbeFailure>> = {
  '28P01': 'wrongPassword',
  // No line of pg_hba.conf, or none that lets this user in without TLS.
  '28000': 'hostDenied',
  '3D000': 'noDatabase',
  '42501': 'databaseDenied',
  '53300': 'busy',
  '57P01': 'busy',
  '57P02': 'busy',
  '57P03': 'busy',
};

/** In the options of a connection, white space and backslashes are escaped by a backslash. */
function searchPath(schema: string): string {
  return `-c search_path=${schema.replace(/[\s\\]/g, (character) => `\\${character}`)}`;
}

function sessionOf(client: Client): ProbeSession {
  const select = async (sql: string): Promise<readonly Row[]> =>
    (await client.query<string[]>({ text: sql, rowMode: 'array' })).rows;
  return {
    describe: async () => {
      const [[version = '', isolation = ''] = []] = await select(
        "SELECT current_setting('server_version'), current_setting('default_transaction_isolation')",
      );
      const [[encoding = '', collation = ''] = []] = await select(
        'SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()',
      );
      const tables = await select(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'f') AND pg_table_is_visible(oid) AND relnamespace <> 'pg_catalog'::regnamespace",
      );
      return {
        product: `PostgreSQL ${/^[\d.]*\d/.exec(version)?.[0] ?? ''}`.trim(),
        tables: new Set(tables.map(([name = '']) => name.toUpperCase())),
        encoding,
        collation,
        isolation: isolation.toUpperCase().replaceAll(' ', '-'),
      };
    },
    // Ends the socket at once, also while a query waits.
    close: () => void client.end().catch(() => undefined),
  };
}

type Row = readonly string[];
