import { describe, expect, test } from '@jest/globals';
import { axis2Xml } from '../../lib/carbon/files/axis2-xml';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { RoleName } from '../../lib/cluster/roles';
import type { ClusterNode, ClusterTopology } from '../../lib/cluster/topology';
import { applyRecipe, changedLines } from './apply-recipe';

const hazelcast = 'org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent';
const tribes = 'org.apache.axis2.clustering.tribes.TribesClusteringAgent';

/** A file with this content in `clustering`, and these receivers before it. */
function axis2(content: string, { agent = hazelcast, enable = ' enable="false"', receivers = '' } = {}): string {
  return `<axisconfig name="AxisJava2.0">\n${receivers}    <clustering class="${agent}"${enable}>\n${content}    </clustering>\n</axisconfig>\n`;
}

const parameters = [
  '        <parameter name="membershipScheme">wka</parameter>',
  '        <parameter name="domain">wso2.esb.domain</parameter>',
  '        <parameter name="localMemberHost">192.0.2.132</parameter>',
  '        <parameter name="localMemberPort">4000</parameter>',
];
const workerProperties = [
  '        <parameter name="properties">',
  '            <property name="subDomain" value="worker"/>',
  '        </parameter>',
];
const workerMembers = [
  '        <members>',
  '            <member>',
  '                <hostName>elb.wso2.com</hostName>',
  '                <port>5000</port>',
  '            </member>',
  '            <member>',
  '                <hostName>mgr.esb.wso2.com</hostName>',
  '                <port>4001</port>',
  '            </member>',
  '        </members>',
];
const lines = (...parts: readonly (readonly string[])[]): string => `${parts.flat().join('\n')}\n`;
const finished = lines(parameters, workerProperties, workerMembers);

