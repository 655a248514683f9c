import { describe, expect, test } from '@jest/globals';
import { readAxis2Facts } from '../../lib/carbon/facts/axis2-facts';
import { readCarbonXmlFacts } from '../../lib/carbon/facts/carbon-xml-facts';
import type { HomeFacts } from '../../lib/carbon/facts/home-facts';
import { readRegistryFacts } from '../../lib/carbon/facts/registry-facts';
import { roleOfHome } from '../../lib/check/role-of-home';
import { parseText } from '../../lib/xml/document';
import { emptyFacts } from './check-result';

/** Settings of a home as people see them. */
interface Signs {
  readonly subDomain?: string;
  readonly readOnly?: string;
  readonly mgtHostName?: string;
  readonly mapping?: string;
  readonly commits?: string;
}

function factsOf({ subDomain, readOnly, mgtHostName, mapping, commits }: Signs): HomeFacts {
  const property = (name: string, value: string | undefined): string =>
    value === undefined ? '' : `<property name="${name}" value="${value}"/>`;
  const properties = property('subDomain', subDomain) + property('port.mapping.80', mapping);
  const axis2 = `<a><clustering><parameter name="properties">${properties}</parameter></clustering></a>`;
  const host = mgtHostName === undefined ? '' : `<MgtHostName>${mgtHostName}</MgtHostName>`;
  const synchronizer = `<DeploymentSynchronizer><Enabled>true</Enabled><AutoCommit>${commits}</AutoCommit></DeploymentSynchronizer>`;
  const server = `<Server>${host}${commits === undefined ? '' : synchronizer}</Server>`;
  const instance = `<remoteInstance><readOnly>${readOnly}</readOnly></remoteInstance>`;
  const registry = `<wso2registry>${readOnly === undefined ? '' : instance}</wso2registry>`;
  return {
    ...emptyFacts('/srv/a'),
    axis2: readAxis2Facts(parseText(axis2, 'a')),
    carbonXml: readCarbonXmlFacts(parseText(server, 'c')),
    registry: readRegistryFacts(parseText(registry, 'r')),
  };
}

describe('without a cluster file a home is', () => {
  test.each<[string, Signs, string]>([
    ['a worker where nothing says more', {}, 'worker'],
    ['what its subDomain says', { subDomain: 'mgt' }, 'manager'],
    ['a worker by its subDomain', { subDomain: 'worker' }, 'worker'],
    ['a manager where it writes the registry', { readOnly: 'false' }, 'manager'],
    [
      'a manager in spite of the subDomain it was shipped with',
      { subDomain: 'worker', readOnly: 'false', mapping: '9763' },
      'manager',
    ],
    ['a worker where only its registry is wrong', { subDomain: 'worker', readOnly: 'false' }, 'worker'],
    ['a manager where only its registry is wrong', { subDomain: 'mgt', readOnly: 'true' }, 'manager'],
    ['a worker with a port mapping left over', { subDomain: 'worker', readOnly: 'true', mapping: '9763' }, 'worker'],
    ['a manager where it commits', { commits: 'true' }, 'manager'],
    ['a worker where it only checks out', { commits: 'false', mgtHostName: 'm' }, 'worker'],
    ['a manager by its MgtHostName', { mgtHostName: 'm' }, 'manager'],
  ])('%s: %j', (_, signs, role) => {
    expect(roleOfHome(factsOf(signs))).toBe(role);
  });

  test('a load balancer by its loadbalancer.conf, whatever else it says', () => {
    const facts = factsOf({ subDomain: 'mgt', readOnly: 'false' });
    expect(roleOfHome({ ...facts, home: { ...facts.home, isLoadBalancer: true } })).toBe('elb');
  });

  test('a worker where it has no files', () => {
    expect(roleOfHome(emptyFacts('/srv/a'))).toBe('worker');
  });
});
