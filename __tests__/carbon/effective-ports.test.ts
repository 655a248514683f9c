import { describe, expect, test } from '@jest/globals';
import type { CarbonHome } from '../../lib/carbon/carbon-home';
import { effectivePorts, type EffectivePort } from '../../lib/carbon/effective-ports';
import { carbonXml, surveyedHome } from './surveyed-home';

type Files = Readonly<Record<string, string | undefined>>;

const noJmx: Files = {
  'etc/jmx.xml': '<JMX><StartRMIServer>false</StartRMIServer><RMIRegistryPort>1</RMIRegistryPort></JMX>',
};
const noServlets: Files = { 'tomcat/catalina-server.xml': '<Server port="8005"><Service/></Server>' };
/** Nothing listens in such a home, so that a test sees its own ports only. */
const silent: Files = { ...noJmx, ...noServlets };

/** `port setting` of each, with ` (udp)` or ` (multicast)` and `@address` where they are not the usual ones. */
function line({ port, setting, protocol, address }: EffectivePort): string {
  return `${port} ${setting}${protocol === 'tcp' ? '' : ` (${protocol})`}${address === undefined ? '' : ` @${address}`}`;
}

async function portsOf(files: Files, home: Partial<CarbonHome> = {}): Promise<readonly string[]> {
  return effectivePorts(await surveyedHome(files, home)).map(line);
}

const axis2 = (content: string): string => `<axisconfig name="AxisJava2.0">${content}</axisconfig>`;
const hazelcast = 'org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent';
const tribes = 'org.apache.axis2.clustering.tribes.TribesClusteringAgent';
const clustering = (content: string, attributes = `class="${hazelcast}" enable="true"`): string =>
  axis2(`<clustering ${attributes}>${content}</clustering>`);
const parameter = (name: string, value: string): string => `<parameter name="${name}">${value}</parameter>`;
const receiver = (name: string, className: string, content: string): string =>
  `<transportReceiver name="${name}" class="${className}">${content}</transportReceiver>`;
const passThrough = 'org.apache.synapse.transport.passthru.PassThroughHttpListener';
const catalina = (...connectors: readonly string[]): string =>
  `<Server port="8005"><Service>${connectors.map((one) => `<Connector ${one}/>`).join('')}</Service></Server>`;
const offset = (value: string): string => `<Ports><Offset>${value}</Offset></Ports>`;

describe('servlet connectors', () => {
  test.each([
    [
      'as catalina-server.xml has them',
      catalina('port="9763"', 'port="9443" scheme="https"'),
      '0',
      ['9763 http servlet', '9443 https servlet'],
    ],
    [
      'moved by the offset',
      catalina('port="80"', 'port="443" SSLEnabled="true"'),
      '7',
      ['87 http servlet', '450 https servlet'],
    ],
    [
      'with the address they are bound to',
      catalina('port="80" address="10.0.0.7"', 'port="81" address="0.0.0.0"'),
      '0',
      ['80 http servlet @10.0.0.7', '81 http servlet'],
    ],
    ['but no placeholder', catalina('port="${port.http}"', 'port="9443" scheme="https"'), '0', ['9443 https servlet']],
    ['not beyond the last port', catalina('port="65535"', 'port="65534"'), '1', ['65535 http servlet']],
    ['back by a negative offset', catalina('port="9763"'), '-3', ['9760 http servlet']],
    ['nor with an offset that is still to be filled in', catalina('port="9763"'), 'OFFSET', []],
  ])('%s', async (_, catalinaXml, moved, ports) => {
    const files = {
      ...noJmx,
      'tomcat/catalina-server.xml': catalinaXml,
      'carbon.xml': carbonXml('ESB', offset(moved)),
    };
    expect(await portsOf(files)).toEqual(ports);
  });

  test('are those that every product ships with where a home has no catalina-server.xml', async () => {
    const facts = await surveyedHome(noJmx);
    expect(effectivePorts(facts).map(({ port, source }) => ({ port, source }))).toEqual([
      { port: 9763, source: undefined },
      { port: 9443, source: undefined },
    ]);
  });

  test('are those of carbon.xml in homes from before Carbon 4.0', async () => {
    const ports = '<Ports><ServletTransports><HTTPS>9444</HTTPS><HTTP>9764</HTTP></ServletTransports></Ports>';
    expect(await portsOf({ ...noJmx, 'carbon.xml': carbonXml('ESB', ports) })).toEqual([
      '9764 http servlet',
      '9444 https servlet',
    ]);
  });

  test('are nobody’s where catalina-server.xml cannot be read', async () => {
    expect(await portsOf({ ...noJmx, 'tomcat/catalina-server.xml': '<Server>' })).toEqual([]);
  });
});

