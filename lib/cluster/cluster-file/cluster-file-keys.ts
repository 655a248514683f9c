import { databaseKinds } from '../../database/kinds';
import type { ClusterTopology } from '../topology';
import type { ClusterDescription } from './cluster-description';

/** One key of the cluster file, as it is written for people. */
export interface DocumentedKey {
  readonly key: string;
  /** Why it is there, in our words; written above it. Empty where the line above says it too. */
  readonly why: string;
  /** What stands there commented-out where the key is left out; `undefined` where nothing is worth it. */
  readonly usual?: (context: KeyContext) => unknown;
  /** The keys of the map that it holds. */
  readonly keys?: readonly DocumentedKey[];
}

/** What the commented-out values are made from. */
export interface KeyContext {
  readonly description: ClusterDescription;
  /** What the description means. */
  readonly topology: ClusterTopology;
}

/** The keys of a cluster file in the order in which they are written. Those of a node are `nodeKeys`. */
export const topKeys: readonly DocumentedKey[] = [
  { key: 'domain', why: 'The clustering domain: managers and workers of one domain find each other.' },
  { key: 'hostName', why: 'The virtual host of the cluster, which clients call.' },
  {
    key: 'mgtHostName',
    why: 'The virtual host of the management console.',
    usual: ({ topology }) => topology.frontEnd.mgtHostName,
  },
  {
    key: 'membershipScheme',
    why: 'How members find each other: wka by a list of well-known members, multicast by themselves in one network.',
    usual: ({ topology }) => topology.membershipScheme,
  },
  {
    key: 'loadBalancer',
    why: 'What stands in front of the nodes: an ELB, or any other load balancer.',
    keys: [
      { key: 'httpPort', why: 'The ports that clients call.', usual: ({ topology }) => topology.frontEnd.httpPort },
      { key: 'httpsPort', why: '', usual: ({ topology }) => topology.frontEnd.httpsPort },
      {
        key: 'groupManagementPort',
        why: 'Where an ELB 2.1 takes members in.',
        usual: ({ topology }) => topology.frontEnd.groupManagementPort,
      },
      {
        key: 'proxyPorts',
        why: 'Whether catalina-server.xml names the ports above.',
        usual: ({ topology }) => topology.frontEnd.proxyPorts,
      },
      {
        key: 'workerProxyPorts',
        why: 'Whether carbon.xml of managers outside of the load balancer does.',
        usual: ({ topology }) => topology.frontEnd.workerProxyPorts,
      },
      { key: 'domain', why: 'The group of the load balancers themselves.' },
    ],
  },
  {
    key: 'hosts',
    why: 'Addresses by host name: of the machines, of the database server and of the virtual hosts.',
    usual: () => ({}),
  },
  {
    key: 'database',
    why: 'Where the nodes keep what they share.',
    keys: [
      {
        key: 'layout',
        why: 'shared: one registry and one user database for all, and a local registry a node; single: one for everything.',
        usual: ({ topology }) => topology.database.layout,
      },
      {
        key: 'kind',
        why: `The product: ${Object.keys(databaseKinds).join(', ')}.`,
        usual: ({ topology }) => topology.database.kind,
      },
      {
        key: 'host',
        why: 'The database server. With options or a form of its own give url instead of host and port.',
      },
      {
        key: 'port',
        why: '',
        usual: ({ topology }) => (topology.database.urls.from === 'host' ? topology.database.urls.port : undefined),
      },
      { key: 'url', why: 'The JDBC URL; {database} stands for the name of each database.' },
      { key: 'username', why: 'Who opens the databases.' },
      {
        key: 'password',
        why: 'Where the password is found: { env: NAME } or { file: PATH }. It never needs to stand here itself.',
        usual: () => ({ env: 'CARBON_PATCH_DB_PASSWORD' }),
      },
      {
        key: 'names',
        why: 'The names of the databases.',
        keys: [
          {
            key: 'registry',
            why: 'The shared registry.',
            usual: ifShared(({ topology }) => topology.registry.database),
          },
          {
            key: 'users',
            why: 'Users, roles and permissions.',
            usual: ifShared(({ topology }) => topology.registry.userDatabase),
          },
          {
            key: 'local',
            why: 'The local registry of each node, counted by {number} or named by {node}; false leaves it as the home has it.',
            usual: ifShared(() => 'REGISTRY_LOCAL{number}'),
          },
          {
            key: 'single',
            why: 'The one database for everything.',
            usual: ({ topology }) =>
              topology.database.layout === 'single' ? topology.registry.singleDatabase : undefined,
          },
          { key: 'apiManager', why: 'The database of API Manager.' },
        ],
      },
      { key: 'users', why: 'Users of single databases, where they are not the one above.' },
      {
        key: 'pool',
        why: 'Settings of every datasource of the cluster. One that is left out stays what the home has.',
        usual: () => ({ maxActive: 50, maxWait: 60000, testOnBorrow: true, validationInterval: 30000 }),
      },
      { key: 'maxConnections', why: 'How many connections the server allows; check compares the pools with it.' },
    ],
  },
  {
    key: 'registry',
    why: 'How the shared registry is mounted. What is left out follows from the home, or else from its product.',
    keys: [
      { key: 'instanceId', why: 'The id of the remote instance.' },
      { key: 'configTargetPath', why: 'Where the configuration is kept; each product needs a path of its own.' },
      {
        key: 'governanceTargetPath',
        why: 'Where governance is kept; all products may have the same path.',
        usual: ifShared(() => '/_system/governance'),
      },
      {
        key: 'overwrite',
        why: 'Of the mounts: true deletes what is in the way, virtual covers it, false mounts only where nothing is.',
      },
    ],
  },
  {
    key: 'deploymentSynchronizer',
    why: 'Deployment synchronizer: the first manager commits artifacts to this repository, all nodes check them out.',
  },
];

/** What a person should know of the keys of a node; the words above the list of nodes. */
export const nodeKeys: Readonly<Record<string, string>> = {
  role: 'what the node is: elb, manager or worker',
  host: 'its machine, by a name of hosts or by its IP address; nodes of one machine have the same',
  home: 'folder of the product, from the folder of this file',
  offset: 'Ports/Offset; where it is left out, the lowest that no other node of the machine has',
  localMemberPort:
    'port for cluster messages, not moved by the offset; where it is left out, the lowest free one from 4000 on',
  localMemberHost: 'the address that the node advertises, where it is not that of its machine',
  memberHost: 'the host by which the others list the node as a member',
  members: 'the well-known members that the node lists, where they do not follow from the roles',
  subDomain: 'the sub-domain of the load balancer, where it is not that of the role',
  properties: 'further member properties of axis2.xml',
  hostName: 'HostName of this node only',
  mgtHostName: 'MgtHostName of this node only',
  localRegistryDatabase: 'database of its local registry; false leaves the local registry as the home has it',
};

function ifShared(value: (context: KeyContext) => unknown): (context: KeyContext) => unknown {
  return (context) => (context.topology.database.layout === 'shared' ? value(context) : undefined);
}
