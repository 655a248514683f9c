import { describe, expect, test } from '@jest/globals';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { roleNames, roleOf } from '../../lib/cluster/roles';

describe('the example cluster', () => {
  test('has the nodes of the guides: role, offset and local member port', () => {
    expect(
      exampleCluster.nodes.map(
        ({ name, role, offset, localMemberPort }) => `${name} ${role} ${offset} ${localMemberPort}`,
      ),
    ).toEqual([
      'elb elb 0 4000',
      'manager manager 1 4001',
      'worker1 worker 0 4000',
      'worker2 worker 2 4002',
      'worker3 worker 1 4001',
    ]);
  });

  test('gives no two nodes of one machine the same offset or local member port', () => {
    const taken = exampleCluster.nodes.flatMap(({ localMemberHost, offset, localMemberPort }) => [
      `${localMemberHost} offset ${offset}`,
      `${localMemberHost} port ${localMemberPort}`,
    ]);
    expect(new Set(taken.filter((one) => one.includes('port'))).size).toBe(5);
    expect(new Set(taken.filter((one) => one.includes('offset'))).size).toBe(5);
  });

  test('gives every manager and worker a local registry of its own', () => {
    const own = exampleCluster.nodes.map(({ localRegistryDatabase }) => localRegistryDatabase);
    expect(own).toEqual([undefined, 'REGISTRY_LOCAL1', 'REGISTRY_LOCAL2', 'REGISTRY_LOCAL3', 'REGISTRY_LOCAL4']);
  });

  test('uses addresses that are reserved for documentation', () => {
    for (const { localMemberHost } of exampleCluster.nodes) expect(localMemberHost).toMatch(/^192\.0\.2\.\d+$/);
  });

  test('has no port of the load balancer twice', () => {
    const { httpPort, httpsPort, groupManagementPort } = exampleCluster.frontEnd;
    const ports = [httpPort, httpsPort, groupManagementPort, exampleCluster.nodes[0].localMemberPort];
    expect(new Set(ports).size).toBe(4);
  });
});

describe('the roles', () => {
  test('are facts', () => {
    const facts = roleNames.map((name) => {
      const { subDomain, isWellKnownMember, isLoadBalancer, writesRegistry, servesConsole } = roleOf(name);
      return [name, subDomain, isWellKnownMember, isLoadBalancer, writesRegistry, servesConsole];
    });
    expect(facts).toEqual([
      ['manager', 'mgt', true, false, true, true],
      ['worker', 'worker', false, false, false, false],
      ['elb', undefined, true, true, false, false],
    ]);
  });
});
