import type { KnownLine } from './known-line';

/** Lines about databases, their drivers and the datasources in between. */
export const databaseLines = {
  'database-login-refused': {
    pattern:
      /Access denied for user |password authentication failed for user|ORA-01017|Login failed for user|Wrong user name or password/,
    severity: 'error',
    endsStart: true,
    meaning: 'the database server refuses this user or its password',
    advice:
      'correct username and password of the datasource; with MySQL look at the host part of the account too, which is the host of this server and not that of the database',
    source: 'messages of MySQL and MariaDB, PostgreSQL, Oracle, SQL Server and H2',
  },
  'database-missing': {
    pattern: /Unknown database '|FATAL: database "[^"]*" does not exist|Cannot open database |ORA-1251[45]|ORA-12505/,
    severity: 'error',
    endsStart: true,
    meaning: 'the database server has no database, schema or service of this name',
    advice: 'make it with the script of carbon-patch sql, or correct the URL of the datasource',
    source: 'messages of MySQL and MariaDB, PostgreSQL, SQL Server and Oracle',
  },
  'database-unreachable': {
    pattern:
      /Communications link failure|Connection to \S+ refused\. Check that|The TCP\/IP connection to the host |The Network Adapter could not establish|Could not connect to address=/,
    severity: 'error',
    endsStart: true,
    meaning: 'the database server cannot be reached',
    advice: 'see that it runs, that host and port of the URL are right, and that no firewall is in between',
    source: 'messages of the drivers of MySQL, PostgreSQL, SQL Server, Oracle and MariaDB',
  },
  'too-many-connections': {
    pattern: /Too many connections|too many clients already|ORA-00020/,
    severity: 'error',
    meaning: 'the database server has no connection left',
    advice: 'lower maxActive of the datasources, or allow the server more connections',
    source: 'messages of MySQL and MariaDB, PostgreSQL and Oracle',
  },
  'table-missing': {
    pattern:
      /Table '[^']*' doesn't exist|relation "[^"]*" does not exist|ORA-00942|Invalid object name '|Table "[^"]*" not found/,
    severity: 'error',
    endsStart: true,
    meaning: 'the database is there, but it has no tables',
    advice:
      'run the scripts that carbon-patch sql names, or start the manager once with -Dsetup, which makes the tables that are missing',
    source: 'messages of MySQL and MariaDB, PostgreSQL, Oracle, SQL Server and H2',
  },
  'key-too-long': {
    pattern: /Specified key was too long/,
    severity: 'error',
    meaning: 'the scripts make an index that is too long for the character set of the database',
    advice:
      'make the database anew with CHARACTER SET latin1, as carbon-patch sql prints it, or take the script for MySQL 5.7',
    source: 'MySQL error 1071; the page about MySQL on Windows',
  },
  'driver-missing': {
    pattern:
      /(?:ClassNotFoundException|NoClassDefFoundError|Unable to load class|Cannot load JDBC driver class)\W+(?:com[./]mysql|org[./]mariadb|org[./]postgresql|oracle[./]jdbc|com[./]microsoft[./]sqlserver|net[./]sourceforge[./]jtds|com[./]ibm[./]db2)|No suitable driver/,
    severity: 'error',
    endsStart: true,
    meaning: 'the JDBC driver is not where the server looks for it',
    advice:
      'run carbon-patch apply --jdbc-driver JAR; the folder is repository/components/lib, and lib in EI 6, and nothing below dropins',
    source: 'java.lang.ClassNotFoundException; tomcat-jdbc',
  },
  'jndi-name-unknown': {
    pattern: /Unable to look-up JNDI name |NameNotFoundException|Error in looking up data source/,
    severity: 'error',
    meaning: 'a file names a datasource that none of the datasource files defines',
    advice:
      'run carbon-patch check: the JNDI name is misspelled, or the datasources are not in master-datasources.xml of this profile',
    source: 'RegistryConfigurationProcessor and DatabaseUtil of the registry and the user store',
  },
  'local-registry-shared': {
    pattern: /Total number of available connections are less than the total number of closed connections/,
    severity: 'error',
    meaning: 'several nodes use one database as their local registry',
    advice: 'give each node a local registry of its own',
    source: 'org.wso2.carbon.registry.core.jdbc.dataaccess.JDBCTransactionManager',
  },
  'database-file-locked': {
    pattern: /Database may be already in use/,
    severity: 'error',
    endsStart: true,
    meaning: 'another process has the embedded database of this home open, as where a server is started twice',
    advice: 'stop the other server that runs from this home',
    source: 'H2 error 90020',
  },
} satisfies Readonly<Record<string, KnownLine>>;
