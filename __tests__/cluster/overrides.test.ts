import { describe, expect, test } from '@jest/globals';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { chooseNode, type TopologyOverrides } from '../../lib/cluster/overrides';
import { roleNames } from '../../lib/cluster/roles';
import type { ClusterTopology } from '../../lib/cluster/topology';
import { isCarbonPatchError } from '../../lib/errors';

/** The problems that a worker of the example cluster with these overrides has; empty where it is valid. */
function problemsOf(overrides: TopologyOverrides, topology: ClusterTopology = exampleCluster): readonly string[] {
  try {
    chooseNode(topology, 'worker', overrides);
    return [];
  } catch (error) {
    if (isCarbonPatchError(error, 'TOPOLOGY_INVALID')) return error.details.problems;
    throw error;
  }
}

describe('chooseNode', () => {
  test.each([
    ['manager', 'manager'],
    ['worker', 'worker1'],
    ['elb', 'elb'],
  ] as const)('takes the first node of role %s', (role, name) => {
    const { topology, node } = chooseNode(exampleCluster, role);
    expect(node.name).toBe(name);
    expect(topology).toEqual(exampleCluster);
  });

  test('refuses a role that no node has', () => {
    const [elb] = exampleCluster.nodes;
    expect(() => chooseNode({ ...exampleCluster, nodes: [elb] }, 'worker')).toThrow(
      'the cluster is not valid; correct these values:\n  the cluster has no node of role worker',
    );
  });

  test.each(roleNames)('changes one node of the cluster only, for role %s', (role) => {
    const { topology, node } = chooseNode(exampleCluster, role, { host: '10.0.0.9', offset: 7 });
    expect(topology.nodes.filter((other) => other !== node)).toEqual(
      exampleCluster.nodes.filter(({ name }) => name !== node.name),
    );
    expect(topology.nodes.map(({ name }) => name)).toEqual(exampleCluster.nodes.map(({ name }) => name));
    expect(topology.nodes).toContain(node);
  });

  test.each<[TopologyOverrides, object]>([
    [{ host: '10.0.0.9' }, { localMemberHost: '10.0.0.9' }],
    [{ host: '2001:db8::7' }, { localMemberHost: '2001:db8::7' }],
    [{ host: '${carbon.local.ip}' }, { localMemberHost: '${carbon.local.ip}' }],
    [{ localMemberPort: 4100 }, { localMemberPort: 4100 }],
    [{ localMemberPort: 1 }, { localMemberPort: 1 }],
    [{ localMemberPort: 65535 }, { localMemberPort: 65535 }],
    [{ offset: 0 }, { offset: 0 }],
    [{ offset: 54424 }, { offset: 54424 }],
    [{ members: ['10.0.0.5:4000'] }, { members: [{ hostName: '10.0.0.5', port: 4000 }] }],
    [
      { members: ['[2001:db8::5]:4000', '10.0.0.2-9:4001', '${mgr}:4002', 'mgr_1.example.org:4003'] },
      {
        members: [
          { hostName: '[2001:db8::5]', port: 4000 },
          { hostName: '10.0.0.2-9', port: 4001 },
          { hostName: '${mgr}', port: 4002 },
          { hostName: 'mgr_1.example.org', port: 4003 },
        ],
      },
    ],
    [{ members: [] }, { members: [] }],
  ])('%j is a value of the node', (overrides, expected) => {
    const { node } = chooseNode(exampleCluster, 'worker', overrides);
    expect(node).toEqual({ ...exampleCluster.nodes[2], ...expected });
  });

  test.each<[TopologyOverrides, object]>([
    [{ domain: 'wso2.as.domain' }, { domain: 'wso2.as.domain' }],
    [{ hostName: 'as.example.org' }, { frontEnd: { ...exampleCluster.frontEnd, hostName: 'as.example.org' } }],
    [{ mgtHostName: 'mgt.example.org' }, { frontEnd: { ...exampleCluster.frontEnd, mgtHostName: 'mgt.example.org' } }],
  ])('%j is a value of the cluster', (overrides, expected) => {
    const { topology } = chooseNode(exampleCluster, 'worker', overrides);
    expect(topology).toEqual({ ...exampleCluster, ...expected });
  });

  test('a domain for a load balancer is also its own, which it keeps otherwise', () => {
    expect(chooseNode(exampleCluster, 'elb', { domain: 'd' }).topology.loadBalancerDomain).toBe('d');
    expect(chooseNode(exampleCluster, 'worker', { domain: 'd' }).topology.loadBalancerDomain).toBeUndefined();
  });

  test.each<[TopologyOverrides, object]>([
    [{ databaseUser: 'carbon' }, { username: 'carbon' }],
    [{ databasePassword: ' a&<"é ' }, { password: ' a&<"é ' }],
    [{ databaseLayout: 'single' }, { layout: 'single' }],
    [{ databaseHost: 'db.example.org' }, { urls: { from: 'host', host: 'db.example.org', port: 3306 } }],
    [{ databasePort: 3307 }, { urls: { from: 'host', host: 'carbondb.mysql-wso2.com', port: 3307 } }],
    [
      { databaseKind: 'postgresql' },
      { kind: 'postgresql', urls: { from: 'host', host: 'carbondb.mysql-wso2.com', port: 5432 } },
    ],
    [
      { databaseKind: 'oracle', databaseHost: 'db', databasePort: 1522 },
      { kind: 'oracle', urls: { from: 'host', host: 'db', port: 1522 } },
    ],
    [
      { databaseUrl: 'jdbc:mysql://db/{database}' },
      { kind: 'mysql', urls: { from: 'url', url: 'jdbc:mysql://db/{database}' } },
    ],
    [
      { databaseUrl: 'jdbc:postgresql://db/carbon' },
      { kind: 'postgresql', urls: { from: 'url', url: 'jdbc:postgresql://db/carbon' } },
    ],
    [
      { databaseKind: 'mssql', databaseUrl: 'jdbc:sqlserver://db\\node1:1433;databaseName=x' },
      { kind: 'mssql', urls: { from: 'url', url: 'jdbc:sqlserver://db\\node1:1433;databaseName=x' } },
    ],
    [
      { databaseLayout: 'single', databaseUrl: 'jdbc:oracle:thin:@tns' },
      { layout: 'single', kind: 'oracle', urls: { from: 'url', url: 'jdbc:oracle:thin:@tns' } },
    ],
  ])('%j is a value of the database', (overrides, expected) => {
    const { topology } = chooseNode(exampleCluster, 'worker', overrides);
    expect(topology.database).toEqual({ ...exampleCluster.database, ...expected });
  });

  test('a URL that the cluster has stays, unless host, port or product change', () => {
    const urls = { from: 'url', url: 'jdbc:mysql://db:3307/{database}' } as const;
    const cluster: ClusterTopology = { ...exampleCluster, database: { ...exampleCluster.database, urls } };
    const urlsWith = (overrides: TopologyOverrides): unknown =>
      chooseNode(cluster, 'worker', overrides).topology.database.urls;
    expect(urlsWith({ databaseUser: 'carbon' })).toEqual(urls);
    expect(urlsWith({ databaseHost: 'db2' })).toEqual({ from: 'host', host: 'db2', port: 3306 });
    expect(urlsWith({ databaseKind: 'postgresql' })).toEqual({ from: 'host', host: 'localhost', port: 5432 });
  });
});