describe('axis2.xml: clustering', () => {
  test('an empty clustering element gets all parameters in the documented order', () => {
    expect(applyRecipe(axis2Xml, 'worker', axis2('')).text).toBe(axis2(finished, { enable: ' enable="true"' }));
  });

  test.each([
    ['', ' enable="true"'],
    [' enable="true"', ' enable="true"'],
    [' enable="TRUE"', ' enable="true"'],
    [" enable = 'false'", " enable = 'true'"],
  ])('enable%s becomes%s', (before, after) => {
    expect(applyRecipe(axis2Xml, 'worker', axis2(finished, { enable: before })).text).toBe(
      axis2(finished, { enable: after }),
    );
  });

  test('enable stays on the line it has', () => {
    const twoLines = (value: string): string => axis2(finished, { enable: `\n                enable="${value}"` });
    expect(applyRecipe(axis2Xml, 'worker', twoLines('false')).text).toBe(twoLines('true'));
  });

  test.each([tribes, hazelcast])('the class %s is kept', (agent) => {
    expect(applyRecipe(axis2Xml, 'manager', axis2('', { agent })).text).toContain(
      `<clustering class="${agent}" enable`,
    );
  });

  test.each([
    [tribes, '4000'],
    [hazelcast, '5000'],
    ['com.example.OwnAgent', '5000'],
  ])('with %s the load balancer is met at port %s', (agent, port) => {
    const { text } = applyRecipe(axis2Xml, 'manager', axis2('', { agent }));
    expect(text).toContain(`<hostName>elb.wso2.com</hostName>\n                <port>${port}</port>`);
  });

  test('a value is set without the blanks it was padded with', () => {
    const before = axis2(finished.replace('>wso2.esb.domain<', '>\n            wso2.esb.domain\n        <'));
    expect(applyRecipe(axis2Xml, 'worker', before).text).toBe(axis2(finished, { enable: ' enable="true"' }));
  });

  test('what is in comments is not taken for a setting', () => {
    const comment = '        <!-- <parameter name="domain">a</parameter> <members><member/></members> -->\n';
    expect(applyRecipe(axis2Xml, 'worker', axis2(comment + finished)).text).toBe(
      axis2(comment + finished, { enable: ' enable="true"' }),
    );
  });

  test.each([
    '<!--parameter name="localMemberHost">127.0.0.1</parameter-->',
    '<!--<parameter name="localMemberHost">127.0.0.1</parameter>-->',
    '<!--\n        <parameter name="localMemberHost">127.0.0.1</parameter>\n        -->',
    '<!-- parameter name="localMemberHost">127.0.0.1</parameter -->',
  ])('localMemberHost goes behind its sample %j', (sample) => {
    const content = (host: string): string =>
      lines(
        [`        ${sample}`, ...(host === '' ? [] : [host]), '', '        <!-- more -->'],
        parameters.filter((one) => !one.includes('localMemberHost')),
        workerProperties,
        workerMembers,
      );
    const { text } = applyRecipe(axis2Xml, 'worker', axis2(content(''), { enable: ' enable="true"' }));
    expect(text).toBe(
      axis2(content('        <parameter name="localMemberHost">192.0.2.132</parameter>'), { enable: ' enable="true"' }),
    );
  });

  test('without a sample localMemberHost goes where the files document it', () => {
    const content = (...host: readonly string[]): string =>
      lines(
        parameters.slice(0, 2),
        ['        <parameter name="mcastTimeout">60</parameter>', ...host],
        parameters.slice(3),
        workerProperties,
        workerMembers,
      );
    expect(applyRecipe(axis2Xml, 'worker', axis2(content(), { enable: '' })).text).toBe(
      axis2(content('        <parameter name="localMemberHost">192.0.2.132</parameter>'), { enable: ' enable="true"' }),
    );
  });

  test('a parameter that is there twice is refused with both lines', () => {
    expect(() => applyRecipe(axis2Xml, 'worker', axis2(finished + '<parameter name="domain">x</parameter>\n'))).toThrow(
      'axis2/axis2.xml: 2 elements match',
    );
  });

  test.each([
    ['<axisconfig/>', 'axis2/axis2.xml: nothing matches /axisconfig/clustering'],
    [
      '<axisconfig><clustering class="a"/><clustering class="b"/></axisconfig>',
      'axis2/axis2.xml: 2 elements match /axisconfig/clustering (lines 1, 1)',
    ],
  ])('%s is refused', (text, message) => {
    expect(() => applyRecipe(axis2Xml, 'worker', text)).toThrow(message);
  });

  test('a scheme of a container platform gives way, with a note; its parameters stay', () => {
    const content = (scheme: string): string =>
      finished
        .replace('>wka<', `>${scheme}<`)
        .replace(
          '        <members>',
          '        <parameter name="KUBERNETES_NAMESPACE">wso2</parameter>\n        <members>',
        );
    const { text, notes } = applyRecipe(axis2Xml, 'worker', axis2(content('kubernetes')));
    expect(text).toBe(axis2(content('wka'), { enable: ' enable="true"' }));
    expect(notes).toEqual([
      'This home found its members by the scheme kubernetes; with wka it asks the listed members instead, and the parameters of kubernetes are left but no longer read.',
    ]);
  });

  test.each(['multicast', 'wka', ' wka '])('the scheme %j needs no note', (scheme) => {
    expect(applyRecipe(axis2Xml, 'worker', axis2(finished.replace('>wka<', `>${scheme}<`))).notes).toEqual([]);
  });
});

