import type { DatabaseKind } from '../database-kind';

/** Oracle with the thin driver; the database is the service name. */
export const oracle: DatabaseKind = {
  label: 'Oracle',
  urlPrefix: 'jdbc:oracle:',
  defaultPort: 1521,
  driverClassName: 'oracle.jdbc.driver.OracleDriver',
  validationQuery: 'SELECT 1 FROM DUAL',
  driverJar: /^ojdbc.*\.jar$/,
  url: ({ host, port, database }) => `jdbc:oracle:thin:@${host}:${port}/${database}`,
  databaseInUrl: /^(jdbc:oracle:thin:@(?:\/\/)?[^:/]+:\d+[:/]).+$/,
};
