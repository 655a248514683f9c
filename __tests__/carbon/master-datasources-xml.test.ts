import { describe, expect, test } from '@jest/globals';
import { masterDatasourcesXml } from '../../lib/carbon/files/master-datasources-xml';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { CentralDatabase, ClusterTopology } from '../../lib/cluster/topology';
import { applyRecipe } from './apply-recipe';

const pad = (depth: number, line: string): string => `${'    '.repeat(depth)}${line}\n`;

interface DatasourceText {
  readonly name: string;
  readonly jndiName?: string;
  readonly description?: string;
  readonly settings: readonly string[];
}

function datasource({ name, jndiName, description, settings }: DatasourceText): string {
  return [
    pad(2, '<datasource>'),
    pad(3, `<name>${name}</name>`),
    description === undefined ? '' : pad(3, `<description>${description}</description>`),
    jndiName === undefined ? '' : pad(3, '<jndiConfig>') + pad(4, `<name>${jndiName}</name>`) + pad(3, '</jndiConfig>'),
    pad(3, '<definition type="RDBMS">'),
    pad(4, '<configuration>'),
    ...settings.map((setting) => pad(5, setting)),
    pad(4, '</configuration>'),
    pad(3, '</definition>'),
    pad(2, '</datasource>'),
  ].join('');
}

const file = (...parts: readonly string[]): string =>
  `<datasources-configuration xmlns:svns="http://org.wso2.securevault/configuration">\n    <datasources>\n${parts.join('')}    </datasources>\n</datasources-configuration>\n`;

const h2Url = '<url>jdbc:h2:repository/database/WSO2CARBON_DB;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000</url>';
const h2Settings = [
  h2Url,
  '<username>wso2carbon</username>',
  '<password>wso2carbon</password>',
  '<driverClassName>org.h2.Driver</driverClassName>',
  '<maxActive>80</maxActive>',
  '<validationQuery>SELECT 1</validationQuery>',
  '<defaultAutoCommit>false</defaultAutoCommit>',
];
const shipped = (settings: readonly string[] = h2Settings): string =>
  datasource({ name: 'WSO2_CARBON_DB', jndiName: 'jdbc/WSO2CarbonDB', settings });

interface Wanted {
  readonly url?: string;
  readonly driver?: string;
  readonly query?: string;
}

const mysqlUrl = (database: string): string =>
  `jdbc:mysql://carbondb.mysql-wso2.com:3306/${database}?autoReconnect=true`;

function settings({ url = mysqlUrl('X'), driver = 'com.mysql.jdbc.Driver', query = 'SELECT 1' }: Wanted): string[] {
  return [
    `<url>${url}</url>`,
    '<username>regadmin</username>',
    '<password>regadmin</password>',
    `<driverClassName>${driver}</driverClassName>`,
    '<maxActive>50</maxActive>',
    '<maxWait>60000</maxWait>',
    '<testOnBorrow>true</testOnBorrow>',
    `<validationQuery>${query}</validationQuery>`,
    '<validationInterval>30000</validationInterval>',
  ];
}

function local(url: string, { driver = 'com.mysql.jdbc.Driver', query = 'SELECT 1' }: Wanted = {}): string {
  return shipped([
    `<url>${url}</url>`,
    '<username>regadmin</username>',
    '<password>regadmin</password>',
    `<driverClassName>${driver}</driverClassName>`,
    '<maxActive>80</maxActive>',
    '<maxWait>60000</maxWait>',
    '<testOnBorrow>true</testOnBorrow>',
    `<validationQuery>${query}</validationQuery>`,
    '<validationInterval>30000</validationInterval>',
    '<defaultAutoCommit>false</defaultAutoCommit>',
  ]);
}

function registry(wanted: Wanted = { url: mysqlUrl('REGISTRY_DB') }, name = 'WSO2_REGISTRY_DB'): string {
  return datasource({
    name,
    jndiName: 'jdbc/WSO2RegistryDB',
    description: 'The datasource used for the shared config and governance registry',
    settings: settings(wanted),
  });
}

