import { describe, expect, test } from '@jest/globals';
import { allProperties, declaredServices, defaultSubDomain } from '../../lib/elb/declarations';
import { knowsKey } from '../../lib/elb/known-keys';
import { parseLoadBalancerConf } from '../../lib/elb/parse-load-balancer-conf';
import { serviceNameOf } from '../../lib/elb/wanted-domain';

const conf = parseLoadBalancerConf(
  `loadbalancer {
  instances 1;
}
services {
  defaults {
    min_app_instances 1;
  }
  esb {
    hosts a.example.org,, b.example.org;
    group_mgt_port 4500;
    domains {
      wso2.esb.domain {
        group_mgt_port 5000;
        mgt {
          hosts mgt.example.org;
        }
        worker {
        }
      }
      wso2.bus.domain {
        sub_domain worker;
      }
      wso2.old.domain {
      }
    }
  }
}
`,
  'loadbalancer.conf',
);

describe('what a file declares', () => {
  test('settings hold for the blocks within, and hosts are split as the load balancer does', () => {
    const [esb, ...others] = declaredServices(conf);
    const inherited = [
      { value: 'a.example.org', line: 9 },
      { value: ' b.example.org', line: 9 },
    ];
    const at = 'services/esb/domains';
    const [own, ofService] = [
      { value: '5000', line: 13 },
      { value: '4500', line: 10 },
    ];
    expect(others).toEqual([]);
    expect(esb?.node.name).toBe('esb');
    expect(
      esb?.declarations.map(({ groupManagementPort, ...one }) => ({
        ...one,
        groupManagementPort: { value: groupManagementPort?.value, line: groupManagementPort?.line },
      })),
    ).toEqual([
      {
        domain: 'wso2.esb.domain',
        subDomain: 'mgt',
        form: 'nested',
        at: `${at}/wso2.esb.domain/mgt`,
        line: 14,
        hosts: [{ value: 'mgt.example.org', line: 15 }],
        groupManagementPort: own,
      },
      {
        domain: 'wso2.esb.domain',
        subDomain: 'worker',
        form: 'nested',
        at: `${at}/wso2.esb.domain/worker`,
        line: 17,
        hosts: inherited,
        groupManagementPort: own,
      },
      {
        domain: 'wso2.bus.domain',
        subDomain: 'worker',
        form: 'sub_domain',
        at: `${at}/wso2.bus.domain`,
        line: 20,
        hosts: inherited,
        groupManagementPort: ofService,
      },
      {
        domain: 'wso2.old.domain',
        subDomain: defaultSubDomain,
        form: 'default',
        at: `${at}/wso2.old.domain`,
        line: 23,
        hosts: inherited,
        groupManagementPort: ofService,
      },
    ]);
  });

  test('every setting is there with its blocks, in file order', () => {
    expect(allProperties(conf).map(({ at, key }) => `${at}: ${key}`)).toEqual([
      'loadbalancer: instances',
      'services/defaults: min_app_instances',
      'services/esb: hosts',
      'services/esb: group_mgt_port',
      'services/esb/domains/wso2.esb.domain: group_mgt_port',
      'services/esb/domains/wso2.esb.domain/mgt: hosts',
      'services/esb/domains/wso2.bus.domain: sub_domain',
    ]);
  });
});

test.each([
  ['wso2.esb.domain', 'esb'],
  ['wso2.prod.esb.domain', 'esb'],
  ['esb.domain', 'esb'],
  ['esb', 'esb'],
  ['wso2.defaults.domain', 'wso2.defaults.domain'],
  ['.', '.'],
])('the service of the domain %s is called %s', (domain, service) => {
  expect(serviceNameOf(domain)).toBe(service);
});

test.each([
  ['loadbalancer', 'instances', true, true],
  ['loadbalancer', 'enable_domain_mapping', false, true],
  ['loadbalancer', 'hosts', false, false],
  ['service', 'group_mgt_port', false, true],
  ['service', 'members', false, true],
  ['service', 'payload', true, true],
  ['service', 'queue_length_per_node', false, false],
] as const)('%s knows %s before 2.1: %s, from then on: %s', (place, key, before, after) => {
  expect([knowsKey(place, key, '2.0'), knowsKey(place, key, '2.1')]).toEqual([before, after]);
});