describe('transport receivers', () => {
  test.each([
    [
      'of the mediation engine, moved',
      receiver('http', passThrough, parameter('port', ' 8280 ')),
      ['8282 http receiver'],
    ],
    [
      'at their address',
      receiver('http', passThrough, parameter('port', '8280') + parameter('bind-address', '10.0.0.7')),
      ['8282 http receiver @10.0.0.7'],
    ],
    [
      'of NIO',
      receiver('https', 'org.apache.synapse.transport.nhttp.HttpCoreNIOSSLListener', parameter('port', '8243')),
      ['8245 https receiver'],
    ],
    [
      'of Axis2 itself, which knows no offset',
      receiver('tcp', 'org.apache.axis2.transport.tcp.TCPServer', parameter('transport.tcp.port', '6060')),
      ['6060 tcp receiver'],
    ],
    [
      'but not the servlet transports',
      receiver('http', 'org.wso2.carbon.core.transports.http.HttpTransportListener', parameter('port', '9763')),
      [],
    ],
    [
      'nor what has no port',
      receiver('local', 'org.wso2.carbon.core.transports.local.CarbonLocalTransportReceiver', ''),
      [],
    ],
    ['nor a sample', `<!--${receiver('http', passThrough, parameter('port', '8280'))}-->`, []],
    [
      'of two of one name the last',
      receiver('http', passThrough, parameter('port', '1')) + receiver('http', passThrough, parameter('port', '2')),
      ['4 http receiver'],
    ],
  ])('%s', async (_, receivers, ports) => {
    const files = { ...silent, 'carbon.xml': carbonXml('ESB', offset('2')), 'axis2/axis2.xml': axis2(receivers) };
    expect(await portsOf(files)).toEqual(ports);
  });
});

describe('membership', () => {
  const group = (enable: string): string =>
    `<groupManagement enable="${enable}"><applicationDomain name="a.domain" port="2222"/></groupManagement>`;

  test.each([
    [
      'does not move',
      clustering(parameter('membershipScheme', 'wka') + parameter('localMemberPort', '4001')),
      ['4001 localMemberPort'],
    ],
    ['is 4000 where nothing else is said', clustering(parameter('membershipScheme', 'wka')), ['4000 localMemberPort']],
    [
      'shares a port in the multicast scheme',
      clustering(parameter('membershipScheme', 'multicast') + parameter('mcastPort', '45565')),
      ['4000 localMemberPort', '45565 mcastPort (multicast)'],
    ],
    ['needs clustering', clustering(parameter('localMemberPort', '4001'), `class="${hazelcast}" enable="false"`), []],
    [
      'is enabled without a word',
      clustering(parameter('membershipScheme', 'wka'), `class="${tribes}"`),
      ['4000 localMemberPort'],
    ],
    [
      'skips a placeholder',
      clustering(parameter('membershipScheme', 'wka') + parameter('localMemberPort', '${member.port}')),
      [],
    ],
    [
      'listens for groups',
      clustering(parameter('membershipScheme', 'wka') + group('true')),
      ['4000 localMemberPort', '2222 applicationDomain a.domain'],
    ],
    [
      'listens for groups only where that is enabled',
      clustering(parameter('membershipScheme', 'wka') + group('false')),
      ['4000 localMemberPort'],
    ],
    [
      'listens for groups in Tribes at its own port',
      clustering(parameter('membershipScheme', 'wka') + group('true'), `class="${tribes}" enable="true"`),
      ['4000 localMemberPort'],
    ],
  ])('%s', async (_, axis2Xml, ports) => {
    const files = { ...silent, 'carbon.xml': carbonXml('ESB', offset('9')), 'axis2/axis2.xml': axis2Xml };
    expect(await portsOf(files)).toEqual(ports);
  });

  test('is as hazelcast.xml says, where there is one', async () => {
    const files = { ...silent, 'axis2/axis2.xml': clustering(''), 'hazelcast.xml': '<hazelcast/>' };
    expect(await portsOf(files)).toEqual([]);
  });

  test('takes the ports of groups from loadbalancer.conf, the later of two, and none below 0', async () => {
    const properties = (...ports: readonly string[]): readonly { key: string; value: string; line: number }[] =>
      ports.map((value, index) => ({ key: 'group_mgt_port', value, line: index + 5 }));
    const domain = { name: 'wso2.esb.domain', line: 4, properties: properties('4500', '5000'), children: [] };
    const off = { name: 'wso2.as.domain', line: 9, properties: properties('-1'), children: [] };
    const services = { name: 'services', line: 1, properties: [], children: [domain, off] };
    const other = { name: 'loadbalancer', line: 1, properties: properties('4600'), children: [] };
    const facts = await surveyedHome({
      ...silent,
      'axis2/axis2.xml': clustering(parameter('membershipScheme', 'wka')),
    });
    const loadBalancerConf = {
      path: 'repository/conf/loadbalancer.conf',
      nodes: [other, services],
      traps: [],
      isStratos: false,
    };
    const [, found, ...others] = effectivePorts({ ...facts, loadBalancerConf });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      setting: 'group_mgt_port of wso2.esb.domain',
      port: 5000,
      source: { path: 'repository/conf/loadbalancer.conf', line: 6, value: '5000' },
    });
  });
});