describe('chooseNode refuses', () => {
  const notHost = (name: string, value: string): string => `${name}: "${value}" is not a host name or address`;
  const prefixes =
    'jdbc:mysql: jdbc:mariadb: jdbc:postgresql: jdbc:oracle: jdbc:sqlserver: jdbc:jtds:sqlserver: jdbc:db2: jdbc:h2: jdbc:derby:';

  test.each<[TopologyOverrides, readonly string[]]>([
    [{ domain: '' }, ['domain: must not be empty']],
    [{ domain: ' d' }, ['domain: must not begin or end with white space']],
    [{ host: '' }, [notHost('host', '')]],
    [{ host: '10.0.0.9 ' }, [notHost('host', '10.0.0.9 ')]],
    [{ host: 'http://esb' }, [notHost('host', 'http://esb')]],
    [{ host: '10.0.0.9:4000' }, [notHost('host', '10.0.0.9:4000')]],
    [{ host: '-esb' }, [notHost('host', '-esb')]],
    [{ hostName: 'esb.example.org:8243' }, [notHost('host-name', 'esb.example.org:8243')]],
    [{ mgtHostName: 'a b' }, [notHost('mgt-host-name', 'a b')]],
    [{ localMemberPort: 0 }, ['local-member-port: must be a whole number from 1 to 65535']],
    [{ localMemberPort: 65536 }, ['local-member-port: must be a whole number from 1 to 65535']],
    [{ localMemberPort: 4000.5 }, ['local-member-port: must be a whole number from 1 to 65535']],
    [{ localMemberPort: NaN }, ['local-member-port: must be a whole number from 1 to 65535']],
    [{ offset: -1 }, ['port-offset: must be a whole number from 0 to 54424']],
    [{ offset: 54425 }, ['port-offset: must be a whole number from 0 to 54424']],
    [
      { members: ['mgr', 'mgr:', ':4000', 'mgr:0', 'mgr:65536', 'mgr:4000:x', 'a b:4000'] },
      ['mgr', 'mgr:', ':4000', 'mgr:0', 'mgr:65536', 'mgr:4000:x', 'a b:4000'].map(
        (member) => `member: "${member}" is not host:port`,
      ),
    ],
    [
      { databaseKind: 'sybase' },
      ['db-type: must be one of mysql, mariadb, postgresql, oracle, mssql, jtds, db2, h2, derby'],
    ],
    [{ databaseLayout: 'double' }, ['db-layout: must be one of single, shared']],
    [{ databaseHost: 'db:3306' }, [notHost('db-host', 'db:3306')]],
    [{ databasePort: 0 }, ['db-port: must be a whole number from 1 to 65535']],
    [{ databaseUser: '' }, ['db-user: must not be empty']],
    [{ databaseUser: '  ' }, ['db-user: must not begin or end with white space', 'db-user: must not be empty']],
    [
      { databaseUrl: 'jdbc:mysql://db/{database}', databaseHost: 'db' },
      ['db-url: give either db-url, or db-host and db-port'],
    ],
    [
      { databaseUrl: 'jdbc:mysql://db/{database}', databasePort: 3306 },
      ['db-url: give either db-url, or db-host and db-port'],
    ],
    [{ databaseUrl: 'mysql://db/x' }, [`db-url: must begin with one of ${prefixes}`]],
    [{ databaseUrl: 'jdbc:jtds:sybase://db/x' }, [`db-url: must begin with one of ${prefixes}`]],
    [
      { databaseUrl: 'jdbc:mysql://db/x', databaseKind: 'mariadb' },
      ['db-url: is a URL of MySQL, but db-type is mariadb'],
    ],
    [{ databaseUrl: 'jdbc:mysql://db/x?a=1 &b=2' }, ['db-url: must not hold white space']],
    [
      { databaseUrl: 'jdbc:mysql://db/x?a=1&amp;b=2' },
      ['db-url: must be given plain, with & and not &amp;; it is escaped when it is written'],
    ],
    ...['DB_CLOSE_ON_EXIT=FALSE', 'LOCK_TIMEOUT=60000', 'AUTO_SERVER=TRUE', 'MODE=MySQL'].map(
      (option): [TopologyOverrides, readonly string[]] => [
        { databaseUrl: `jdbc:mysql://db/x?a=1;${option}` },
        ['db-url: holds options of H2, which MySQL does not know'],
      ],
    ),
    ...[
      'jdbc:h2:repository/database/X',
      'jdbc:h2:./X',
      'jdbc:h2:mem:x',
      'jdbc:h2:file:/x',
      'jdbc:derby:x;create=true',
    ].map((databaseUrl): [TopologyOverrides, readonly string[]] => [
      { databaseUrl },
      ['db-url: is that of an embedded database, which cannot be shared between nodes'],
    ]),
    ...[
      'jdbc:mysql://db:3306',
      'jdbc:sqlserver://db:1433',
      'jdbc:oracle:thin:@(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=x)))',
    ].map((databaseUrl): [TopologyOverrides, readonly string[]] => [
      { databaseUrl },
      ['db-url: must hold {database} where the name goes, as the shared layout needs several databases'],
    ]),
  ])('%j', (overrides, problems) => {
    expect(problemsOf(overrides)).toEqual(problems);
  });

  test.each<TopologyOverrides>([
    { databaseUrl: 'jdbc:mysql://db/x?sslMode=REQUIRED' },
    { databaseUrl: 'jdbc:h2:tcp://db:9092/x;LOCK_TIMEOUT=60000;MODE=MySQL' },
    { databaseUrl: 'jdbc:h2:ssl://db/~/x' },
    { databaseUrl: 'jdbc:derby://db:1527/x;create=true' },
    { databaseUrl: 'jdbc:oracle:thin:@(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME={database})))' },
    { databaseUrl: 'jdbc:mysql://db:3306', databaseLayout: 'single' },
  ])('not %j', (overrides) => {
    expect(problemsOf(overrides)).toEqual([]);
  });

  test('all values that are wrong at once, in the order of the node, the cluster and the database', () => {
    expect(
      problemsOf({
        domain: '',
        host: 'a b',
        localMemberPort: 0,
        offset: -1,
        hostName: '/',
        mgtHostName: '/',
        members: ['x'],
        databaseKind: 'sybase',
        databaseHost: '/',
        databasePort: 0,
        databaseUser: '',
        databaseLayout: 'double',
      }).map((problem) => problem.slice(0, problem.indexOf(':'))),
    ).toEqual([
      'member',
      'host',
      'local-member-port',
      'port-offset',
      'domain',
      'host-name',
      'mgt-host-name',
      'db-type',
      'db-layout',
      'db-port',
      'db-host',
      'db-user',
    ]);
  });

  test('the message names every problem on a line of its own', () => {
    expect(() => chooseNode(exampleCluster, 'worker', { localMemberPort: 0, members: ['x'] })).toThrow(
      new Error(
        'the cluster is not valid; correct these values:\n  member: "x" is not host:port\n  local-member-port: must be a whole number from 1 to 65535',
      ),
    );
  });
});