function users(wanted: Wanted = { url: mysqlUrl('WSO2_USER_DB') }, name = 'WSO2_USER_DB'): string {
  return datasource({
    name,
    jndiName: 'jdbc/WSO2UMDB',
    description: 'The datasource used for users, roles and permissions',
    settings: settings(wanted),
  });
}

const worker = file(local(mysqlUrl('REGISTRY_LOCAL2')), registry(), users());

describe('master-datasources.xml, shared layout', () => {
  test.each([
    ['manager', 'REGISTRY_LOCAL1'],
    ['worker', 'REGISTRY_LOCAL2'],
  ] as const)('a %s gets its own local registry %s and the shared databases', (role, database) => {
    expect(applyRecipe(masterDatasourcesXml, role, file(shipped()))).toEqual({
      text: file(local(mysqlUrl(database)), registry(), users()),
      notes: [],
    });
  });

  test('new ones go behind the last live datasource and before the sample', () => {
    const sample = '\n        <!--datasource>\n            <name>SAMPLE</name>\n        </datasource-->\n';
    const other = datasource({ name: 'A', jndiName: 'jdbc/A', settings: ['<url>jdbc:mysql://db/a</url>'] });
    expect(applyRecipe(masterDatasourcesXml, 'worker', file(shipped(), other, sample)).text).toBe(
      file(local(mysqlUrl('REGISTRY_LOCAL2')), other, registry(), users(), sample),
    );
  });

  test('without any datasource the three are made, with the whole pool', () => {
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file('        <!-- none -->\n'));
    const made = datasource({
      name: 'WSO2_CARBON_DB',
      jndiName: 'jdbc/WSO2CarbonDB',
      description: 'The datasource used for the local registry of this node',
      settings: settings({ url: mysqlUrl('REGISTRY_LOCAL2') }),
    });
    expect(text).toBe(file(made, registry(), users(), '        <!-- none -->\n'));
  });

  test('is found by the JNDI name, whatever its own name and the blanks around', () => {
    const before = file(shipped(), registry().replace('WSO2_REGISTRY_DB', 'MINE'), users())
      .replace('<name>jdbc/WSO2UMDB<', '<name>\n                    jdbc/WSO2UMDB\n                <')
      .replace('<name>jdbc/WSO2CarbonDB<', '<name> jdbc/WSO2CarbonDB<');
    expect(applyRecipe(masterDatasourcesXml, 'worker', before).text).toBe(
      file(local(mysqlUrl('REGISTRY_LOCAL2')), registry(undefined, 'MINE'), users()),
    );
  });

  test('a comment inside a value stays', () => {
    const before = file(shipped(['<url>jdbc:h2:<!-- full path -->;AUTO_SERVER=TRUE</url>', ...h2Settings.slice(1)]));
    expect(applyRecipe(masterDatasourcesXml, 'worker', before).text).toContain(
      `<url>${mysqlUrl('REGISTRY_LOCAL2')}<!-- full path --></url>`,
    );
  });

  test('an ampersand is escaped once, and one that is there is no difference', () => {
    const overrides = { databaseUrl: 'jdbc:mysql://db/{database}?a=1&b=2' };
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), overrides);
    expect(text).toContain('<url>jdbc:mysql://db/REGISTRY_LOCAL2?a=1&amp;b=2</url>');
    expect(text).not.toContain('&amp;amp;');
  });

  test('a password with markup is escaped, and blanks at its ends survive', () => {
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), { databasePassword: ' a<&>"]]> ' });
    expect(text).toContain('<password> a&lt;&amp;&gt;"]]&gt; </password>');
    expect(text).toContain('<password>&#32;a&lt;&amp;&gt;"]]&gt;&#32;</password>');
  });

  test.each([
    ['two with one JNDI name', file(shipped(), shipped())],
    ['two settings of one name', file(shipped([h2Url, ...h2Settings]))],
  ])('%s are refused with both lines', (_, text) => {
    expect(() => applyRecipe(masterDatasourcesXml, 'worker', text)).toThrow(
      'datasources/master-datasources.xml: 2 elements match /datasources-configuration/datasources/datasource',
    );
  });

  test('one that is no database definition is refused', () => {
    const text = file(shipped().replace('configuration>', 'other>').replace('</configuration>', '</other>'));
    expect(() => applyRecipe(masterDatasourcesXml, 'worker', text)).toThrow('nothing matches');
  });
});

