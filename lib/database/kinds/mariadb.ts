import { databaseAfterHost, queryForms, type DatabaseKind } from '../database-kind';
import { mariadbDialect } from '../dialects/mysql';

/** MariaDB with its own driver. */
export const mariadb: DatabaseKind = {
  label: 'MariaDB',
  urlPrefix: 'jdbc:mariadb:',
  defaultPort: 3306,
  driverClassName: 'org.mariadb.jdbc.Driver',
  validationQuery: 'SELECT 1',
  refusedQueries: [queryForms.sysdummy1, queryForms.values],
  driverJar: /^mariadb-java-client-.*\.jar$/,
  sameServersAs: 'mysql',
  url: ({ host, port, database }) => `jdbc:mariadb://${host}:${port}/${database}`,
  databaseInUrl: databaseAfterHost,
  sql: mariadbDialect,
};