describe('axis2.xml: members', () => {
  const member = (host: string, port: number | string): string =>
    `            <member>\n                <hostName>${host}</hostName>\n                <port>${port}</port>\n            </member>\n`;
  const withMembers = (content: string): string =>
    axis2(lines(parameters, workerProperties) + content, { enable: ' enable="true"' });
  const list = (...items: readonly string[]): string => `        <members>\n${items.join('')}        </members>\n`;
  const right = [member('elb.wso2.com', 5000), member('mgr.esb.wso2.com', 4001)];

  test.each([
    ['the shipped example', [member('127.0.0.1', 4000)]],
    ['two examples of the older era', [member('127.0.0.1', 4000), member('127.0.0.1', 4001)]],
    ['more than are wanted', [member('a', 1), member('b', 2), member('c', 3)]],
    ['none', []],
    ['the right ones in another order', right.toReversed()],
    ['the right ones with others between', [right[0] ?? '', member('x', 9), right[1] ?? '']],
    ['port placeholders', [member('elb.wso2.com', '${port}'), member('mgr.esb.wso2.com', 4001)]],
  ])('%s give way to exactly the wanted list', (_, items) => {
    expect(applyRecipe(axis2Xml, 'worker', withMembers(list(...items))).text).toBe(withMembers(list(...right)));
  });

  test('an empty tag is opened', () => {
    expect(applyRecipe(axis2Xml, 'worker', withMembers('        <members/>\n')).text).toBe(withMembers(list(...right)));
  });

  test('a list that the cluster says is empty is cleared, its comments stay', () => {
    const before = withMembers(`        <members>\n            <!-- ours -->\n${right.join('')}        </members>\n`);
    expect(applyRecipe(axis2Xml, 'worker', before, { members: [] }).text).toBe(
      withMembers('        <members>\n            <!-- ours -->\n        </members>\n'),
    );
  });

  test('a comment in a member that goes is kept', () => {
    const commented = member('127.0.0.1', 4000).replace('<port>', '<!-- first manager -->\n                <port>');
    const { text } = applyRecipe(axis2Xml, 'worker', withMembers(list(commented, member('b', 2), member('c', 3))));
    expect(text).toContain('<!-- first manager -->');
  });

  test.each([
    '<!-- <members>\n            <member>\n            </member>\n        </members>-->',
    '<!-- members>\n            <member>\n            </member>\n        </members -->',
    '<!--members>\n            <member/>\n        </members-->',
  ])('commented-out members stay, and the list goes behind them: %j', (sample) => {
    const before = withMembers(`        ${sample}\n\n        <groupManagement enable="false"/>\n`);
    const after = withMembers(`        ${sample}\n${list(...right)}\n        <groupManagement enable="false"/>\n`);
    expect(applyRecipe(axis2Xml, 'worker', before).text).toBe(after);
  });

  test('without any, the list goes behind the last parameter, also where that is one of another scheme', () => {
    const tail = '        <parameter name="USE_DNS">false</parameter>\n';
    const groups = '\n        <groupManagement enable="false"/>\n';
    expect(applyRecipe(axis2Xml, 'worker', withMembers(tail + groups)).text).toBe(
      withMembers(tail + list(...right) + groups),
    );
  });

  test('of two lists Carbon reads the first: that one is set, and a note says so', () => {
    const before = withMembers(list(member('127.0.0.1', 4000)) + list(member('old', 1)));
    const { text, notes } = applyRecipe(axis2Xml, 'worker', before);
    expect(text).toBe(withMembers(list(...right) + list(member('old', 1))));
    expect(notes).toEqual([
      'axis2.xml has 2 members elements, of which Carbon reads only the first: that one is set; remove the others.',
    ]);
  });
});

