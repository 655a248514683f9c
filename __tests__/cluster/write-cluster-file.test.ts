import { describe, expect, test } from '@jest/globals';
import {
  resolveDescription,
  withoutDerived,
  withoutProblems,
  type ClusterDescription,
} from '../../lib/cluster/cluster-file/cluster-description';
import { parseClusterFile } from '../../lib/cluster/cluster-file/parse-cluster-file';
import { writeClusterFile } from '../../lib/cluster/cluster-file/write-cluster-file';

const small: ClusterDescription = {
  domain: 'wso2.esb.domain',
  hostName: 'esb.example.org',
  database: { host: 'db.example.org', username: 'regadmin' },
  nodes: [{ name: 'manager', role: 'manager', host: '192.0.2.11', home: '/opt/esb' }],
};

const large: ClusterDescription = {
  ...small,
  mgtHostName: 'console.example.org',
  membershipScheme: 'wka',
  loadBalancer: { httpPort: 8280, domain: 'wso2.carbon.lb.domain' },
  hosts: { 'elb.example.org': '192.0.2.1', m1: '192.0.2.11' },
  database: {
    url: 'jdbc:mysql://db.example.org:3306/{database}?autoReconnect=true&useSSL=false',
    username: 'regadmin',
    password: { file: 'a cluster.password' },
    names: { registry: 'REG', local: 'LOCAL_{node}' },
    users: { users: { username: 'u', password: { env: 'U_PASSWORD' } } },
    pool: { maxActive: 80, validationQuery: 'SELECT 1 # one' },
    maxConnections: 500,
  },
  registry: { overwrite: 'virtual', configTargetPath: '/_system/config/esb' },
  deploymentSynchronizer: { svnUrl: 'https://svn.example.org/', svnPassword: { file: 'svn.password' } },
  nodes: [
    { name: 'elb', role: 'elb', host: 'elb.example.org', memberHost: 'elb.example.org' },
    {
      name: 'manager',
      role: 'manager',
      host: 'm1',
      home: 'a home: with # signs',
      members: ['elb.example.org:4000', '192.0.2.12:4001'],
      properties: { 'port.mapping.80': 9763, version: '1.10', on: 'yes' },
      localRegistryDatabase: false,
    },
    { name: 'worker1', role: 'worker', host: 'm1', offset: 7 },
  ],
  patches: [{ file: 'carbon.xml', operations: [{ op: 'setText', at: '/Server/Version', value: '1.10' }] }],
  silence: [{ rule: 'R40', reason: 'it is: known' }],
};

function write(description: ClusterDescription): string {
  return writeClusterFile(description, { heading: ['A heading.'] });
}

function read(text: string): ClusterDescription {
  return parseClusterFile(text, 'cluster.yaml', []).file;
}

