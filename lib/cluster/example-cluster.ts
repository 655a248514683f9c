import type { ClusterTopology } from './topology';

const unstated = {
  home: undefined,
  members: undefined,
  subDomain: undefined,
  properties: {},
  hostName: undefined,
  mgtHostName: undefined,
} as const;

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
    proxyPorts: false,
    workerProxyPorts: false,
  },
  hosts: {
    'elb.wso2.com': '192.0.2.206',
    'mgr.esb.wso2.com': '192.0.2.206',
  },
  database: {
    layout: 'shared',
    kind: 'mysql',
    urls: { from: 'host', host: 'carbondb.mysql-wso2.com', port: 3306 },
    username: 'regadmin',
    password: 'regadmin',
    users: {},
    pool: {},
    maxConnections: undefined,
  },
  registry: {
    database: 'REGISTRY_DB',
    userDatabase: 'WSO2_USER_DB',
    singleDatabase: 'carbondb',
    apiManagerDatabase: undefined,
    instanceId: undefined,
    configTargetPath: undefined,
    governanceTargetPath: undefined,
    overwrite: undefined,
  },
  deploymentSynchronizer: undefined,
  nodes: [
    {
      ...unstated,
      name: 'elb',
      role: 'elb',
      host: '192.0.2.206',
      memberHost: 'elb.wso2.com',
      localMemberHost: '192.0.2.206',
      localMemberPort: 4000,
      offset: 0,
      localRegistryDatabase: undefined,
    },
    {
      ...unstated,
      name: 'manager',
      role: 'manager',
      host: '192.0.2.206',
      memberHost: 'mgr.esb.wso2.com',
      localMemberHost: '192.0.2.206',
      localMemberPort: 4001,
      offset: 1,
      localRegistryDatabase: 'REGISTRY_LOCAL1',
    },
    {
      ...unstated,
      name: 'worker1',
      role: 'worker',
      host: '192.0.2.132',
      memberHost: '192.0.2.132',
      localMemberHost: '192.0.2.132',
      localMemberPort: 4000,
      offset: 0,
      localRegistryDatabase: 'REGISTRY_LOCAL2',
    },
    {
      ...unstated,
      name: 'worker2',
      role: 'worker',
      host: '192.0.2.206',
      memberHost: '192.0.2.206',
      localMemberHost: '192.0.2.206',
      localMemberPort: 4002,
      offset: 2,
      localRegistryDatabase: 'REGISTRY_LOCAL3',
    },
    {
      ...unstated,
      name: 'worker3',
      role: 'worker',
      host: '192.0.2.132',
      memberHost: '192.0.2.132',
      localMemberHost: '192.0.2.132',
      localMemberPort: 4001,
      offset: 1,
      localRegistryDatabase: 'REGISTRY_LOCAL4',
    },
  ],
  patches: [],
  silencedRules: [],
};
