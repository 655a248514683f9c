import { describe, expect, test } from '@jest/globals';
import { carbonXml } from '../../lib/carbon/files/carbon-xml';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { RoleName } from '../../lib/cluster/roles';
import type { ClusterNode, ClusterTopology } from '../../lib/cluster/topology';
import { applyRecipe } from './apply-recipe';

const namespace = ' xmlns="http://wso2.org/projects/carbon/carbon.xml"';
const server = (content: string, attributes = namespace): string => `<Server${attributes}>\n${content}</Server>\n`;
const ports = (offset: string): string => `    <Ports>\n${offset}        <JMX/>\n    </Ports>\n`;
const offset = (value: string): string => `        <Offset>${value}</Offset>\n`;
const host = '    <HostName>esb.cloud-test.wso2.com</HostName>\n';
const mgtHost = '    <MgtHostName>mgt.esb.wso2.com</MgtHostName>\n';

describe('carbon.xml', () => {
  test.each([
    ['manager', '1', host + mgtHost],
    ['worker', '0', host],
    ['elb', '0', ''],
  ] as const)('a %s gets its offset %s and its names', (role, value, names) => {
    const { text, notes } = applyRecipe(carbonXml, role, server(`    <Version>1</Version>\n${ports(offset('9'))}`));
    expect(text).toBe(server(`    <Version>1</Version>\n${names}${ports(offset(value))}`));
    expect(notes).toEqual([]);
  });

  test.each([
    '<!--HostName>www.wso2.org</HostName-->',
    '<!--\n    <HostName>a</HostName>\n    -->',
    '<!-- HostName>a</HostName -->',
  ])('HostName goes behind its sample %j, which stays', (sample) => {
    const text = (name: string): string => server(`    ${sample}\n${name}\n    <A/>\n${ports(offset('0'))}`);
    expect(applyRecipe(carbonXml, 'worker', text('')).text).toBe(text(host));
  });

  test('values are replaced where they stand, as placeholders too, and without their padding', () => {
    const before = server(
      `    <HostName>{{ HOST }}</HostName>\n    <MgtHostName>\n        localhost\n    </MgtHostName>\n${ports(offset('OFFSET'))}`,
    );
    expect(applyRecipe(carbonXml, 'manager', before).text).toBe(server(host + mgtHost + ports(offset('1'))));
  });

  test('names of the same spelling below other parents are left alone', () => {
    const analytics = '    <Analytics>\n        <HostName>a</HostName>\n        <Offset>3</Offset>\n    </Analytics>\n';
    expect(applyRecipe(carbonXml, 'worker', server(analytics + host + ports(offset('5')))).text).toBe(
      server(analytics + host + ports(offset('0'))),
    );
  });

  test.each([
    ['a missing offset is made first', ports(''), ports(offset('0'))],
    [
      'a missing offset goes behind its sample',
      ports('        <!-- shifts -->\n        <!--Offset>0</Offset-->\n'),
      ports(`        <!-- shifts -->\n        <!--Offset>0</Offset-->\n${offset('0')}`),
    ],
    [
      'an old value in a comment stays',
      ports(`        <!--\n        <Offset>0</Offset>\n        --><Offset>10</Offset>\n`),
      ports(`        <!--\n        <Offset>0</Offset>\n        --><Offset>0</Offset>\n`),
    ],
    ['empty ports are opened', '    <Ports/>\n', '    <Ports>\n        <Offset>0</Offset>\n    </Ports>\n'],
    ['missing ports are made', '', '    <Ports>\n        <Offset>0</Offset>\n    </Ports>\n'],
  ])('%s', (_, before, after) => {
    expect(applyRecipe(carbonXml, 'worker', server(host + before)).text).toBe(server(host + after));
  });

  test('without a sample a name goes where the files document it', () => {
    const before = server(`    <Name>a</Name>\n    <ServerURL>local:/</ServerURL>\n${ports(offset('1'))}`);
    const after = server(
      `    <Name>a</Name>\n${host}${mgtHost}    <ServerURL>local:/</ServerURL>\n${ports(offset('1'))}`,
    );
    expect(applyRecipe(carbonXml, 'manager', before).text).toBe(after);
  });

  test.each(['', ' xmlns:svns="http://org.wso2.securevault/configuration"', namespace + ' xmlns:a="b"'])(
    'the root may be <Server%s>',
    (attributes) => {
      const text = (value: string): string => server(host + ports(offset(value)), attributes);
      expect(applyRecipe(carbonXml, 'worker', text('4')).text).toBe(text('0'));
    },
  );

  test('two host names are refused with both lines, as Carbon and people disagree which counts', () => {
    const text = server(`${host}${ports(offset('0'))}    <HostName>localhost</HostName>\n`);
    expect(() => applyRecipe(carbonXml, 'worker', text)).toThrow(
      'carbon.xml: 2 elements match /Server/HostName (lines 2, 7)',
    );
  });

  test('host names and offset can be overridden', () => {
    const overrides = { hostName: 'as.example.org', mgtHostName: 'mgt.example.org', offset: 12 };
    const { text } = applyRecipe(carbonXml, 'manager', server(host + mgtHost + ports(offset('0'))), overrides);
    expect(text).toBe(
      server(
        `    <HostName>as.example.org</HostName>\n    <MgtHostName>mgt.example.org</MgtHostName>\n${ports(offset('12'))}`,
      ),
    );
  });
});

describe('carbon.xml: virtual hosts of one node', () => {
  test.each<[RoleName, Partial<ClusterNode>, string]>([
    ['manager', { hostName: 'a.example.org' }, 'a.example.org mgt.esb.wso2.com'],
    ['manager', { mgtHostName: 'b.example.org' }, 'esb.cloud-test.wso2.com b.example.org'],
    ['worker', { hostName: 'a.example.org' }, 'a.example.org none'],
    ['worker', { mgtHostName: 'b.example.org' }, 'esb.cloud-test.wso2.com b.example.org'],
    ['elb', { hostName: 'a.example.org', mgtHostName: 'b.example.org' }, 'none none'],
  ])('a %s with %j has %s', (role, values, expected) => {
    const change = (node: ClusterNode): ClusterNode => (node.role === role ? { ...node, ...values } : node);
    const [first, ...others] = exampleCluster.nodes;
    const topology: ClusterTopology = { ...exampleCluster, nodes: [change(first), ...others.map(change)] };
    const { text } = applyRecipe(carbonXml, role, server(ports(offset('0'))), {}, topology);
    const valueOf = (name: string): string => new RegExp(`<${name}>(.*)</${name}>`).exec(text)?.[1] ?? 'none';
    expect(`${valueOf('HostName')} ${valueOf('MgtHostName')}`).toBe(expected);
  });
});
