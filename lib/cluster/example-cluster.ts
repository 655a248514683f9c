import type { ClusterTopology } from './topology';

/**
 * The worked example of the vendor's guides "Creating a Cluster" and "Creating an ESB Cluster": a load balancer, a manager
 * and three workers on two machines, with the shared database layout of the later pages. The guides leave the machines'
 * addresses out but for their last part; here they are addresses that RFC 5737 keeps for documentation.
 */
export const exampleCluster: ClusterTopology = {
  domain: 'wso2.esb.domain',
  loadBalancerDomain: undefined,
  membershipScheme: 'wka',
  frontEnd: {
    hostName: 'esb.cloud-test.wso2.com',
    mgtHostName: 'mgt.esb.wso2.com',
    httpPort: 80,
    httpsPort: 443,
    groupManagementPort: 5000,
  },
  database: {
    layout: 'shared',
    kind: 'mysql',
    urls: { from: 'host', host: 'carbondb.mysql-wso2.com', port: 3306 },
    username: 'regadmin',
    password: 'regadmin',
  },
  registry: {
    database: 'REGISTRY_DB',
    userDatabase: 'WSO2_USER_DB',
    singleDatabase: 'carbondb',
    instanceId: 'instanceid',
    configTargetPath: '/_system/asNodes',
    governanceTargetPath: '/_system/governance',
  },
  nodes: [
    {
      name: 'elb',
      role: 'elb',
      memberHost: 'elb.wso2.com',
      localMemberHost: '192.0.2.206',
      localMemberPort: 4000,
      portOffset: 0,
      members: undefined,
      localRegistryDatabase: undefined,
    },
    {
      name: 'manager',
      role: 'manager',
      memberHost: 'mgr.esb.wso2.com',
      localMemberHost: '192.0.2.206',
      localMemberPort: 4001,
      portOffset: 1,
      members: undefined,
      localRegistryDatabase: 'REGISTRY_LOCAL1',
    },
    {
      name: 'worker1',
      role: 'worker',
      memberHost: '192.0.2.132',
      localMemberHost: '192.0.2.132',
      localMemberPort: 4000,
      portOffset: 0,
      members: undefined,
      localRegistryDatabase: 'REGISTRY_LOCAL2',
    },
    {
      name: 'worker2',
      role: 'worker',
      memberHost: '192.0.2.206',
      localMemberHost: '192.0.2.206',
      localMemberPort: 4002,
      portOffset: 2,
      members: undefined,
      localRegistryDatabase: 'REGISTRY_LOCAL3',
    },
    {
      name: 'worker3',
      role: 'worker',
      memberHost: '192.0.2.132',
      localMemberHost: '192.0.2.132',
      localMemberPort: 4001,
      portOffset: 1,
      members: undefined,
      localRegistryDatabase: 'REGISTRY_LOCAL4',
    },
  ],
};