describe('master-datasources.xml: names that are taken', () => {
  const taken = (name: string, jndiName?: string): string =>
    datasource({
      name,
      ...(jndiName === undefined ? {} : { jndiName }),
      settings: ['<url>jdbc:mysql://db/a</url>', '<driverClassName>com.mysql.jdbc.Driver</driverClassName>'],
    });

  test('the holder stays, and the new one is called after its JNDI name', () => {
    const others = taken('WSO2_REGISTRY_DB', 'jdbc/WSO2GovDB') + taken('WSO2_USER_DB');
    const { text, notes } = applyRecipe(masterDatasourcesXml, 'worker', file(shipped(), others));
    expect(text).toBe(
      file(
        local(mysqlUrl('REGISTRY_LOCAL2')),
        others,
        registry(undefined, 'WSO2RegistryDB'),
        users(undefined, 'WSO2UMDB'),
      ),
    );
    expect(notes).toEqual([
      'A datasource named WSO2_REGISTRY_DB is there with JNDI name jdbc/WSO2GovDB; it is left as it is, and the new one is named WSO2RegistryDB.',
      'A datasource named WSO2_USER_DB is there without a JNDI name; it is left as it is, and the new one is named WSO2UMDB.',
    ]);
  });

  test('where that is taken too, a number tells them apart', () => {
    const others = taken('WSO2_USER_DB', 'jdbc/A') + taken('WSO2UMDB', 'jdbc/B') + taken('WSO2UMDB_2', 'jdbc/C');
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file(shipped(), others));
    expect(text).toContain(users(undefined, 'WSO2UMDB_3'));
  });

  test('the shipped name under another JNDI name stays, and the local registry gets a datasource of its own', () => {
    const other = taken('WSO2_CARBON_DB', 'jdbc/WSO2UMDB');
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file(other));
    expect(text).toContain('<name>WSO2_CARBON_DB</name>');
    expect(text).toContain('<name>WSO2CarbonDB</name>');
    expect(text.match(/<name>jdbc\/WSO2UMDB<\/name>/g)).toHaveLength(1);
  });
});

describe('master-datasources.xml: secure vault', () => {
  const note = (child: string): string =>
    `The ${child} of jdbc/WSO2CarbonDB has a secure-vault alias and is left alone; change it in conf/security/cipher-text.properties with the cipher tool.`;
  const clear =
    'Other passwords of this file are in the secure vault, but those of jdbc/WSO2RegistryDB, jdbc/WSO2UMDB are written in clear text; run the cipher tool over them.';

  test.each([
    'svns:secretAlias="A"',
    'secretAlias="A"',
    'vault:secretAlias="A"',
    'encrypted="true"',
    'encrypted="" svns:x="y"',
  ])('a password with %s is left alone, and its neighbours are set', (attribute) => {
    const aliased = `<password ${attribute}>password</password>`;
    const text = file(shipped(h2Settings.map((one) => (one.startsWith('<password') ? aliased : one)))).replace(
      'xmlns:svns',
      'xmlns:vault="b" xmlns:svns',
    );
    const result = applyRecipe(masterDatasourcesXml, 'worker', text);
    expect(result.text).toContain(`<username>regadmin</username>\n                    ${aliased}\n`);
    expect(result.text).toContain(`<url>${mysqlUrl('REGISTRY_LOCAL2')}</url>`);
    expect(result.notes).toEqual([note('password'), clear]);
  });

  test.each([
    ['url', h2Url],
    ['username', '<username>wso2carbon</username>'],
    ['driverClassName', '<driverClassName>org.h2.Driver</driverClassName>'],
    ['validationQuery', '<validationQuery>SELECT 1</validationQuery>'],
  ])('an aliased %s is left alone too', (child, element) => {
    const aliased = element.replace(`<${child}`, `<${child} svns:secretAlias="A"`);
    const text = file(shipped(h2Settings.map((one) => (one === element ? aliased : one))));
    const result = applyRecipe(masterDatasourcesXml, 'worker', text);
    expect(result.text).toContain(aliased);
    expect(result.notes).toEqual([note(child)]);
  });

  test.each(['encrypted="false"', 'alias="A"', 'secretAliasX="A"'])('%s is no alias', (attribute) => {
    const aliased = `<password ${attribute}>password</password>`;
    const text = file(shipped(h2Settings.map((one) => (one.startsWith('<password') ? aliased : one))));
    const result = applyRecipe(masterDatasourcesXml, 'worker', text);
    expect(result.text).toContain(`<password ${attribute}>regadmin</password>`);
    expect(result.notes).toEqual([]);
  });
});

