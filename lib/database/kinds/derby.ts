import { queryForms, type DatabaseKind } from '../database-kind';

/** Apache Derby network server: a network URL needs the client driver, and Derby has no `SELECT 1`. */
export const derby: DatabaseKind = {
  label: 'Apache Derby',
  urlPrefix: 'jdbc:derby:',
  defaultPort: 1527,
  driverClassName: 'org.apache.derby.jdbc.ClientDriver',
  validationQuery: 'VALUES 1',
  refusedQueries: [queryForms.withoutTable, queryForms.dual],
  // Of the parts of Derby only these hold a driver: the client that of a server, the other that of an embedded database.
  driverJar: /^derby(?:client)?(?:[-.]\d.*)?\.jar$/,
  schemaFollowsUser: true,
  url: ({ host, port, database }) => `jdbc:derby://${host}:${port}/${database};create=true`,
  databaseInUrl: /^(jdbc:derby:\/\/[^/]*\/(?:[^;]*\/)?)[^/;]*/,
};
