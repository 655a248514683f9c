import { queryForms, type DatabaseKind } from '../database-kind';
import { oracleDialect } from '../dialects/oracle';

/** Oracle with the thin driver; the database is the service name or the SID. */
export const oracle: DatabaseKind = {
  label: 'Oracle',
  urlPrefix: 'jdbc:oracle:',
  defaultPort: 1521,
  driverClassName: 'oracle.jdbc.driver.OracleDriver',
  otherDriverClassNames: ['oracle.jdbc.OracleDriver'],
  validationQuery: 'SELECT 1 FROM DUAL',
  refusedQueries: [queryForms.withoutTable, queryForms.sysdummy1, queryForms.values],
  driverJar: /^ojdbc.*\.jar$/,
  schemaFollowsUser: true,
  ignoresCaseOfDatabases: true,
  url: ({ host, port, database }) => `jdbc:oracle:thin:@${host}:${port}/${database}`,
  // `@host:port/service`, `@//host:port/service` and `@host:port:SID`; in a descriptor or behind an alias the name can be anywhere.
  databaseInUrl: /^(jdbc:oracle:thin:@(?:tcps?:)?(?:\/\/)?(?:\[[^\]]*\]|[^:/?([]+)(?::\d+[:/]|\/))[^:/?]+/,
  sql: oracleDialect,
};
