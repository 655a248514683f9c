import { describe, expect, test } from '@jest/globals';
import { readAxis2Facts, type Axis2Facts } from '../../../lib/carbon/facts/axis2-facts';
import { parseText } from '../../../lib/xml/document';

const read = (text: string): Axis2Facts => readAxis2Facts(parseText(text, 'repository/conf/axis2/axis2.xml'));

const clusteringOf = (inner: string, attributes = ''): NonNullable<Axis2Facts['clustering']> => {
  const { clustering } = read(`<axisconfig><clustering ${attributes}>${inner}</clustering></axisconfig>`);
  if (clustering === undefined) throw new Error('no clustering was read');
  return clustering;
};

describe('whether clustering is on', () => {
  test.each([
    ['enable="true"', true],
    ['enable="TRUE"', true],
    ['enable="false"', false],
    ['enable="yes"', false],
    ['enable=""', false],
    ['', true],
  ])('%j makes it %s', (attributes, expected) => {
    expect(clusteringOf('', attributes).enabled.value).toBe(expected);
  });

  test('an element that is commented out is none', () => {
    expect(read('<axisconfig><!--clustering enable="true"/--></axisconfig>').clustering).toBeUndefined();
  });

  test('of two elements the first counts', () => {
    expect(read('<a><clustering enable="false"/><clustering/></a>').clustering?.enabled.value).toBe(false);
  });
});

describe('places', () => {
  test('of elements are those of their start tags, in lines of any kind; of attributes those of their values', () => {
    const { clustering } = read(
      '<a>\r\n <b/>\r <clustering class="x.tribes.Y"\n>\n\t<parameter name="domain">d</parameter></clustering></a>',
    );
    const path = 'repository/conf/axis2/axis2.xml';
    expect(clustering?.enabled).toEqual({ value: true, path, line: 3, column: 2 });
    expect(clustering?.className).toEqual({ value: 'x.tribes.Y', path, line: 3, column: 21 });
    expect(clustering?.parameters.get('domain')).toEqual({ value: 'd', path, line: 5, column: 2 });
  });
});

describe('the clustering class', () => {
  test.each([
    ['class="org.apache.axis2.clustering.tribes.TribesClusteringAgent"', 'tribes'],
    ['class="org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent"', 'hazelcast'],
    ['', 'hazelcast'],
  ])('%s is of the era %s', (attributes, agent) => {
    expect(clusteringOf('', attributes)).toMatchObject({ agent });
  });

  test('is empty where there is none', () => {
    expect(clusteringOf('').className.value).toBe('');
  });
});

describe('parameters', () => {
  test('are trimmed, and of two of one name the last counts, in the order of the file', () => {
    const { parameters } = clusteringOf(
      `<parameter name="domain"> a </parameter><parameter name="x"/><!--parameter name="y">z</parameter-->
       <parameter name="domain"><![CDATA[b]]><!-- c -->&amp;</parameter>`,
    );
    expect([...parameters].map(([name, { value }]) => [name, value])).toEqual([
      ['domain', 'b&'],
      ['x', ''],
    ]);
  });

  test('of properties are told apart', () => {
    const clustering = clusteringOf(
      `<parameter name="properties"><property name="subDomain" value="worker"/><property name="subDomain" value="mgt"/>
       <property name="none"/><!--property name="port.mapping.80" value="9763"/--></parameter>`,
    );
    expect([...clustering.properties].map(([name, { value }]) => [name, value])).toEqual([
      ['subDomain', 'mgt'],
      ['none', ''],
    ]);
    expect(clustering.parameters.has('properties')).toBe(false);
  });
});

describe('members', () => {
  test('are trimmed, every list of them, and what is missing is empty', () => {
    const { memberLists } = clusteringOf(
      `<members><member><hostName> a </hostName><port> 4000 </port></member><!--member/--><member/></members><members/>`,
    );
    expect(memberLists.map(({ list, members }) => [list.value, members.map(({ value }) => value)])).toEqual([
      [
        2,
        [
          { hostName: 'a', port: '4000' },
          { hostName: '', port: '' },
        ],
      ],
      [0, []],
    ]);
  });
});

describe('groupManagement', () => {
  test('has its domains', () => {
    const { groupManagement } = clusteringOf(
      `<groupManagement enable="true"><applicationDomain name=" a.domain " port="2222"/><applicationDomain/></groupManagement>`,
    );
    expect(groupManagement?.value).toEqual({
      enabled: true,
      domains: [
        { name: 'a.domain', port: '2222' },
        { name: '', port: '' },
      ],
    });
  });

  test('is off where nothing says that it is on, and undefined where there is none', () => {
    expect(clusteringOf('<groupManagement/>').groupManagement?.value.enabled).toBe(false);
    expect(clusteringOf('').groupManagement).toBeUndefined();
  });
});

describe('receivers', () => {
  test('are listeners by their class', () => {
    const { receivers } = read(`<a>
      <transportReceiver name="http" class="org.apache.synapse.transport.passthru.PassThroughHttpListener">
        <parameter name="port" locked="false"> 8280 </parameter>
        <parameter name="keystore"><KeyStore/></parameter>
      </transportReceiver>
      <!--transportReceiver name="https" class="x"/-->
      <transportReceiver name="https" class="org.wso2.carbon.core.transports.http.HttpsTransportListener"/></a>`);
    expect(receivers.map(({ name, isListener }) => [name.value, isListener, name.line])).toEqual([
      ['http', true, 2],
      ['https', false, 7],
    ]);
    expect([...(receivers[0]?.parameters ?? [])].map(([name, { value }]) => [name, value])).toEqual([['port', '8280']]);
  });
});