describe('remote monitoring', () => {
  const jmxXml = (start: string, registry: string): string =>
    `<JMX xmlns="http://wso2.org/projects/carbon/jmx.xml"><StartRMIServer>${start}</StartRMIServer><RMIRegistryPort>${registry}</RMIRegistryPort></JMX>`;
  const ports =
    '<Ports><Offset>1</Offset><JMX><RMIRegistryPort>9999</RMIRegistryPort><RMIServerPort>11111</RMIServerPort></JMX></Ports>';

  test.each([
    [
      'takes its ports from carbon.xml',
      { 'etc/jmx.xml': jmxXml('true', '${Ports.JMX.RMIRegistryPort}') },
      ['10000 JMX RMIRegistryPort'],
    ],
    ['does not move a number of its own', { 'etc/jmx.xml': jmxXml('true', '9995') }, ['9995 JMX RMIRegistryPort']],
    ['is on where a home has no jmx.xml', {}, ['10000 JMX RMIRegistryPort', '11112 JMX RMIServerPort']],
    ['is off where jmx.xml says it', { 'etc/jmx.xml': jmxXml('false', '9995') }, []],
    [
      'takes the shipped port where the home has no carbon.xml',
      { 'carbon.xml': undefined, 'etc/jmx.xml': jmxXml('true', '${Ports.JMX.RMIRegistryPort}') },
      ['9999 JMX RMIRegistryPort'],
    ],
    ['knows no other placeholder', { 'etc/jmx.xml': jmxXml('true', '${jmx.port}') }, []],
  ])('%s', async (_, files, expected) => {
    expect(await portsOf({ ...noServlets, 'carbon.xml': carbonXml('ESB', ports), ...files })).toEqual(expected);
  });

  test('names the place in carbon.xml', async () => {
    const facts = await surveyedHome({ ...noServlets, 'carbon.xml': carbonXml('ESB', `\n${ports}`) });
    expect(effectivePorts(facts)[0]?.source).toEqual({
      value: '9999',
      path: 'repository/conf/carbon.xml',
      line: 5,
      column: 31,
    });
  });
});

