import { describe, expect, test } from '@jest/globals';
import { readCarbonXmlFacts } from '../../../lib/carbon/facts/carbon-xml-facts';
import { readCatalinaFacts } from '../../../lib/carbon/facts/catalina-facts';
import { readDatasourceFacts } from '../../../lib/carbon/facts/datasource-facts';
import { readDatasourceUses } from '../../../lib/carbon/facts/datasource-uses';
import { isJarToRemember } from '../../../lib/carbon/facts/jars';
import { readRegistryFacts } from '../../../lib/carbon/facts/registry-facts';
import type { Sourced } from '../../../lib/carbon/facts/sourced';
import { startsServer } from '../../../lib/carbon/facts/start-scripts';
import { readUserMgtFacts } from '../../../lib/carbon/facts/user-mgt-facts';
import { parseText } from '../../../lib/xml/document';

const path = 'conf/file.xml';

/** The values of a map without their places. */
function plain(values: ReadonlyMap<string, Sourced<unknown>> | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...(values ?? [])].map(([name, { value }]) => [name, value]));
}

describe('carbon.xml', () => {
  const text = `<Server xmlns="http://wso2.org/projects/carbon/carbon.xml">
  <Name> A </Name><ServerKey>ESB</ServerKey><Version>5</Version>
  <!--HostName>no</HostName--><HostName>first</HostName><HostName>second</HostName>
  <Ports>
    <Offset> 1 </Offset><Offset>2</Offset>
    <JMX><RMIRegistryPort>9999</RMIRegistryPort><!--RMIServerPort>1</RMIServerPort--></JMX>
    <EmbeddedLDAP><LDAPServerPort>10389</LDAPServerPort></EmbeddedLDAP>
  </Ports>
  <Other><Ports><Offset>7</Offset></Ports></Other>
  <DeploymentSynchronizer><Enabled> true </Enabled><Enabled>false</Enabled></DeploymentSynchronizer>
  <!--DeploymentSynchronizer><Enabled>true</Enabled></DeploymentSynchronizer-->
</Server>`;

  test.each([
    ['with its namespace', text],
    ['without one', text.replace(/ xmlns="[^"]*"/, '')],
  ])('%s: the first of each name counts, trimmed', (_, given) => {
    const facts = readCarbonXmlFacts(parseText(given, path));
    expect(facts.name?.value).toBe('A');
    expect(facts.hostName).toMatchObject({ value: 'first', path, line: 3, column: 31 });
    expect(facts.mgtHostName).toBeUndefined();
    expect(facts.offset).toMatchObject({ value: '1', line: 5 });
    expect(plain(facts.ports)).toEqual({
      Offset: '1',
      'JMX/RMIRegistryPort': '9999',
      'EmbeddedLDAP/LDAPServerPort': '10389',
    });
    expect(facts.deploymentSynchronizers.map(({ value, line }) => [plain(value), line])).toEqual([
      [{ Enabled: 'true' }, 10],
    ]);
  });

  test('nested more deeply than the call stack is read', () => {
    const deep = `<Server><Ports>${'<a>'.repeat(20_000)}<b>1</b>${'</a>'.repeat(20_000)}</Ports></Server>`;
    expect(readCarbonXmlFacts(parseText(deep, path)).ports.size).toBe(1);
  });
});

describe('a file of datasources', () => {
  const facts = readDatasourceFacts(
    parseText(
      `<datasources-configuration xmlns:svns="http://example.org/vault"><datasources>
  <datasource>
    <name> WSO2_CARBON_DB </name><jndiConfig><name> jdbc/A </name></jndiConfig>
    <definition type="RDBMS"><configuration>
      <url> jdbc:mysql://h/a?x=1&amp;y=2<!-- old: jdbc:h2:b --> </url>
      <password svns:secretAlias="A.Password">p</password>
      <username>one</username><username>two</username>
      <dataSourceProps><property name="url">no</property></dataSourceProps>
    </configuration></definition>
  </datasource>
  <!--datasource><name>SAMPLE</name></datasource-->
  <datasource/>
</datasources></datasources-configuration>`,
      path,
    ),
  );

  test('is read with the last of each setting, trimmed', () => {
    expect(facts[0]).toMatchObject({
      name: { value: 'WSO2_CARBON_DB', line: 3, column: 5 },
      jndiName: { value: 'jdbc/A' },
      type: 'RDBMS',
      aliased: ['password'],
    });
    expect(plain(facts[0]?.settings)).toEqual({ url: 'jdbc:mysql://h/a?x=1&y=2', password: 'p', username: 'two' });
  });

  test('keeps the URL as it stands, without the comment in it', () => {
    expect(facts[0]?.rawUrl).toBe(' jdbc:mysql://h/a?x=1&amp;y=2 ');
  });

  test('has the place of the datasource for what is missing', () => {
    expect(facts[1]).toMatchObject({ name: { value: '', line: 12 }, jndiName: { value: '', line: 12 }, type: '' });
    expect(facts[1]).toMatchObject({ rawUrl: undefined, aliased: [] });
    expect(facts).toHaveLength(2);
  });
});

describe('registry.xml', () => {
  const facts = readRegistryFacts(
    parseText(
      `<wso2registry>
  <currentDBConfig> wso2registry</currentDBConfig><readOnly> true </readOnly>
  <dbConfig name="wso2registry"><dataSource>jdbc/A </dataSource></dbConfig><dbConfig><url>jdbc:h2:x</url></dbConfig>
  <remoteInstance url="https://localhost"><id> gov</id><id>other</id><readOnly>true</readOnly></remoteInstance>
  <mount path="/_system/config" overwrite="virtual"><instanceId>gov</instanceId><targetPath>/a </targetPath></mount><mount/>
  <!--mount path="/x"/-->
</wso2registry>`,
      path,
    ),
  );

  test('is read untrimmed, as Carbon reads it', () => {
    expect(facts.currentDbConfig?.value).toBe(' wso2registry');
    expect(facts.readOnly?.value).toBe(' true ');
    expect(facts.dbConfigs.map(({ value }) => [value.name, value.dataSource?.value, value.url?.value])).toEqual([
      ['wso2registry', 'jdbc/A ', undefined],
      ['', undefined, 'jdbc:h2:x'],
    ]);
  });

  test('has the first of each child of a remote instance, and live mounts only', () => {
    expect(facts.remoteInstances.map(({ value }) => [value.url, plain(value.children)])).toEqual([
      ['https://localhost', { id: ' gov', readOnly: 'true' }],
    ]);
    expect(facts.mounts.map(({ value }) => [value.mountPath, value.overwrite, value.targetPath?.value])).toEqual([
      ['/_system/config', 'virtual', '/a '],
      [undefined, undefined, undefined],
    ]);
  });
});

describe('user-mgt.xml', () => {
  const withPassword = (password: string): string =>
    `<UserManager xmlns:s="v"><Realm><Configuration><AdminUser>${password}</AdminUser></Configuration></Realm></UserManager>`;

  test('has the last dataSource directly below Configuration, and live user stores', () => {
    const facts = readUserMgtFacts(
      parseText(
        `<UserManager><Realm><Configuration><Property name="dataSource">jdbc/A</Property><Property name="dataSource">jdbc/B </Property></Configuration>
  <UserStoreManager class="x.LDAP"><Property name="dataSource">jdbc/C</Property><Property name="ConnectionURL">ldap://localhost:\${Ports.EmbeddedLDAP.LDAPServerPort}</Property></UserStoreManager>
  <UserStoreManager class="x.JDBC"><!--Property name="ConnectionURL">EmbeddedLDAP</Property--></UserStoreManager>
  <!--UserStoreManager class="y"/--></Realm></UserManager>`,
        path,
      ),
    );
    expect(facts.dataSource).toMatchObject({ value: 'jdbc/B ', line: 1 });
    expect(facts.userStores.map(({ value }) => value)).toEqual([
      { className: 'x.LDAP', isEmbedded: true },
      { className: 'x.JDBC', isEmbedded: false },
    ]);
    expect(facts.clearTextAdminPassword).toBeUndefined();
  });

  test.each([
    ['<Password>admin</Password>', true],
    ['<Password> </Password>', false],
    ['<Password s:secretAlias="A">admin</Password>', false],
    ['<Password>$secret{admin}</Password>', false],
    ['<UserName>admin</UserName>', undefined],
  ])('the password of %s in clear text: %s', (password, expected) => {
    const { clearTextAdminPassword } = readUserMgtFacts(parseText(withPassword(password), path));
    expect(clearTextAdminPassword?.value).toBe(expected);
    expect(JSON.stringify(clearTextAdminPassword ?? '')).not.toContain('admin');
  });
});

describe('catalina-server.xml', () => {
  test('has its connectors, secure by scheme or by SSLEnabled', () => {
    const facts = readCatalinaFacts(
      parseText(
        `<Server port="8005"><Service>
  <Connector port="9763"
             proxyPort="80"/><Connector port="9443" scheme="https"/>
  <Connector port="9444" SSLEnabled="TRUE"/><!--Connector port="1"/--></Service></Server>`,
        path,
      ),
    );
    expect(facts.shutdownPort).toEqual({ value: '8005', path, line: 1, column: 15 });
    expect(facts.connectors.map(({ value }) => [value.attributes.get('port')?.value, value.isSecure])).toEqual([
      ['9763', false],
      ['9443', true],
      ['9444', true],
    ]);
    expect(facts.connectors[0]?.value.attributes.get('proxyPort')).toEqual({ value: '80', path, line: 3, column: 25 });
  });

  test('without a port of its own has none', () => {
    expect(readCatalinaFacts(parseText('<Server/>', path))).toEqual({ path, shutdownPort: undefined, connectors: [] });
  });
});

describe('datasources that other files look up', () => {
  test.each([
    ['<APIManager><DataSourceName> jdbc/WSO2AM_DB </DataSourceName></APIManager>', ['jdbc/WSO2AM_DB']],
    ['<a><b><Enabled>false</Enabled><DataSourceName>jdbc/STATS</DataSourceName></b></a>', []],
    ['<a><b><Enabled>true</Enabled><DataSourceName>jdbc/STATS</DataSourceName></b></a>', ['jdbc/STATS']],
    ['<Server xmlns="i"><J><DataSource><Name>jdbc/A</Name></DataSource></J><Name>x</Name></Server>', ['jdbc/A']],
    ['<broker><store><property name="dataSource">B</property><property name="x">y</property></store></broker>', ['B']],
    ['<a><!--DataSourceName>jdbc/A</DataSourceName--><DataSourceName/></a>', []],
    [
      '<a><DataSourceName>jdbc/B</DataSourceName><c><DataSourceName>jdbc/A</DataSourceName></c></a>',
      ['jdbc/B', 'jdbc/A'],
    ],
  ])('of %s are %j', (text, expected) => {
    expect(readDatasourceUses(parseText(text, path)).map(({ value }) => value)).toEqual(expected);
  });
});

describe('files that are remembered', () => {
  test.each([
    ['repository/components/lib', 'anything-1.0.jar', true],
    ['repository/components/lib', 'notes.txt', false],
    ['repository/components/plugins', 'org.wso2.carbon.core_4.4.8.jar', false],
    ['repository/components/plugins', 'h2-database-engine_1.2.140.wso2v3.jar', true],
    ['wso2/components/plugins', 'svnkit-all-1.8.7.wso2v1.jar', true],
  ])('of jars in %s: %s %s', (folder, name, expected) => {
    expect(isJarToRemember(folder, name)).toBe(expected);
  });

  test.each([
    ['wso2server.sh', '', true],
    ['wso2server.bat', '', true],
    ['integrator.sh', 'java org.wso2.carbon.bootstrap.Bootstrap $*', true],
    ['ciphertool.sh', 'java org.wso2.ciphertool.CipherTool', false],
  ])('of scripts: %s %s', (name, text, expected) => {
    expect(startsServer(name, text)).toBe(expected);
  });
});
