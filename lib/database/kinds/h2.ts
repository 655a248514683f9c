import { queryForms, type DatabaseKind } from '../database-kind';

/** H2 in server mode; the embedded mode that homes ship with cannot be shared. */
export const h2: DatabaseKind = {
  label: 'H2',
  urlPrefix: 'jdbc:h2:',
  defaultPort: 9092,
  driverClassName: 'org.h2.Driver',
  validationQuery: 'SELECT 1',
  refusedQueries: [queryForms.sysdummy1],
  driverJar: /^h2.*\.jar$/,
  url: ({ host, port, database }) => `jdbc:h2:tcp://${host}:${port}/${database}`,
  // The folder of the database stays: later releases refuse a path without one.
  databaseInUrl: /^(jdbc:h2:(?:tcp|ssl):\/\/[^/]*\/(?:[^?;]*\/)?)[^/?;]*/,
};
