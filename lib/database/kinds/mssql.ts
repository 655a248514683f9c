import type { DatabaseKind } from '../database-kind';

/** Microsoft SQL Server with Microsoft's driver. */
export const mssql: DatabaseKind = {
  label: 'Microsoft SQL Server',
  urlPrefix: 'jdbc:sqlserver:',
  defaultPort: 1433,
  driverClassName: 'com.microsoft.sqlserver.jdbc.SQLServerDriver',
  validationQuery: 'SELECT 1',
  driverJar: /^(?:sqljdbc|mssql-jdbc).*\.jar$/,
  url: ({ host, port, database }) =>
    `jdbc:sqlserver://${host}:${port};databaseName=${database};SendStringParametersAsUnicode=false`,
  databaseInUrl: /^(.*?;database(?:Name)?=)[^;]*/i,
};
