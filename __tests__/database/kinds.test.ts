import { describe, expect, test } from '@jest/globals';
import { isEmbeddedUrl, type DatabaseKind } from '../../lib/database/database-kind';
import {
  databaseKindNames,
  databaseKindOfUrl,
  databaseKinds,
  withDatabase,
  type DatabaseKindName,
} from '../../lib/database/kinds';

const address = { host: 'db.example.org', port: 1234, database: 'REGISTRY_DB' };

describe('the database kinds', () => {
  test.each<[DatabaseKindName, string, string, string, number]>([
    [
      'mysql',
      'jdbc:mysql://db.example.org:1234/REGISTRY_DB?autoReconnect=true',
      'com.mysql.jdbc.Driver',
      'SELECT 1',
      3306,
    ],
    ['mariadb', 'jdbc:mariadb://db.example.org:1234/REGISTRY_DB', 'org.mariadb.jdbc.Driver', 'SELECT 1', 3306],
    ['postgresql', 'jdbc:postgresql://db.example.org:1234/REGISTRY_DB', 'org.postgresql.Driver', 'SELECT 1', 5432],
    [
      'oracle',
      'jdbc:oracle:thin:@db.example.org:1234/REGISTRY_DB',
      'oracle.jdbc.driver.OracleDriver',
      'SELECT 1 FROM DUAL',
      1521,
    ],
    [
      'mssql',
      'jdbc:sqlserver://db.example.org:1234;databaseName=REGISTRY_DB;SendStringParametersAsUnicode=false',
      'com.microsoft.sqlserver.jdbc.SQLServerDriver',
      'SELECT 1',
      1433,
    ],
    [
      'jtds',
      'jdbc:jtds:sqlserver://db.example.org:1234/REGISTRY_DB',
      'net.sourceforge.jtds.jdbc.Driver',
      'SELECT 1',
      1433,
    ],
    [
      'db2',
      'jdbc:db2://db.example.org:1234/REGISTRY_DB',
      'com.ibm.db2.jcc.DB2Driver',
      'SELECT 1 FROM sysibm.sysdummy1',
      50000,
    ],
    ['h2', 'jdbc:h2:tcp://db.example.org:1234/REGISTRY_DB', 'org.h2.Driver', 'SELECT 1', 9092],
    [
      'derby',
      'jdbc:derby://db.example.org:1234/REGISTRY_DB;create=true',
      'org.apache.derby.jdbc.ClientDriver',
      'VALUES 1',
      1527,
    ],
  ])('%s: %s', (name, url, driverClassName, validationQuery, defaultPort) => {
    const kind = databaseKinds[name];
    expect(kind.url(address)).toBe(url);
    expect(kind).toMatchObject({ driverClassName, validationQuery, defaultPort });
  });

  test('are all in the table above', () => {
    expect(databaseKindNames).toHaveLength(9);
  });

  test.each(databaseKindNames)('a URL of %s is told from all others by its beginning', (name) => {
    const url = databaseKinds[name].url(address);
    expect(databaseKindOfUrl(url)).toBe(name);
    expect(databaseKindNames.filter((other) => url.startsWith(databaseKinds[other].urlPrefix))).toEqual([name]);
  });

  test.each(databaseKindNames)('the database in a URL of %s can be replaced, and nothing else changes', (name) => {
    const kind = databaseKinds[name];
    expect(withDatabase(kind, kind.url(address), 'WSO2_USER_DB')).toBe(
      kind.url({ ...address, database: 'WSO2_USER_DB' }),
    );
  });

  test.each(['jdbc:sybase:x', 'jdbc:jtds:sybase://db/x', 'mysql://db/x', '', 'JDBC:MYSQL://db/x'])(
    '%j is of no kind',
    (url) => {
      expect(databaseKindOfUrl(url)).toBeUndefined();
    },
  );

  test.each<[DatabaseKindName, readonly string[], readonly string[]]>([
    [
      'mysql',
      ['mysql-connector-java-5.1.36-bin.jar', 'mysql-connector-j-8.0.31.jar'],
      ['mysql.jar', 'mysql-connector-j-8.0.31.jar.bak'],
    ],
    ['mariadb', ['mariadb-java-client-2.7.0.jar'], ['mysql-connector-java-5.1.36.jar']],
    ['postgresql', ['postgresql-42.2.5.jar', 'postgresql-9.4.1212.jre7.jar'], ['postgres.jar']],
    ['oracle', ['ojdbc6.jar', 'ojdbc8-19.3.0.0.jar'], ['orai18n.jar']],
    ['mssql', ['sqljdbc4.jar', 'mssql-jdbc-7.4.1.jre8.jar'], ['jtds-1.3.1.jar']],
    ['jtds', ['jtds-1.3.1.jar'], ['sqljdbc4.jar']],
    ['db2', ['db2jcc.jar', 'db2jcc4.jar', 'db2jcc4-10.1.jar'], ['db2.jar', 'db2jcc_license_cu.jar']],
    ['h2', ['h2-1.2.140.wso2v3.jar', 'h2-database-engine_1.2.140.wso2v3.jar'], ['derby.jar']],
    [
      'derby',
      ['derbyclient.jar', 'derby.jar', 'derbyclient-10.14.2.0.jar'],
      ['h2.jar', 'derbytools.jar', 'derbynet.jar'],
    ],
  ])('the jar of %s', (name, yes, no) => {
    const { driverJar } = databaseKinds[name];
    expect(yes.filter((jar) => !driverJar.test(jar))).toEqual([]);
    expect(no.filter((jar) => driverJar.test(jar))).toEqual([]);
  });

  test.each(databaseKindNames)('%s answers the query it is given', (name) => {
    const { validationQuery, refusedQueries } = databaseKinds[name];
    expect(refusedQueries.filter((refused) => refused.test(validationQuery))).toEqual([]);
  });

  test.each<[string, readonly DatabaseKindName[]]>([
    ['SELECT 1', ['oracle', 'db2', 'derby']],
    [' select 1; ', ['oracle', 'db2', 'derby']],
    ['SELECT 1 FROM DUAL', ['postgresql', 'mssql', 'jtds', 'derby']],
    ['select 1\nfrom dual', ['postgresql', 'mssql', 'jtds', 'derby']],
    ['SELECT 1 FROM SYSIBM.SYSDUMMY1', ['mysql', 'mariadb', 'postgresql', 'oracle', 'mssql', 'jtds', 'h2']],
    ['VALUES 1', ['mysql', 'mariadb', 'postgresql', 'oracle', 'mssql', 'jtds']],
    ['VALUES ROW(1)', []],
    ['SELECT 1 FROM REG_CLUSTER_LOCK', []],
    ['SELECT 1; COMMIT', []],
    ['SELECT from_dual FROM t', []],
  ])('%j is refused by %j', (query, names) => {
    const refusing = databaseKindNames.filter((name) =>
      databaseKinds[name].refusedQueries.some((refused) => refused.test(query)),
    );
    expect(refusing).toEqual(names);
  });

  test('know the other names of their driver class', () => {
    const others = databaseKindNames.map((name) => {
      const kind: DatabaseKind = databaseKinds[name];
      return kind.otherDriverClassNames ?? [];
    });
    expect(others.flat()).toEqual(['com.mysql.cj.jdbc.Driver', 'oracle.jdbc.OracleDriver']);
  });
});