describe('axis2.xml: properties of a member', () => {
  const withProperties = (content: string): string =>
    axis2(lines(parameters) + content + lines(workerMembers), { enable: ' enable="true"' });
  const properties = (...items: readonly string[]): string =>
    lines([
      '        <parameter name="properties">',
      ...items.map((one) => `            ${one}`),
      '        </parameter>',
    ]);
  const stock = '<property name="backendServerURL" value="https://${hostName}:${httpsPort}/services/"/>';
  const worker = '<property name="subDomain" value="worker"/>';
  const mgt = '<property name="subDomain" value="mgt"/>';
  const mapping = (port: number, to: number): string => `<property name="port.mapping.${port}" value="${to}"/>`;

  /** The properties that a manager or worker gets where the file has these. */
  function propertiesFor(role: 'manager' | 'worker', before: string, offset?: number): string {
    const overrides = offset === undefined ? {} : { offset };
    const { text } = applyRecipe(axis2Xml, role, withProperties(before), overrides);
    return /^ *<parameter name="properties">.*?<\/parameter>\n/ms.exec(text)?.[0] ?? '';
  }

  test('a manager gets its sub-domain and the effective servlet ports', () => {
    expect(propertiesFor('manager', properties(stock, worker))).toBe(
      properties(stock, mgt, mapping(80, 9764), mapping(443, 9444)),
    );
    expect(propertiesFor('manager', properties(stock), 10)).toBe(
      properties(stock, mgt, mapping(80, 9773), mapping(443, 9453)),
    );
  });

  test('a worker gets its sub-domain and loses mappings that a manager left', () => {
    expect(propertiesFor('worker', properties(stock, mgt, mapping(80, 9764), mapping(8243, 9444)))).toBe(
      properties(stock, worker),
    );
  });

  test('a manager keeps mappings of other ports, and new ones go behind them', () => {
    expect(propertiesFor('manager', properties(mgt, mapping(8290, 9763), stock))).toBe(
      properties(mgt, mapping(8290, 9763), mapping(80, 9764), mapping(443, 9444), stock),
    );
  });

  test('a manager without a load balancer in front gets no mapping', () => {
    const [, ...nodes] = exampleCluster.nodes;
    const cluster = { ...exampleCluster, nodes: nodes as unknown as readonly [ClusterNode, ...ClusterNode[]] };
    const before = withProperties(properties(stock, worker));
    const { text } = applyRecipe(axis2Xml, 'manager', before, {}, cluster);
    expect(text).toContain(properties(stock, mgt));
    expect(text).toContain('<hostName>mgr.esb.wso2.com</hostName>\n                <port>4001</port>');
  });

  test('the sample that suits the role is the neighbour of a new property', () => {
    const samples = [
      '<!-- manager -->',
      '<!--property name="port.mapping.8280" value="9764"/>',
      '<property name="port.mapping.8243" value="9444"/>',
      '<property name="subDomain" value="mgt"/-->',
      '<!-- worker -->',
      '<!--property name="subDomain" value="worker"/-->',
    ];
    expect(propertiesFor('worker', properties(stock, ...samples))).toBe(properties(stock, ...samples, worker));
    expect(propertiesFor('manager', properties(stock, ...samples))).toBe(
      properties(stock, ...samples.slice(0, 4), mgt, mapping(80, 9764), mapping(443, 9444), ...samples.slice(4)),
    );
  });

  test('without the parameter it is made, behind the last one before it', () => {
    const content = lines(
      parameters,
      ['        <parameter name="atmostOnceMessageSemantics">false</parameter>'],
      workerMembers,
    );
    expect(applyRecipe(axis2Xml, 'worker', axis2(content)).text).toBe(
      axis2(content.replace('Semantics">false</parameter>\n', `$&${lines(workerProperties)}`), {
        enable: ' enable="true"',
      }),
    );
  });

  test('an empty parameter element is opened', () => {
    expect(propertiesFor('worker', '        <parameter name="properties"/>\n')).toBe(properties(worker));
  });

  test('a sub-domain that is there twice is refused', () => {
    expect(() => applyRecipe(axis2Xml, 'worker', withProperties(properties(worker, mgt)))).toThrow('2 elements match');
  });
});

