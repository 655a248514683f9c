import { describe, expect, test } from '@jest/globals';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { membersOf, type ClusteringAgent } from '../../lib/cluster/members';
import type { RoleName } from '../../lib/cluster/roles';
import type { ClusterNode, ClusterTopology } from '../../lib/cluster/topology';

const [elb, manager, ...workers] = exampleCluster.nodes;
const secondManager: ClusterNode = {
  ...(manager as ClusterNode),
  name: 'manager2',
  memberHost: 'mgr2.esb.wso2.com',
  localMemberPort: 4005,
};

const withBalancer: ClusterTopology = exampleCluster;
const withoutBalancer: ClusterTopology = { ...exampleCluster, nodes: [manager as ClusterNode, ...workers] };
const twoManagers: ClusterTopology = { ...exampleCluster, nodes: [manager as ClusterNode, secondManager, ...workers] };
const everything: ClusterTopology = {
  ...exampleCluster,
  nodes: [
    elb,
    { ...elb, name: 'elb2', memberHost: 'elb2.wso2.com', localMemberPort: 4010 },
    manager as ClusterNode,
    secondManager,
    ...workers,
  ],
};

/** `host:port` of each member of the first node of a role. */
function membersFor(role: RoleName, topology: ClusterTopology, agent: ClusteringAgent): readonly string[] {
  const node = topology.nodes.find((one) => one.role === role) as ClusterNode;
  return membersOf(node, topology, agent).map(({ hostName, port }) => `${hostName}:${port}`);
}

describe('membersOf', () => {
  test.each<[RoleName, ClusteringAgent, readonly string[]]>([
    ['elb', 'tribes', ['mgr.esb.wso2.com:4001']],
    ['elb', 'hazelcast', ['mgr.esb.wso2.com:4001']],
    ['manager', 'tribes', ['elb.wso2.com:4000']],
    ['manager', 'hazelcast', ['elb.wso2.com:5000']],
    ['worker', 'tribes', ['elb.wso2.com:4000', 'mgr.esb.wso2.com:4001']],
    ['worker', 'hazelcast', ['elb.wso2.com:5000', 'mgr.esb.wso2.com:4001']],
  ])('the %s of the example with %s lists %j', (role, agent, expected) => {
    expect(membersFor(role, withBalancer, agent)).toEqual(expected);
  });

  test.each<[RoleName, ClusteringAgent, readonly string[]]>([
    ['manager', 'tribes', ['mgr.esb.wso2.com:4001', '192.0.2.132:4000']],
    ['manager', 'hazelcast', ['mgr.esb.wso2.com:4001', '192.0.2.132:4000']],
    ['worker', 'tribes', ['mgr.esb.wso2.com:4001', '192.0.2.132:4000']],
    ['worker', 'hazelcast', ['mgr.esb.wso2.com:4001', '192.0.2.132:4000']],
  ])(
    'without a load balancer the %s with %s lists the manager and the first worker, also itself: %j',
    (role, agent, expected) => {
      expect(membersFor(role, withoutBalancer, agent)).toEqual(expected);
    },
  );

  test.each<[RoleName, readonly string[]]>([
    ['manager', ['mgr.esb.wso2.com:4001', 'mgr2.esb.wso2.com:4005']],
    ['worker', ['mgr.esb.wso2.com:4001', 'mgr2.esb.wso2.com:4005']],
  ])('with two managers and no load balancer the %s lists both', (role, expected) => {
    expect(membersFor(role, twoManagers, 'hazelcast')).toEqual(expected);
  });

  test.each<[RoleName, readonly string[]]>([
    ['elb', ['mgr.esb.wso2.com:4001', 'mgr2.esb.wso2.com:4005']],
    ['manager', ['elb.wso2.com:5000', 'elb2.wso2.com:5000']],
    ['worker', ['elb.wso2.com:5000', 'elb2.wso2.com:5000', 'mgr.esb.wso2.com:4001', 'mgr2.esb.wso2.com:4005']],
  ])('with two of each the %s lists %j', (role, expected) => {
    expect(membersFor(role, everything, 'hazelcast')).toEqual(expected);
  });

  test.each(['elb', 'manager', 'worker'] as const)('members that a node states win, also none, for role %s', (role) => {
    const node = exampleCluster.nodes.find((one) => one.role === role) as ClusterNode;
    const stated = [{ hostName: '10.0.0.2-9', port: 4100 }];
    expect(membersOf({ ...node, members: stated }, exampleCluster, 'hazelcast')).toEqual(stated);
    expect(membersOf({ ...node, members: [] }, exampleCluster, 'tribes')).toEqual([]);
  });
});

test('in the Hazelcast era nodes are listed by address, in the Tribes era by host, unless a memberHost is stated', () => {
  const [elb, manager, worker] = exampleCluster.nodes;
  if (!manager || !worker) throw new Error('the example has them');
  const unstated = { ...manager, host: 'mgr.example.org', memberHost: undefined };
  const topology: ClusterTopology = { ...exampleCluster, nodes: [elb, unstated, worker] };
  expect(membersOf(elb, topology, 'hazelcast')).toEqual([{ hostName: '192.0.2.206', port: 4001 }]);
  expect(membersOf(elb, topology, 'tribes')).toEqual([{ hostName: 'mgr.example.org', port: 4001 }]);
  expect(membersOf(elb, exampleCluster, 'hazelcast')).toEqual([{ hostName: 'mgr.esb.wso2.com', port: 4001 }]);
});

test('multicast needs no members', () => {
  expect(membersOf(exampleCluster.nodes[0], { ...exampleCluster, membershipScheme: 'multicast' }, 'tribes')).toEqual(
    [],
  );
});