describe('withDatabase', () => {
  test.each<[DatabaseKindName, string, string | undefined]>([
    ['mysql', 'jdbc:mysql://db/carbon', 'jdbc:mysql://db/NEW'],
    ['mysql', 'jdbc:mysql://db:3306/carbon?a=/b&c=d', 'jdbc:mysql://db:3306/NEW?a=/b&c=d'],
    ['mysql', 'jdbc:mysql://db:3306/?useSSL=false', 'jdbc:mysql://db:3306/NEW?useSSL=false'],
    ['mysql', 'jdbc:mysql:///carbon', 'jdbc:mysql:///NEW'],
    ['mysql', 'jdbc:mysql://a:3306,b:3306/carbon?x=1', 'jdbc:mysql://a:3306,b:3306/NEW?x=1'],
    ['mysql', 'jdbc:mysql:loadbalance://a:3306,b:3306/carbon', 'jdbc:mysql:loadbalance://a:3306,b:3306/NEW'],
    ['mysql', 'jdbc:mysql://[2001:db8::5]:3306/carbon', 'jdbc:mysql://[2001:db8::5]:3306/NEW'],
    ['mysql', 'jdbc:mysql://db:3306', undefined],
    ['mariadb', 'jdbc:mariadb:sequential://a,b/carbon', 'jdbc:mariadb:sequential://a,b/NEW'],
    ['postgresql', 'jdbc:postgresql://db/carbon?currentSchema=wso2', 'jdbc:postgresql://db/NEW?currentSchema=wso2'],
    ['postgresql', 'jdbc:postgresql:carbon', undefined],
    ['oracle', 'jdbc:oracle:thin:@db:1521/carbon', 'jdbc:oracle:thin:@db:1521/NEW'],
    ['oracle', 'jdbc:oracle:thin:@//db:1521/carbon.example.org', 'jdbc:oracle:thin:@//db:1521/NEW'],
    ['oracle', 'jdbc:oracle:thin:@//db/carbon', 'jdbc:oracle:thin:@//db/NEW'],
    ['oracle', 'jdbc:oracle:thin:@db:1521:XE', 'jdbc:oracle:thin:@db:1521:NEW'],
    ['oracle', 'jdbc:oracle:thin:@db:1521/carbon:dedicated/i1', 'jdbc:oracle:thin:@db:1521/NEW:dedicated/i1'],
    ['oracle', 'jdbc:oracle:thin:@db:1521/carbon?TNS_ADMIN=/etc', 'jdbc:oracle:thin:@db:1521/NEW?TNS_ADMIN=/etc'],
    ['oracle', 'jdbc:oracle:thin:@tcps://db:2484/carbon', 'jdbc:oracle:thin:@tcps://db:2484/NEW'],
    ['oracle', 'jdbc:oracle:thin:@[2001:db8::5]:1521/carbon', 'jdbc:oracle:thin:@[2001:db8::5]:1521/NEW'],
    ['oracle', 'jdbc:oracle:thin:@db:1521', undefined],
    ['oracle', 'jdbc:oracle:thin:@TNS_NAME', undefined],
    ['oracle', 'jdbc:oracle:thin:@ldap://ldap:389/carbon,cn=OracleContext', undefined],
    ['oracle', 'jdbc:oracle:thin:scott/tiger@db:1521/carbon', undefined],
    ['oracle', 'jdbc:oracle:oci:@carbon', undefined],
    [
      'oracle',
      'jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=TCP)(HOST=a)(PORT=1521)))(CONNECT_DATA=(SERVICE_NAME=carbon)))',
      undefined,
    ],
    [
      'oracle',
      'jdbc:oracle:thin:@(DESCRIPTION=(LOAD_BALANCE=on)(CONNECT_DATA=(SERVICE_NAME={database})))',
      'jdbc:oracle:thin:@(DESCRIPTION=(LOAD_BALANCE=on)(CONNECT_DATA=(SERVICE_NAME=NEW)))',
    ],
    [
      'mssql',
      'jdbc:sqlserver://db:1433;databaseName=carbon;encrypt=true',
      'jdbc:sqlserver://db:1433;databaseName=NEW;encrypt=true',
    ],
    ['mssql', 'jdbc:sqlserver://db\\node1;database=carbon', 'jdbc:sqlserver://db\\node1;database=NEW'],
    [
      'mssql',
      'jdbc:sqlserver://10.0.0.3\\MSSQLSERVER:1433;DatabaseName=carbon',
      'jdbc:sqlserver://10.0.0.3\\MSSQLSERVER:1433;DatabaseName=NEW',
    ],
    ['mssql', 'jdbc:sqlserver://db;user=a;databaseName=carbon', 'jdbc:sqlserver://db;user=a;databaseName=NEW'],
    ['mssql', 'jdbc:sqlserver://db:1433', undefined],
    ['jtds', 'jdbc:jtds:sqlserver://db:1433/carbon;instance=node1', 'jdbc:jtds:sqlserver://db:1433/NEW;instance=node1'],
    ['jtds', 'jdbc:jtds:sqlserver://db:1433', undefined],
    ['db2', 'jdbc:db2://db:50000/carbon:currentSchema=WSO2;', 'jdbc:db2://db:50000/NEW:currentSchema=WSO2;'],
    ['h2', 'jdbc:h2:tcp://db/carbon;MODE=MySQL', 'jdbc:h2:tcp://db/NEW;MODE=MySQL'],
    ['h2', 'jdbc:h2:ssl://db:9092/~/wso2/carbon', 'jdbc:h2:ssl://db:9092/~/wso2/NEW'],
    ['h2', 'jdbc:h2:tcp://db//var/lib/carbon;X=a/b', 'jdbc:h2:tcp://db//var/lib/NEW;X=a/b'],
    ['h2', 'jdbc:h2:repository/database/carbon', undefined],
    ['derby', 'jdbc:derby://db:1527/wso2/carbon;create=true', 'jdbc:derby://db:1527/wso2/NEW;create=true'],
    ['derby', 'jdbc:derby:carbon', undefined],
  ])('%s %s', (name, url, expected) => {
    expect(withDatabase(databaseKinds[name], url, 'NEW')).toBe(expected);
  });

  test('fills {database} in everywhere, and only that', () => {
    expect(withDatabase(databaseKinds.mysql, 'jdbc:mysql://{database}.db/x?schema={database}', 'NEW')).toBe(
      'jdbc:mysql://NEW.db/x?schema=NEW',
    );
  });
});

describe('isEmbeddedUrl', () => {
  test.each([
    ['jdbc:h2:repository/database/X;DB_CLOSE_ON_EXIT=FALSE', true],
    ['jdbc:h2:./repository/database/X', true],
    ['\n  jdbc:h2:mem:x\n', true],
    ['jdbc:derby:x', true],
    ['jdbc:h2:tcp://db/x', false],
    ['jdbc:h2:ssl://db/x', false],
    ['jdbc:derby://db:1527/x', false],
    ['jdbc:mysql://db/jdbc:h2:x', false],
    ['${DATABASE_URL}', false],
    ['', false],
  ])('%j: %s', (url, expected) => {
    expect(isEmbeddedUrl(url)).toBe(expected);
  });
});