describe('axis2.xml: listeners', () => {
  const receiver = (name: string, listener: string, ...items: readonly string[]): string =>
    lines([
      `    <transportReceiver name="${name}" class="${listener}">`,
      ...items.map((one) => `        ${one}`),
      '    </transportReceiver>',
    ]);
  const port = (value: number): string => `<parameter name="port" locked="false">${value}</parameter>`;
  const prefix = (value: string): string => `<parameter name="WSDLEPRPrefix" locked="false">${value}</parameter>`;
  const sample = '<!--parameter name="WSDLEPRPrefix" locked="false">https://apache:port/path</parameter-->';
  const http = prefix('http://esb.cloud-test.wso2.com:80');
  const https = prefix('https://esb.cloud-test.wso2.com:443');
  const passThrough = 'org.apache.synapse.transport.passthru.PassThroughHttpListener';
  const withReceivers = (receivers: string): string => axis2(finished, { enable: ' enable="true"', receivers });
  const nioBlocking = '<parameter name="non-blocking" locked="false">true</parameter>';

  test.each([
    'org.apache.synapse.transport.passthru.PassThroughHttpListener',
    'org.apache.synapse.transport.passthru.PassThroughHttpSSLListener',
    'org.apache.synapse.transport.passthru.PassThroughHttpMultiSSLListener',
    'org.wso2.carbon.transport.passthru.PassThroughHttpSSLListener',
    'org.apache.synapse.transport.nhttp.HttpCoreNIOListener',
    'org.apache.synapse.transport.nhttp.HttpCoreNIOSSLListener',
    'org.wso2.carbon.transport.nhttp.HttpCoreNIOMultiSSLListener',
  ])('%s gets the prefix', (listener) => {
    const receivers = (...items: readonly string[]): string => receiver('https', listener, port(8243), ...items);
    expect(applyRecipe(axis2Xml, 'worker', withReceivers(receivers())).text).toBe(withReceivers(receivers(https)));
  });

  test.each([
    ['http', 'org.wso2.carbon.core.transports.http.HttpTransportListener'],
    ['https', 'org.wso2.carbon.core.transports.http.HttpsTransportListener'],
    ['local', passThrough],
    ['jms', 'org.apache.axis2.transport.jms.JMSListener'],
  ])('the receiver %s of class %s is left alone', (name, listener) => {
    const text = withReceivers(receiver(name, listener, port(9763)));
    expect(applyRecipe(axis2Xml, 'manager', text).text).toContain(receiver(name, listener, port(9763)));
  });

  test.each([
    ['behind its sample', [port(8280), sample, nioBlocking], [port(8280), sample, http, nioBlocking]],
    [
      'behind bind-address',
      [port(8280), '<parameter name="bind-address">a</parameter>', nioBlocking],
      [port(8280), '<parameter name="bind-address">a</parameter>', http, nioBlocking],
    ],
    ['behind non-blocking', [nioBlocking, port(8280)], [nioBlocking, http, port(8280)]],
    ['last', ['<parameter name="a">b</parameter>'], ['<parameter name="a">b</parameter>', http]],
  ])('a new prefix goes %s', (_, before, after) => {
    expect(applyRecipe(axis2Xml, 'worker', withReceivers(receiver('http', passThrough, ...before))).text).toBe(
      withReceivers(receiver('http', passThrough, ...after)),
    );
  });

  test('a live prefix is changed where it stands, whatever attributes it has', () => {
    const live = (value: string): string => `<parameter locked="true" name="WSDLEPRPrefix">${value}</parameter>`;
    const text = (value: string): string =>
      withReceivers(receiver('http', passThrough, live(value), sample, port(8280)));
    expect(applyRecipe(axis2Xml, 'worker', text('https:esb::8243')).text).toBe(
      text('http://esb.cloud-test.wso2.com:80'),
    );
  });

  test('samples in receivers that are commented out are not used', () => {
    const disabled = `    <!--transportReceiver name="http" class="${passThrough}">\n        ${port(8280)}\n    </transportReceiver-->\n`;
    const text = (...items: readonly string[]): string =>
      withReceivers(disabled + receiver('http', passThrough, port(8280), ...items));
    expect(applyRecipe(axis2Xml, 'worker', text()).text).toBe(text(http));
  });

  test('of two receivers of one name each is set, as the last counts, and a note names both lines', () => {
    const nio = 'org.apache.synapse.transport.nhttp.HttpCoreNIOListener';
    const text = (...items: readonly string[]): string =>
      withReceivers(receiver('http', passThrough, port(8280), ...items) + receiver('http', nio, port(8280), ...items));
    const { text: result, notes } = applyRecipe(axis2Xml, 'worker', text());
    expect(result).toBe(text(http));
    expect(notes).toEqual([
      'axis2.xml has 2 receivers named http (lines 2, 5), of which the last counts: each is set; comment out those that are not meant.',
    ]);
  });

  test('a servlet receiver beside a pass-through one of the same name is left alone', () => {
    const servlet = receiver('http', 'org.wso2.carbon.core.transports.http.HttpTransportListener', port(9763));
    const text = (...items: readonly string[]): string =>
      withReceivers(servlet + receiver('http', passThrough, port(8280), ...items));
    expect(applyRecipe(axis2Xml, 'worker', text()).text).toBe(text(http));
  });
});

