import { databaseAfterHost, queryForms, type DatabaseKind } from '../database-kind';
import { mssqlDialect } from '../dialects/mssql';

/** Microsoft SQL Server with the jTDS driver. */
export const jtds: DatabaseKind = {
  label: 'Microsoft SQL Server (jTDS)',
  urlPrefix: 'jdbc:jtds:sqlserver:',
  defaultPort: 1433,
  driverClassName: 'net.sourceforge.jtds.jdbc.Driver',
  validationQuery: 'SELECT 1',
  refusedQueries: [queryForms.dual, queryForms.sysdummy1, queryForms.values],
  driverJar: /^jtds-.*\.jar$/,
  sameServersAs: 'mssql',
  ignoresCaseOfDatabases: true,
  url: ({ host, port, database }) => `jdbc:jtds:sqlserver://${host}:${port}/${database}`,
  databaseInUrl: databaseAfterHost,
  sql: mssqlDialect,
};
