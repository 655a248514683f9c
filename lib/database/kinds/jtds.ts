import { databaseAfterHost, type DatabaseKind } from '../database-kind';

/** Microsoft SQL Server with the jTDS driver. */
export const jtds: DatabaseKind = {
  label: 'Microsoft SQL Server (jTDS)',
  urlPrefix: 'jdbc:jtds:sqlserver:',
  defaultPort: 1433,
  driverClassName: 'net.sourceforge.jtds.jdbc.Driver',
  validationQuery: 'SELECT 1',
  driverJar: /^jtds-.*\.jar$/,
  url: ({ host, port, database }) => `jdbc:jtds:sqlserver://${host}:${port}/${database}`,
  databaseInUrl: databaseAfterHost,
};
