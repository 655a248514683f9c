import { databaseAfterHost, queryForms, type DatabaseKind } from '../database-kind';
import { postgresqlDialect } from '../dialects/postgresql';

/** PostgreSQL; the `SELECT 1; COMMIT` of the vendor pages is not needed. */
export const postgresql: DatabaseKind = {
  label: 'PostgreSQL',
  urlPrefix: 'jdbc:postgresql:',
  defaultPort: 5432,
  driverClassName: 'org.postgresql.Driver',
  validationQuery: 'SELECT 1',
  refusedQueries: [queryForms.dual, queryForms.sysdummy1, queryForms.values],
  driverJar: /^postgresql-.*\.jar$/,
  url: ({ host, port, database }) => `jdbc:postgresql://${host}:${port}/${database}`,
  databaseInUrl: databaseAfterHost,
  sql: postgresqlDialect,
};
