import { databaseAfterHost, queryForms, type DatabaseKind } from '../database-kind';
import { mysqlDialect } from '../dialects/mysql';

/** MySQL; the URL options of the later cluster pages. */
export const mysql: DatabaseKind = {
  label: 'MySQL',
  urlPrefix: 'jdbc:mysql:',
  defaultPort: 3306,
  driverClassName: 'com.mysql.jdbc.Driver',
  // Connector/J 8 renamed the class; the old name still works there, the new one does not work before.
  otherDriverClassNames: ['com.mysql.cj.jdbc.Driver'],
  validationQuery: 'SELECT 1',
  refusedQueries: [queryForms.sysdummy1, queryForms.values],
  driverJar: /^mysql-connector-(?:java|j)-.*\.jar$/,
  url: ({ host, port, database }) => `jdbc:mysql://${host}:${port}/${database}?autoReconnect=true`,
  databaseInUrl: databaseAfterHost,
  sql: mysqlDialect,
};