describe('what a file switches on', () => {
  const ldap = (enable: string, kdc: string): string => `<EmbeddedLDAPConfig>
    <EmbeddedLDAP><Property name="enable">${enable}</Property><Property name="port">\${Ports.EmbeddedLDAP.LDAPServerPort}</Property></EmbeddedLDAP>
    <KDCServer><Property name="enabled">${kdc}</Property><Property name="protocol">UDP</Property><Property name="port">8000</Property></KDCServer>
  </EmbeddedLDAPConfig>`;
  const ldapPorts =
    '<Ports><Offset>1</Offset><EmbeddedLDAP><LDAPServerPort>10389</LDAPServerPort></EmbeddedLDAP></Ports>';
  const entitlement = (enable: string): string =>
    `<Server xmlns="http://wso2.org/projects/carbon/carbon.xml"><EntitlementSettings><ThirftBasedEntitlementConfig>
      <EnableThriftService>${enable}</EnableThriftService><ReceivePort>\${Ports.ThriftEntitlementReceivePort}</ReceivePort>
    </ThirftBasedEntitlementConfig></EntitlementSettings></Server>`;
  const broker = (amqp: string, mqtt: string): string => `<broker>
    <coordination><thriftServerHost>localhost</thriftServerHost><thriftServerPort>7611</thriftServerPort></coordination>
    <transports>
      <amqp enabled="${amqp}"><bindAddress>10.0.0.7</bindAddress><defaultConnection enabled="true" port="5672"/><sslConnection enabled="false" port="8672"/></amqp>
      <mqtt enabled="${mqtt}"><bindAddress>0.0.0.0</bindAddress><defaultConnection enabled="true" port="1883"/><sslConnection enabled="true" port="8883"/></mqtt>
    </transports></broker>`;
  const thrift = (content: string): string =>
    `<APIManager><Gateway/><APIKeyValidator>${content}</APIKeyValidator></APIManager>`;
  const h2 = (content: string): string =>
    carbonXml('ESB', `<Ports><Offset>1</Offset></Ports><H2DatabaseConfiguration>${content}</H2DatabaseConfiguration>`);
  const ha = (
    enable: string,
    worker: string,
  ): string => `<eventProcessorConfiguration><mode name="HA" enable="${enable}">
    <nodeType><worker enable="${worker}"/><presenter enable="true"/></nodeType>
    <eventSync><hostName>10.0.0.7</hostName><port>11224</port></eventSync><management><port>10005</port></management><presentation><port>11000</port></presentation>
    </mode><mode name="Distributed" enable="true"><nodeType><manager enable="true"><port>8904</port></manager></nodeType></mode></eventProcessorConfiguration>`;

  test.each<[string, Files, readonly string[]]>([
    [
      'the embedded user store',
      { 'embedded-ldap.xml': ldap('true', 'false'), 'carbon.xml': carbonXml('IS', ldapPorts) },
      ['10390 LDAPServerPort'],
    ],
    [
      'the Kerberos server of it, with a port of its own',
      { 'identity/embedded-ldap.xml': ldap('true', 'true'), 'carbon.xml': carbonXml('IS', ldapPorts) },
      ['10390 LDAPServerPort', '8000 KDCServerPort (udp)'],
    ],
    [
      'no Kerberos server without it',
      { 'embedded-ldap.xml': ldap('false', 'true'), 'carbon.xml': carbonXml('IS', ldapPorts) },
      [],
    ],
    [
      'entitlement over Thrift',
      {
        'identity.xml': entitlement('true'),
        'carbon.xml': carbonXml(
          'ESB',
          '<Ports><Offset>1</Offset><ThriftEntitlementReceivePort>10500</ThriftEntitlementReceivePort></Ports>',
        ),
      },
      ['10501 ThriftEntitlementReceivePort'],
    ],
    [
      'no entitlement as shipped',
      {
        'identity/identity.xml': entitlement('false'),
        'carbon.xml': carbonXml(
          'ESB',
          '<Ports><ThriftEntitlementReceivePort>10500</ThriftEntitlementReceivePort></Ports>',
        ),
      },
      [],
    ],
    [
      'a broker',
      { 'broker.xml': broker('true', 'true'), 'carbon.xml': carbonXml('MB', offset('3')) },
      ['5675 AMQP @10.0.0.7', '1886 MQTT', '8886 MQTT over TLS'],
    ],
    [
      'a broker without MQTT',
      { 'broker.xml': broker('true', 'false'), 'carbon.xml': carbonXml('MB') },
      ['5672 AMQP @10.0.0.7'],
    ],
    [
      'brokers of a cluster',
      {
        'broker.xml': broker('false', 'false'),
        'axis2/axis2.xml': clustering(parameter('membershipScheme', 'wka')),
        'carbon.xml': carbonXml('MB', offset('3')),
      },
      ['4000 localMemberPort', '7614 thriftServerPort @localhost'],
    ],
    [
      'event receivers of old',
      {
        'data-bridge/data-bridge-config.xml':
          '<dataBridgeConfiguration><thriftDataReceiver><hostName>0.0.0.0</hostName><port>7611</port><securePort>7711</securePort></thriftDataReceiver></dataBridgeConfiguration>',
        'carbon.xml': carbonXml('DAS', offset('1')),
      },
      ['7612 thrift events', '7712 thrift events over TLS'],
    ],
    [
      'event receivers',
      {
        'data-bridge/data-bridge-config.xml':
          '<dataBridgeConfiguration><dataReceiver name="Binary"><config name="tcpPort">9611</config><config name="sslPort">9711</config><config name="poolSize">1</config></dataReceiver></dataBridgeConfiguration>',
      },
      ['9611 binary events', '9711 binary events over TLS'],
    ],
    [
      'an HA worker',
      { 'event-processor.xml': ha('true', 'true') },
      ['11224 HA eventSync @10.0.0.7', '10005 HA management', '11000 HA presentation'],
    ],
    ['an HA presenter', { 'event-processor.xml': ha('true', 'false') }, ['11000 HA presentation']],
    ['no HA as shipped', { 'event-processor.xml': ha('false', 'true') }, []],
    [
      'key validation',
      {
        'api-manager.xml': thrift('<EnableThriftServer>true</EnableThriftServer>'),
        'carbon.xml': carbonXml('X', offset('1')),
      },
      ['10398 ThriftServerPort'],
    ],
    [
      'key validation at a port that does not move',
      {
        'api-manager.xml': thrift(
          '<EnableThriftServer>true</EnableThriftServer><ThriftServerPort>10397</ThriftServerPort>',
        ),
        'carbon.xml': carbonXml('X', offset('1')),
      },
      ['10397 ThriftServerPort'],
    ],
    [
      'no key validation',
      {
        'api-manager.xml': thrift('<EnableThriftServer>false</EnableThriftServer>'),
        'carbon.xml': carbonXml('AM', '', '1.8.0'),
      },
      [],
    ],
    [
      'the console of H2',
      {
        'carbon.xml': h2(
          '<property name="web"/><property name="webPort">8082</property><property name="tcpPort">9092</property>',
        ),
      },
      ['8082 H2 webPort'],
    ],
    ['a server of H2 at its own port', { 'carbon.xml': h2('<property name="tcp"/>') }, ['9092 H2 tcpPort']],
    [
      'a JNDI provider',
      { 'carbon.xml': carbonXml('BPS', '<Ports><Offset>1</Offset><JNDIProviderPort>2199</JNDIProviderPort></Ports>') },
      ['2200 JNDIProviderPort'],
    ],
  ])('%s', async (_, files, ports) => {
    expect(await portsOf({ ...silent, ...files })).toEqual(ports);
  });
});