describe('master-datasources.xml: products', () => {
  test.each([
    ['postgresql', 'jdbc:postgresql://carbondb.mysql-wso2.com:5432/', 'org.postgresql.Driver', 'SELECT 1'],
    [
      'oracle',
      'jdbc:oracle:thin:@carbondb.mysql-wso2.com:1521/',
      'oracle.jdbc.driver.OracleDriver',
      'SELECT 1 FROM DUAL',
    ],
    ['db2', 'jdbc:db2://carbondb.mysql-wso2.com:50000/', 'com.ibm.db2.jcc.DB2Driver', 'SELECT 1 FROM sysibm.sysdummy1'],
  ])('%s has a URL, a driver and a query of its own', (databaseKind, url, driver, query) => {
    expect(applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), { databaseKind }).text).toBe(
      file(
        local(`${url}REGISTRY_LOCAL2`, { driver, query }),
        registry({ url: `${url}REGISTRY_DB`, driver, query }),
        users({ url: `${url}WSO2_USER_DB`, driver, query }),
      ),
    );
  });

  test('a later driver class of the same product stays, and the new datasources use it too', () => {
    const driver = 'com.mysql.cj.jdbc.Driver';
    const before = file(local('jdbc:mysql://old/x', { driver }));
    expect(applyRecipe(masterDatasourcesXml, 'worker', before).text).toBe(
      file(
        local(mysqlUrl('REGISTRY_LOCAL2'), { driver }),
        registry({ url: mysqlUrl('REGISTRY_DB'), driver }),
        users({ url: mysqlUrl('WSO2_USER_DB'), driver }),
      ),
    );
  });

  test('a driver class of another product gives way', () => {
    const before = file(local('jdbc:oracle:thin:@db:1521/x', { driver: 'oracle.jdbc.OracleDriver' }));
    expect(applyRecipe(masterDatasourcesXml, 'worker', before).text).toBe(worker);
  });
});

describe('master-datasources.xml, single layout', () => {
  const note =
    'With the single database layout all nodes share one local registry, which is known to go wrong ("Total number of available connections are less than the total number of closed connections"); the shared layout avoids it.';

  test('only url, user, password, driver and query of the shipped datasource change', () => {
    const after = shipped([
      `<url>${mysqlUrl('carbondb')}</url>`,
      '<username>regadmin</username>',
      '<password>regadmin</password>',
      '<driverClassName>com.mysql.jdbc.Driver</driverClassName>',
      ...h2Settings.slice(4),
    ]);
    expect(applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), { databaseLayout: 'single' })).toEqual({
      text: file(after),
      notes: [note],
    });
  });

  test('a given URL is taken as it is', () => {
    const overrides = { databaseLayout: 'single', databaseUrl: 'jdbc:mysql://db/wso2?useSSL=true' };
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), overrides);
    expect(text).toContain('<url>jdbc:mysql://db/wso2?useSSL=true</url>');
  });
});