describe('axis2.xml: a load balancer', () => {
  const elb = (agent: string, http: number, https: number, content: string): string =>
    axis2(content, {
      agent,
      enable: ' enable="true"',
      receivers: lines([
        '   <transportReceiver name="http" class="org.apache.synapse.transport.passthru.PassThroughHttpListener">',
        `      <parameter name="port">${http}</parameter>`,
        '      <parameter name="non-blocking"> true</parameter>',
        '   </transportReceiver>',
        '   <transportReceiver name="https" class="org.apache.synapse.transport.passthru.PassThroughHttpSSLListener">',
        `        <parameter name="port" locked="false">${https}</parameter>`,
        '   </transportReceiver>',
      ]),
    });
  const shipped = [
    '        <parameter name="membershipScheme">wka</parameter>',
    '        <parameter name="domain">wso2.carbon.lb.domain</parameter>',
    '        <parameter name="localMemberPort">4000</parameter>',
    '        <parameter name="atmostOnceMessageSemantics">false</parameter>',
    '',
    '        <stateManager class="a" enable="false"/>',
  ];
  const patched = [
    ...shipped.slice(0, 2),
    '        <parameter name="localMemberHost">192.0.2.206</parameter>',
    ...shipped.slice(2, 4),
    '        <members>',
    '            <member>',
    '                <hostName>mgr.esb.wso2.com</hostName>',
    '                <port>4001</port>',
    '            </member>',
    '        </members>',
    ...shipped.slice(4),
  ];

  test.each([tribes, hazelcast])('with %s gets ports, host and members, and keeps its domain', (agent) => {
    expect(applyRecipe(axis2Xml, 'elb', elb(agent, 8280, 8243, lines(shipped))).text).toBe(
      elb(agent, 80, 443, lines(patched)),
    );
  });

  test('joins a domain that is asked for', () => {
    const { text } = applyRecipe(axis2Xml, 'elb', elb(tribes, 8280, 8243, lines(shipped)), {
      domain: 'wso2.as.domain',
    });
    expect(text).toContain('<parameter name="domain">wso2.as.domain</parameter>');
  });

  test('on low ports has to be started by root', () => {
    const notes = (text: string): readonly string[] => applyRecipe(axis2Xml, 'elb', text).notes;
    expect(notes(elb(tribes, 8280, 8243, lines(shipped)))).toEqual([
      'Ports below 1024 (80, 443) need root on Linux: start the load balancer with sudo -E sh bin/wso2server.sh.',
    ]);
  });

  test('gets no properties and no prefix', () => {
    const { text } = applyRecipe(axis2Xml, 'elb', elb(hazelcast, 8280, 8243, lines(shipped)));
    expect(text).not.toMatch(/properties|WSDLEPRPrefix/);
  });
});