describe('what a product ships with, where the home has no file for it', () => {
  const apiManager = [
    '5672 AMQP',
    '8672 AMQP over TLS',
    '7611 thrift events',
    '7711 thrift events over TLS',
    '9611 binary events',
    '9711 binary events over TLS',
    '9099 WebSocket',
  ];

  test.each<[string, Files, Partial<CarbonHome>, readonly string[]]>([
    ['API Manager 2', { 'carbon.xml': carbonXml('AM', '', '2.1.0') }, {}, [...apiManager, '10397 ThriftServerPort']],
    ['API Manager 1', { 'carbon.xml': carbonXml('AM', '<Name>x</Name>', '1.8.0') }, {}, ['10397 ThriftServerPort']],
    ['API Manager 3', { 'carbon.xml': carbonXml('AM', '', '3.0.0') }, {}, apiManager],
    [
      'API Manager by its name',
      {},
      { productName: 'WSO2 API Manager', productVersion: '1.8.0' },
      ['10397 ThriftServerPort'],
    ],
    [
      'a renamed server by its key',
      { 'carbon.xml': carbonXml('ESB', '<Name>WSO2 API Manager</Name>') },
      { productName: 'WSO2 API Manager' },
      [],
    ],
    [
      'API Manager’s analytics',
      { 'carbon.xml': carbonXml('AM-Analytics', '', '2.1.0') },
      {},
      ['7611 thrift events', '7711 thrift events over TLS', '9611 binary events', '9711 binary events over TLS'],
    ],
    ['Message Broker', { 'carbon.xml': carbonXml('MB', '', '3.1.0') }, {}, ['5672 AMQP', '8672 AMQP over TLS']],
    [
      'Message Broker of Carbon 4.0',
      {
        'carbon.xml': carbonXml(
          'MB',
          '<Ports><EmbeddedQpid><BrokerPort>5673</BrokerPort><BrokerSSLPort>8673</BrokerSSLPort></EmbeddedQpid></Ports>',
          '2.0.1',
        ),
      },
      {},
      ['5673 AMQP', '8673 AMQP over TLS'],
    ],
    [
      'another product of Carbon 4.0, which has only the settings',
      { 'carbon.xml': carbonXml('ESB', '<Ports><EmbeddedQpid><BrokerPort>5673</BrokerPort></EmbeddedQpid></Ports>') },
      {},
      [],
    ],
    [
      'Identity Server',
      {
        'carbon.xml': carbonXml(
          'IS',
          '<Ports><EmbeddedLDAP><LDAPServerPort>10389</LDAPServerPort></EmbeddedLDAP></Ports>',
          '5.3.0',
        ),
      },
      {},
      ['10389 LDAPServerPort'],
    ],
    [
      'Business Activity Monitor',
      { 'carbon.xml': carbonXml('BAM', '', '2.5.0') },
      {},
      ['7611 thrift events', '7711 thrift events over TLS', '9160 Cassandra', '21000 Hive'],
    ],
    ['Enterprise Integrator', { 'carbon.xml': carbonXml('EI', '', '6.6.0') }, {}, []],
  ])('%s', async (_, files, home, ports) => {
    expect(await portsOf({ ...silent, ...files }, home)).toEqual(ports);
  });
});
