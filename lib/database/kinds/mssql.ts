import { queryForms, type DatabaseKind } from '../database-kind';
import { mssqlDialect } from '../dialects/mssql';

/** Microsoft SQL Server with Microsoft's driver. */
export const mssql: DatabaseKind = {
  label: 'Microsoft SQL Server',
  urlPrefix: 'jdbc:sqlserver:',
  defaultPort: 1433,
  driverClassName: 'com.microsoft.sqlserver.jdbc.SQLServerDriver',
  validationQuery: 'SELECT 1',
  refusedQueries: [queryForms.dual, queryForms.sysdummy1, queryForms.values],
  driverJar: /^(?:sqljdbc|mssql-jdbc).*\.jar$/,
  ignoresCaseOfDatabases: true,
  url: ({ host, port, database }) =>
    `jdbc:sqlserver://${host}:${port};databaseName=${database};SendStringParametersAsUnicode=false`,
  databaseInUrl: /^(.*?;database(?:Name)?=)[^;]*/i,
  sql: mssqlDialect,
};
