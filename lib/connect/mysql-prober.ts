import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { ProbeFailure } from '../database/database-probe';
import type { DatabaseProber, ProbeSession } from './prober';

/** MySQL and MariaDB. */
export const mysqlProber: DatabaseProber = {
  open: async ({ host, port, database, username, password }, { tls, timeout }) => {
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection({
      host,
      port,
      database,
      user: username,
      password,
      connectTimeout: timeout,
      // A server must not ask for files of this machine.
      flags: ['-LOCAL_FILES'],
      // Who the server is, is for the node to check; here it is only looked whether it wants TLS.
      ...(tls ? { ssl: { rejectUnauthorized: false } } : {}),
    });
    // What goes wrong later makes a query fail too; without a listener it would end the process.
    connection.on('error', () => undefined);
    return sessionOf(connection, database);
  },
  failureOf: ({ code, errno }) => {
    if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return 'noTls';
    if (code === 'PROTOCOL_CONNECTION_LOST' || code === 'PROTOCOL_PACKETS_OUT_OF_ORDER') return 'notADatabase';
    return errno === undefined ? undefined : failures[errno];
  },
};

/** By the error numbers of the server ("Server Error Message Reference" of MySQL, "MariaDB Error Code Reference"). */
const failures: Readonly<Record<number, ProbeFailure>> = {
  1040: 'busy',
  1044: 'databaseDenied',
  1045: 'wrongPassword',
  1049: 'noDatabase',
  1053: 'busy',
  1129: 'hostDenied',
  1130: 'hostDenied',
  1203: 'busy',
  1226: 'busy',
  1698: 'wrongPassword',
  3159: 'tlsDemanded',
  4151: 'wrongPassword',
};

function sessionOf(connection: Connection, database: string): ProbeSession {
  const select = async (sql: string, values: readonly string[] = []): Promise<readonly Row[]> =>
    (await connection.query<RowDataPacket[]>({ sql, rowsAsArray: true }, [...values])).at(
      0,
    ) as unknown as readonly Row[];
  return {
    describe: async () => {
      const [[version = '', comment = ''] = []] = await select('SELECT VERSION(), @@version_comment');
      // The variable has one name in some releases, and the other in others.
      const isolations = await select(
        "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')",
      );
      const [[encoding = '', collation = ''] = []] = await select(
        'SELECT default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name = ?',
        [database],
      );
      const tables = await select('SELECT table_name FROM information_schema.tables WHERE table_schema = ?', [
        database,
      ]);
      return {
        product:
          `${/mariadb/i.test(`${version} ${comment}`) ? 'MariaDB' : 'MySQL'} ${/^[\d.]*\d/.exec(version)?.[0] ?? ''}`.trim(),
        tables: new Set(tables.map(([name = '']) => name.toUpperCase())),
        encoding,
        collation,
        isolation: (isolations[0]?.[1] ?? '').toUpperCase().replaceAll(' ', '-'),
      };
    },
    close: () => connection.destroy(),
  };
}

type Row = readonly string[];