/** Takes away the signs before settings, and not those before words. */
function uncommented(text: string): string {
  return text.replace(/^( *)#(?! \S)/gm, '$1');
}

describe('a small cluster file', () => {
  test('has a comment for each key, and the usual values commented-out', () => {
    expect(write(small)).toBe(`# A heading.
# What is left out follows from what is here. A line that begins with # and no blank says what it is then:
# take the # away to change it. carbon-patch plan --explain shows every value and from where it came.

# The clustering domain: managers and workers of one domain find each other.
domain: wso2.esb.domain

# The virtual host of the cluster, which clients call.
hostName: esb.example.org

# The virtual host of the management console.
#mgtHostName: mgt.esb.example.org

# How members find each other: wka by a list of well-known members, multicast by themselves in one network.
#membershipScheme: wka

# What stands in front of the nodes: an ELB, or any other load balancer.
#loadBalancer:
#  # The ports that clients call.
#  httpPort: 80
#  httpsPort: 443
#  # Where an ELB 2.1 takes members in.
#  groupManagementPort: 5000
#  # Whether catalina-server.xml names the ports above.
#  proxyPorts: false
#  # Whether carbon.xml of managers outside of the load balancer does.
#  workerProxyPorts: false

# Addresses by host name: of the machines, of the database server and of the virtual hosts.
#hosts: {}

# Where the nodes keep what they share.
database:
  # shared: one registry and one user database for all, and a local registry a node; single: one for everything.
  #layout: shared
  # The product: mysql, mariadb, postgresql, oracle, mssql, jtds, db2, h2, derby.
  #kind: mysql
  # The database server. With options or a form of its own give url instead of host and port.
  host: db.example.org
  #port: 3306
  # Who opens the databases.
  username: regadmin
  # Where the password is found: { env: NAME } or { file: PATH }. It never needs to stand here itself.
  #password: { env: CARBON_PATCH_DB_PASSWORD }
  # The names of the databases.
  #names:
  #  # The shared registry.
  #  registry: REGISTRY_DB
  #  # Users, roles and permissions.
  #  users: WSO2_USER_DB
  #  # The local registry of each node, counted by {number} or named by {node}; false leaves it as the home has it.
  #  local: "REGISTRY_LOCAL{number}"
  # Settings of every datasource of the cluster. One that is left out stays what the home has.
  #pool: { maxActive: 50, maxWait: 60000, testOnBorrow: true, validationInterval: 30000 }

# How the shared registry is mounted. What is left out follows from the home, or else from its product.
#registry:
#  # Where governance is kept; all products may have the same path.
#  governanceTargetPath: /_system/governance

# The servers. Each has a name, and
# - role: what the node is: elb, manager or worker
# - host: its machine, by a name of hosts or by its IP address; nodes of one machine have the same
# - home: folder of the product, from the folder of this file
# - offset: Ports/Offset; where it is left out, the lowest that no other node of the machine has
# - localMemberPort: port for cluster messages, not moved by the offset; where it is left out, the lowest free one from 4000 on
nodes:
  - name: manager
    role: manager
    host: 192.0.2.11
    home: /opt/esb
    #offset: 0
    #localMemberPort: 4000
`);
  });
});

describe.each([
  ['small', small],
  ['large', large],
  ['single', { ...small, database: { ...small.database, layout: 'single', kind: 'oracle', names: {} } }],
] as const)('a %s description', (_name, description: ClusterDescription) => {
  test('is read back as it was', () => {
    const { names, ...database } = description.database;
    const expected = Object.keys(names ?? {}).length > 0 ? description : { ...description, database: { ...database } };
    expect(read(write(description))).toEqual(expected);
  });

  test('means the same when every commented-out value is taken, but for the pool and a path of the registry', () => {
    const text = write(description);
    expect(uncommented(text)).not.toBe(text);
    const whole = resolveDescription(read(uncommented(text)));
    const { topology, problems } = resolveDescription(description);
    expect(whole.problems).toEqual(problems);
    expect({
      ...whole.topology,
      registry: { ...whole.topology.registry, governanceTargetPath: undefined },
      database: { ...whole.topology.database, pool: undefined },
    }).toEqual({ ...topology, database: { ...topology.database, pool: undefined } });
  });

  test('has a comment before each key of its own', () => {
    const lines = write(description).split('\n');
    const bare = lines.filter((line, index) => /^\w/.test(line) && !lines[index - 1]?.startsWith('# '));
    expect(bare.filter((line) => !/^(?:patches|silence):/.test(line))).toEqual([]);
  });
});

describe('values', () => {
  test.each([
    '1.10',
    '0x1F',
    'yes',
    'null',
    '~',
    '#x',
    'a #b',
    'a: b',
    '{x}',
    '[x',
    "it's",
    '"quoted"',
    '@a',
    '*a',
    '&a',
    '!a',
    '- a',
    '? a',
    '%a',
    '`a',
    '|',
    'ä ö',
    'a\tb',
    'C:\\esb',
    'x'.repeat(300),
    `${'words '.repeat(60)}end`,
  ])('%j stays the text that it is', (home) => {
    const [node] = small.nodes;
    const description = {
      ...small,
      nodes: [{ ...(node as (typeof small.nodes)[number]), home, properties: { [home]: home } }],
    };
    expect(read(write(description))).toEqual(description);
  });
});

describe('leaving out what is derived', () => {
  const stated: ClusterDescription = {
    ...small,
    mgtHostName: 'mgt.esb.example.org',
    membershipScheme: 'wka',
    loadBalancer: { httpPort: 80, httpsPort: 8443 },
    database: { ...small.database, layout: 'shared', kind: 'mysql', port: 3306, names: { registry: 'REGISTRY_DB' } },
    nodes: [
      {
        name: 'manager',
        role: 'manager',
        host: 'm',
        offset: 0,
        localMemberPort: 4000,
        localMemberHost: 'm',
        members: ['m:4000', 'm:4001'],
        subDomain: 'mgt',
        hostName: 'esb.example.org',
        mgtHostName: 'mgt.esb.example.org',
        localRegistryDatabase: 'REGISTRY_LOCAL1',
      },
      {
        name: 'worker1',
        role: 'worker',
        host: 'm',
        offset: 2,
        localMemberPort: 4001,
        subDomain: 'special',
        members: [],
      },
    ],
  };

  test('keeps what would be something else, and nothing more', () => {
    expect(withoutDerived(stated, new Map())).toEqual({
      ...small,
      loadBalancer: { httpsPort: 8443 },
      nodes: [
        { name: 'manager', role: 'manager', host: 'm' },
        { name: 'worker1', role: 'worker', host: 'm', offset: 2, subDomain: 'special', members: [] },
      ],
    });
  });

  test('knows that the Tribes era lists names, and the Hazelcast era addresses', () => {
    const named: ClusterDescription = {
      ...small,
      hosts: { m: '192.0.2.11' },
      nodes: [{ name: 'manager', role: 'manager', host: 'm', memberHost: 'm', members: ['m:4000'] }],
    };
    const [tribes] = withoutDerived(named, new Map([['manager', 'tribes' as const]])).nodes;
    expect(tribes).toEqual({ name: 'manager', role: 'manager', host: 'm' });
    const [hazelcast] = withoutDerived(named, new Map([['manager', 'hazelcast' as const]])).nodes;
    expect(hazelcast).toEqual({ name: 'manager', role: 'manager', host: 'm', memberHost: 'm' });
  });
});

describe('leaving out what keeps a file from loading', () => {
  test('takes away wrong and clashing values, says which, and keeps the others', () => {
    const { description, leftOut } = withoutProblems({
      ...small,
      mgtHostName: 'not a host',
      hosts: { db: 'no address' },
      nodes: [
        { name: 'a', role: 'manager', host: 'm', offset: 1, members: ['fine:4000', 'no port'] },
        { name: 'b', role: 'worker', host: 'm', offset: 1, localMemberPort: 70000 },
      ],
    });
    expect(description).toEqual({
      ...small,
      nodes: [
        { name: 'a', role: 'manager', host: 'm', offset: 1 },
        { name: 'b', role: 'worker', host: 'm' },
      ],
    });
    expect(leftOut).toEqual([
      expect.stringContaining('mgtHostName must be a host'),
      expect.stringContaining('hosts.db must be an IP address'),
      expect.stringContaining('nodes[0].members[1] must be host:port'),
      expect.stringContaining('nodes[1].localMemberPort must be a whole number'),
      expect.stringContaining('nodes[1].offset'),
    ]);
  });

  test('gives up on what has to be there', () => {
    const broken = { ...small, domain: ' ' };
    expect(withoutProblems(broken)).toEqual({ description: broken, leftOut: [] });
  });
});
