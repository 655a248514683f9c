import { describe, expect, test } from '@jest/globals';
import { parseText } from '../../lib/xml/document';
import { describeHome, recogniseProduct, type CarbonHome, type HomeEvidence } from '../../lib/carbon/carbon-home';

const none: HomeEvidence = { version: undefined, carbonVersion: undefined, carbonXml: undefined, axis2Xml: undefined };
const unknown = {
  productName: undefined,
  productVersion: undefined,
  carbonVersion: undefined,
  clusteringClass: undefined,
};
const carbonXml = (content: string): string =>
  `<Server xmlns="http://wso2.org/projects/carbon/carbon.xml">${content}</Server>`;

function recognised(evidence: Partial<Record<keyof HomeEvidence, string>>): object {
  const { version, carbonVersion, carbonXml: server, axis2Xml } = evidence;
  return recogniseProduct({
    ...none,
    version: version === undefined ? undefined : Buffer.from(version),
    carbonVersion: carbonVersion === undefined ? undefined : Buffer.from(carbonVersion),
    carbonXml: server === undefined ? undefined : parseText(server, 'carbon.xml'),
    axis2Xml: axis2Xml === undefined ? undefined : parseText(axis2Xml, 'axis2.xml'),
  });
}

describe('recogniseProduct', () => {
  test('finds nothing in nothing', () => {
    expect(recognised({})).toEqual(unknown);
  });

  test.each([
    ['WSO2 Enterprise Service Bus v5.0.0\n', 'WSO2 Enterprise Service Bus', '5.0.0'],
    ['  WSO2 API Manager   v1.8.0  \r\n', 'WSO2 API Manager', '1.8.0'],
    ['WSO2 Vault v2 v3.1.0-SNAPSHOT', 'WSO2 Vault v2', '3.1.0-SNAPSHOT'],
    ['${product.name} v${product.version}', undefined, undefined],
    ['${product.name} v6.0.0', undefined, undefined],
    ['WSO2 Enterprise Service Bus', undefined, undefined],
    ['', undefined, undefined],
  ])('bin/version.txt %j is %s %s', (version, productName, productVersion) => {
    expect(recognised({ version })).toEqual({ ...unknown, productName, productVersion });
  });

  test.each([
    ['WSO2 Carbon Framework v4.4.8\n', '4.4.8'],
    ['WSO2 Carbon Framework v4.4.1-SNAPSHOT', '4.4.1-SNAPSHOT'],
    ['${carbon.version}', undefined],
  ])('bin/wso2carbon-version.txt %j is %s', (text, carbonVersion) => {
    expect(recognised({ carbonVersion: text })).toEqual({ ...unknown, carbonVersion });
  });

  test.each([
    ['<Name>WSO2 Message Broker</Name><Version> 3.1.0\n</Version>', 'WSO2 Message Broker', '3.1.0'],
    ['<Sub><Name>a</Name></Sub><Version>2</Version>', 'WSO2 X', '2'],
    ['<!--Name>a</Name--><Name></Name><Version/>', 'WSO2 X', '1.0'],
  ])('carbon.xml with %j wins over version.txt: %s %s', (content, productName, productVersion) => {
    expect(recognised({ version: 'WSO2 X v1.0', carbonXml: carbonXml(content) })).toEqual({
      ...unknown,
      productName,
      productVersion,
    });
  });

  test('the clustering class is that of the live element', () => {
    const axis2Xml = '<a><!--<clustering class="x"/>--><clustering class="y.Agent" enable="false"/></a>';
    expect(recognised({ axis2Xml })).toEqual({ ...unknown, clusteringClass: 'y.Agent' });
  });
});

describe('describeHome', () => {
  const home: CarbonHome = {
    path: '/opt/esb',
    confFolder: 'repository/conf',
    profile: undefined,
    productName: 'WSO2 Enterprise Service Bus',
    productVersion: '5.0.0',
    carbonVersion: '4.4.8',
    clusteringClass: 'org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent',
    isLoadBalancer: false,
    hasBeenStarted: false,
  };

  test.each<[string, Partial<CarbonHome>]>([
    ['WSO2 Enterprise Service Bus 5.0.0 (Carbon 4.4.8), repository/conf, Hazelcast clustering', {}],
    [
      'WSO2 Enterprise Service Bus 5.0.0 (Carbon 4.4.8), repository/conf, Tribes clustering',
      { clusteringClass: 'org.apache.axis2.clustering.tribes.TribesClusteringAgent' },
    ],
    [
      'unnamed product (Carbon 4.4.8), conf, no clustering element',
      { productName: undefined, productVersion: undefined, confFolder: 'conf', clusteringClass: undefined },
    ],
    [
      'WSO2 Message Broker 3.2.0 (Carbon 4.4.8), conf of profile broker, Hazelcast clustering',
      { productName: 'WSO2 Message Broker', productVersion: '3.2.0', confFolder: 'conf', profile: 'broker' },
    ],
    ['WSO2 Enterprise Service Bus 5.0.0, repository/conf, Own', { carbonVersion: undefined, clusteringClass: 'a.Own' }],
  ])('%s', (expected, changes) => {
    expect(describeHome({ ...home, ...changes })).toBe(expected);
  });
});
