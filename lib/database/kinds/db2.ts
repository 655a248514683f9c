import { queryForms, type DatabaseKind } from '../database-kind';

/** IBM DB2; it has no `SELECT 1` without a table. */
export const db2: DatabaseKind = {
  label: 'IBM DB2',
  urlPrefix: 'jdbc:db2:',
  defaultPort: 50000,
  driverClassName: 'com.ibm.db2.jcc.DB2Driver',
  validationQuery: 'SELECT 1 FROM sysibm.sysdummy1',
  refusedQueries: [queryForms.withoutTable],
  driverJar: /^db2jcc(?!_licen[cs]e)[^_]*\.jar$/,
  schemaFollowsUser: true,
  ignoresCaseOfDatabases: true,
  url: ({ host, port, database }) => `jdbc:db2://${host}:${port}/${database}`,
  databaseInUrl: /^(jdbc:db2:\/\/[^/]*\/)[^:/?;]*/,
};