describe('axis2.xml: what the cluster states for a node', () => {
  /** The cluster with other values for the node of a role. */
  const stating = (role: RoleName, values: Partial<ClusterNode>): ClusterTopology => {
    const change = (node: ClusterNode): ClusterNode => (node.role === role ? { ...node, ...values } : node);
    const [first, ...others] = exampleCluster.nodes;
    return { ...exampleCluster, nodes: [change(first), ...others.map(change)] };
  };
  const properties = (text: string): readonly string[] =>
    [...text.matchAll(/<property name="(.*)" value="(.*)"\/>/g)].map(([, name, value]) => `${name}=${value}`);

  test.each<[RoleName, Partial<ClusterNode>, readonly string[]]>([
    ['worker', { subDomain: 'gateway' }, ['subDomain=gateway']],
    ['worker', { properties: { remoteHost: 'a"b' } }, ['subDomain=worker', 'remoteHost=a&quot;b']],
    ['worker', { properties: { 'port.mapping.80': '8280' } }, ['subDomain=worker', 'port.mapping.80=8280']],
    [
      'manager',
      { properties: { 'port.mapping.443': '9999', "it's": '1' } },
      ['subDomain=mgt', 'port.mapping.80=9764', 'port.mapping.443=9999', "it's=1"],
    ],
    ['elb', { subDomain: 'front' }, ['subDomain=front']],
    ['elb', { properties: { a: 'b' } }, ['a=b']],
  ])('a %s with %j has the properties %j', (role, values, expected) => {
    const before = axis2(
      '        <parameter name="properties">\n            <property name="port.mapping.1" value="1"/>\n        </parameter>\n',
    );
    const { text } = applyRecipe(axis2Xml, role, role === 'worker' ? before : axis2(''), {}, stating(role, values));
    expect([...properties(text)].sort()).toEqual([...expected].sort());
  });

  test('the virtual host of a node stands in its prefixes', () => {
    const receivers = `    <transportReceiver name="http" class="org.apache.synapse.transport.passthru.PassThroughHttpListener"/>\n`;
    const topology = stating('worker', { hostName: 'gw.example.org' });
    const { text } = applyRecipe(axis2Xml, 'worker', axis2(finished, { receivers }), {}, topology);
    expect(text).toContain('>http://gw.example.org:80</parameter>');
  });
});

describe('axis2.xml: multicast', () => {
  const multicast: ClusterTopology = { ...exampleCluster, membershipScheme: 'multicast' };
  const note =
    'With multicast the nodes find each other by themselves, and the list of members stays empty; all of them have to be in one network that lets multicast through.';
  const right = finished.replace('>wka<', '>multicast<');

  test('empties the list and keeps the element', () => {
    const { text, notes } = applyRecipe(axis2Xml, 'worker', axis2(finished), {}, multicast);
    const empty = right.replace(/<members>[^]*<\/members>/, '<members>\n        </members>');
    expect(text).toBe(axis2(empty, { enable: ' enable="true"' }));
    expect(notes).toEqual([note]);
  });

  test('makes no list where there is none', () => {
    const none = right.replace(/ *<members>[^]*<\/members>\n/, '');
    const { text } = applyRecipe(axis2Xml, 'worker', axis2(none), {}, multicast);
    expect(text).toBe(axis2(none, { enable: ' enable="true"' }));
  });

  test('takes the place of a scheme of a container platform, with a note', () => {
    const { notes } = applyRecipe(axis2Xml, 'worker', axis2(finished.replace('>wka<', '>kubernetes<')), {}, multicast);
    expect(notes).toEqual([
      'This home found its members by the scheme kubernetes; with multicast it asks the network instead, and the parameters of kubernetes are left but no longer read.',
      note,
    ]);
  });
});

describe('axis2.xml: from one role to the other', () => {
  test('a manager that becomes a worker and a manager again is the manager it was', () => {
    const manager = applyRecipe(axis2Xml, 'manager', axis2('')).text;
    const worker = applyRecipe(axis2Xml, 'worker', manager).text;
    expect(applyRecipe(axis2Xml, 'manager', worker).text).toBe(manager);
    expect(changedLines(manager, worker).filter((line) => line.includes('port.mapping'))).toEqual([
      '-            <property name="port.mapping.80" value="9764"/>',
      '-            <property name="port.mapping.443" value="9444"/>',
    ]);
  });
});