describe('master-datasources.xml: databases of one node', () => {
  test('are named, but not those of a server, of the recipe or in comments', () => {
    const other = (name: string, url: string, jndiName?: string): string =>
      datasource({ name, ...(jndiName === undefined ? {} : { jndiName }), settings: [`<url>${url}</url>`] });
    const others = [
      other('WSO2AM_DB', 'jdbc:h2:repository/database/WSO2AM_DB', 'jdbc/WSO2AM_DB'),
      other('STATS', 'jdbc:h2:<!-- full path -->;AUTO_SERVER=TRUE'),
      other('ON_A_SERVER', 'jdbc:h2:tcp://db/x', 'jdbc/X'),
      other('MYSQL', 'jdbc:mysql://db/x', 'jdbc/Y'),
      '        <!--datasource><name>S</name><definition><configuration><url>jdbc:h2:x</url></configuration></definition></datasource-->\n',
    ];
    expect(applyRecipe(masterDatasourcesXml, 'worker', file(shipped(), ...others)).notes).toEqual([
      'Left as embedded databases, which each node has for itself: WSO2AM_DB (jdbc/WSO2AM_DB), STATS; where the nodes have to share their data, point them at a database server.',
    ]);
  });
});

describe('master-datasources.xml: what the cluster states', () => {
  const stating = (database: Partial<CentralDatabase>): ClusterTopology => ({
    ...exampleCluster,
    database: { ...exampleCluster.database, ...database },
  });
  /** `JNDI name: values` of some settings of each datasource. */
  const found = (text: string, ...names: readonly string[]): readonly string[] =>
    [...text.matchAll(/<datasource>[^]*?<\/datasource>/g)].map(([one]) => {
      const valueOf = (name: string): string => new RegExp(`<${name}>(.*)</${name}>`).exec(one)?.[1] ?? 'none';
      return `${/<name>jdbc\/(.*)</.exec(one)?.[1]}: ${names.map(valueOf).join(' ')}`;
    });

  test('a user for each purpose', () => {
    const users = {
      local: { username: 'l', password: '1' },
      registry: { username: 'r', password: '2' },
      users: { username: 'u', password: '3' },
    };
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), {}, stating({ users }));
    expect(found(text, 'username', 'password')).toEqual(['WSO2CarbonDB: l 1', 'WSO2RegistryDB: r 2', 'WSO2UMDB: u 3']);
  });

  test('the user of the one database of the single layout', () => {
    const users = { single: { username: 's', password: '4' } };
    const topology = stating({ users, layout: 'single' });
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), {}, topology);
    expect(found(text, 'username', 'password')).toEqual(['WSO2CarbonDB: s 4']);
  });

  test.each(['shared', 'single'] as const)('a pool for every datasource, with the %s layout', (layout) => {
    const pool = { maxActive: '120', minIdle: '5', validationQuery: 'SELECT 2' };
    const { text } = applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), {}, stating({ pool, layout }));
    const values = found(text, 'maxActive', 'minIdle', 'validationQuery').map((one) => one.replace(/.*: /, ''));
    expect(new Set(values)).toEqual(new Set(['120 5 SELECT 2']));
  });

  test('no database of its own for a node leaves its local registry alone', () => {
    const [first, ...others] = exampleCluster.nodes.map((node) => ({ ...node, localRegistryDatabase: undefined }));
    if (first === undefined) throw new Error('the example has no nodes');
    const topology = { ...exampleCluster, nodes: [first, ...others] } as const;
    expect(applyRecipe(masterDatasourcesXml, 'worker', file(shipped()), {}, topology)).toEqual({
      text: file(shipped(), registry(), users()),
      notes: [],
    });
  });
});
