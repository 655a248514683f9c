import { describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyPlans } from '../../lib/plan/apply-plan';
import { describeHomes, type DescribedHomes, type StatedValues } from '../../lib/plan/describe-homes';
import { loadCluster } from '../../lib/plan/load-cluster';
import { isNoOp } from '../../lib/plan/plan';
import { planHomes } from '../../lib/plan/plan-homes';
import { planText } from '../../lib/report/plan-text';
import { saveClusterFile } from '../../lib/plan/save-cluster-file';
import { configurationOf, makeFolder, makeHome, rejectionOf } from '../disk/temporary-home';
import { fixtureHomes } from './fixture-home';

const example = readFileSync(join(fixtureHomes, '../clusters/worked-example.yaml'), 'utf8');
const env = { CARBON_PATCH_DB_PASSWORD: 'geheim: #1' };

/** What a cluster file says, without comments and blank lines. */
function live({ text }: DescribedHomes): string {
  return text
    .split('\n')
    .filter((line) => !/^ *(?:#|$)/.test(line))
    .map((line) => `${line}\n`)
    .join('');
}

/** A folder with a cluster file and homes that are what it says; each is a copy of the folder that `source` names. */
async function makeCluster(yaml: string, source: (node: string) => string): Promise<readonly string[]> {
  const folder = makeFolder();
  const file = join(folder, 'original.yaml');
  writeFileSync(file, yaml);
  const { topology } = await loadCluster(file, { env });
  for (const { name } of topology.nodes) copyWritable(source(name), join(folder, name));
  const homes = topology.nodes.map((node) => ({ node, home: join(folder, node.name) }));
  const planned = await planHomes(topology, homes);
  await applyPlans(planned.map(({ home, plan, node }) => ({ home, plan, label: { tool: 'test', role: node.role } })));
  return homes.map(({ home }) => home);
}

/** Without the permissions, as what is copied may be read-only. */
function copyWritable(from: string, to: string): void {
  if (!statSync(from).isDirectory()) writeFileSync(to, readFileSync(from));
  else {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) copyWritable(join(from, name), join(to, name));
  }
}

function fixtures(elb: string, app: string): (node: string) => string {
  return (node) => join(fixtureHomes, node.startsWith('elb') ? elb : app);
}

async function describeBeside(homes: readonly string[], stated: StatedValues = {}): Promise<DescribedHomes> {
  return describeHomes(homes, { clusterFile: join(dirname(homes[0] ?? ''), 'carbon-cluster.yaml'), stated });
}

/** Writes the file, and plans it anew as any other: whether nothing would change, with no variable set. */
async function isWhatItSays(homes: readonly string[], { text, secretFiles }: DescribedHomes): Promise<boolean> {
  const file = join(dirname(homes[0] ?? ''), 'carbon-cluster.yaml');
  await saveClusterFile(file, text, secretFiles);
  const { topology } = await loadCluster(file, { secrets: 'optional' });
  const nodes = topology.nodes.map((node) => ({ node, home: node.home ?? '' }));
  return (await planHomes(topology, nodes)).every(({ plan }) => isNoOp(plan));
}

/** Changes the text of a file below a home. */
function edit(home: string, path: string, from: string | RegExp, to: string): void {
  const file = join(home, 'repository/conf', path);
  const before = readFileSync(file, 'latin1');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(file, after, 'latin1');
}

const datasources = 'datasources/master-datasources.xml';

const workedExample = (elb: string, manager: string, hosts: string): string => `domain: wso2.esb.domain
hostName: esb.cloud-test.wso2.com
${hosts}database:
  host: carbondb.mysql-wso2.com
  username: regadmin
  password: { file: carbon-cluster.password }
nodes:
  - name: elb
    role: elb
    host: ${elb}
    home: elb
  - name: manager
    role: manager
    host: ${manager}
    home: manager
  - name: worker1
    role: worker
    host: 192.0.2.132
    home: worker1
  - name: worker2
    role: worker
    host: 192.0.2.206
    home: worker2
  - name: worker3
    role: worker
    host: 192.0.2.132
    home: worker3
`;

const byAddress = workedExample('192.0.2.206', '192.0.2.206', '');
const byName = workedExample(
  'elb.wso2.com',
  'mgr.esb.wso2.com',
  'hosts:\n  elb.wso2.com: 192.0.2.206\n  mgr.esb.wso2.com: 192.0.2.206\n',
);

describe('the worked example', () => {
  test.each([
    ['of the Hazelcast era', 'elb-2.1.0', 'esb-5.0.0', byAddress],
    ['of the Tribes era', 'elb-2.0.4', 'esb-4.7.0', byName],
  ])('%s is described by what is not derived', async (_era, elb, app, expected) => {
    const homes = await makeCluster(example, fixtures(elb, app));
    const before = homes.map(configurationOf);
    const described = await describeBeside(homes);
    expect(live(described)).toBe(expected);
    expect(described).toMatchObject({
      secretFiles: [{ name: 'carbon-cluster.password', secret: 'geheim: #1' }],
      variables: [],
      remarks: [],
      remaining: [],
      unplanned: [],
    });
    expect(await isWhatItSays(homes, described)).toBe(true);
    expect(homes.map(configurationOf)).toEqual(before);
  });

  test('is the same in whichever order its homes are given, but for the count of the workers', async () => {
    const homes = await makeCluster(example, fixtures('elb-2.1.0', 'esb-5.0.0'));
    const described = await describeBeside([...homes].reverse());
    expect(live(described)).toContain(
      '  - name: worker1\n    role: worker\n    host: 192.0.2.132\n    home: worker3\n',
    );
    expect(described).toMatchObject({ remarks: [], remaining: [] });
    expect(await isWhatItSays(homes, described)).toBe(true);
  });

  test('names homes that are not below the folder of the file by their whole path', async () => {
    const homes = await makeCluster(example, fixtures('elb-2.1.0', 'esb-5.0.0'));
    const { text } = await describeHomes(homes, { clusterFile: join(makeFolder(), 'other.yaml') });
    expect(text).toContain(`    home: ${homes[0]}\n`);
    expect(text).toContain('password: { file: other.password }\n');
  });
});

const corpus = join(__dirname, '../../../shared/corpus');

if (!existsSync(corpus)) {
  test('real homes were not described, because there is no ../shared/corpus', () => {
    expect(existsSync(corpus)).toBe(false);
  });
} else {
  const real = (elb: string, app: string) => (node: string) => join(corpus, node === 'elb' ? elb : app);

  test('five real homes are the worked example again', async () => {
    const homes = await makeCluster(
      example,
      real('elb-2.1.0__wso2-attic-platform', 'esb-5.0.0__eristoddle-WSO2-Docker-Compose'),
    );
    const described = await describeBeside(homes);
    expect(live(described)).toBe(byAddress);
    expect(described).toMatchObject({ remarks: [], remaining: [], unplanned: [] });
    expect(await isWhatItSays(homes, described)).toBe(true);
  });

  test('so are five of the Tribes era, whose user-mgt.xml comes with another product', async () => {
    const userMgt = readFileSync(join(fixtureHomes, 'esb-4.7.0/repository/conf/user-mgt.xml'));
    const app = makeFolder();
    copyWritable(join(corpus, 'am-1.5.0__wso2-attic-platform'), app);
    writeFileSync(join(app, 'repository/conf/user-mgt.xml'), userMgt);
    const homes = await makeCluster(example, (node) =>
      node === 'elb' ? join(corpus, 'elb-2.0.4__xingyun52-wso2carbon4.1.0') : app,
    );
    const described = await describeBeside(homes);
    expect(live(described)).toBe(
      byName.replace('password }\nnodes', 'password }\n  names:\n    apiManager: apimgtdb\nnodes'),
    );
    expect(described).toMatchObject({ remarks: [], remaining: [] });
    expect(await isWhatItSays(homes, described)).toBe(true);
  });

  test('two nodes that somebody clustered by hand leave only what their files lack', async () => {
    const folder = makeFolder();
    const homes = ['1', '2'].map((number) => {
      const home = join(folder, `node${number}`);
      copyWritable(join(corpus, `mb-3.1.0-node${number}__nuwanbando-mb-cluster-setup`), home);
      return home;
    });
    const described = await describeBeside(homes);
    expect(live(described)).toBe(`domain: wso2.carbon.domain
hostName: cluster.example.org
database:
  url: "jdbc:mysql://database:3306/{database}"
  username: root
  password: { file: carbon-cluster.password }
  names:
    registry: regdb
    users: userdb
    local: false
  pool: { minIdle: 5 }
registry:
  instanceId: govdb
nodes:
  - name: manager1
    role: manager
    host: mb1
    home: node1
    members: [ mb2:4000 ]
    subDomain: worker
  - name: manager2
    role: manager
    host: mb2
    home: node2
    members: [ mb1:4000 ]
    subDomain: worker
`);
    expect(described.remarks).toEqual(['No home says hostName: an example stands there; put in what is right.']);
    const [missing] = ['manager1', 'manager2'].map(
      (name) => `${name}: repository/conf/carbon.xml: cannot be read: role manager needs it, and it is missing`,
    );
    expect(described.unplanned).toContain(missing);
    expect(changesOf(described).map((change) => change.replace(/<.*/, ''))).toEqual([
      'manager1 registry.xml + cacheId: ',
      'manager1 registry.xml + mount: ',
      'manager2 registry.xml + cacheId: ',
      'manager2 registry.xml + mount: ',
    ]);
  });
}

/** What planning would change, as people see it. */
function changesOf({ remaining }: DescribedHomes): readonly string[] {
  return remaining.flatMap(({ node, patches, ...plan }) =>
    patches
      .filter(({ edits }) => edits.length > 0)
      .flatMap((patch) => {
        const [, ...lines] = planText({ ...plan, node, patches: [patch], notes: [] }, {})
          .trimEnd()
          .split('\n');
        return lines.map((line) => `${node} ${patch.path.split('/').at(-1)}${line.replace(/^ *(\S) +\d+/, ' $1')}`);
      }),
  );
}

describe('a cluster is described as it was written', () => {
  const head = 'domain: my.domain\nhostName: a.example.org\n';
  const server = 'database: { host: db.example.org, username: u, password: { env: CARBON_PATCH_DB_PASSWORD } }\n';
  const two = `nodes:
  - { name: manager, role: manager, host: 10.0.0.1 }
  - { name: worker1, role: worker, host: 10.0.0.2 }
`;
  const cases: readonly (readonly [what: string, yaml: string, live: string | RegExp])[] = [
    [
      'without a load balancer, at ports and console of its own',
      `${head}mgtHostName: console.example.org\nloadBalancer: { httpPort: 8280, httpsPort: 8243 }\n${server}${two}`,
      /^domain: my.domain\nhostName: a.example.org\nmgtHostName: console.example.org\nloadBalancer:\n {2}httpPort: 8280\n {2}httpsPort: 8243\ndatabase:\n/,
    ],
    [
      'by multicast',
      `${head}membershipScheme: multicast\n${server}${two}`,
      /membershipScheme: multicast\n(?:(?!members:)[^])*$/,
    ],
    [
      'with one database for everything',
      `${head}database: { layout: single, kind: postgresql, host: DB.example.org, port: 5433, username: u, names: { single: mydb } }\n${two}`,
      `database:
  layout: single
  kind: postgresql
  host: DB.example.org
  port: 5433
  username: u
  password: { file: carbon-cluster.password }
  names:
    single: mydb
nodes:
`,
    ],
    [
      'with a URL of its own, names, users and pool settings',
      `${head}database:
  url: 'jdbc:oracle:thin:@//db:1521/{database}'
  username: u
  names: { registry: REG, users: USR, local: 'L_{node}' }
  users: { local: { username: lu, password: lp }, users: { username: uu, password: 'up#: x' } }
  pool: { maxActive: 99, removeAbandoned: true, validationQuery: SELECT 2 FROM DUAL }
${two}`,
      `database:
  url: "jdbc:oracle:thin:@//db:1521/{database}"
  username: u
  password: { file: carbon-cluster.password }
  names:
    registry: REG
    users: USR
    local: "L_{node}"
  users:
    users:
      username: uu
      password: { file: carbon-cluster.users.password }
    local:
      username: lu
      password: { file: carbon-cluster.local.password }
  pool: { maxActive: 99, validationQuery: SELECT 2 FROM DUAL, removeAbandoned: true }
nodes:
`,
    ],
    [
      'with local registries that stay embedded',
      `${head}${server.replace(' }\n', ', names: { local: false } }\n')}${two}`,
      'password: { file: carbon-cluster.password }\n  names:\n    local: false\nnodes:\n',
    ],
    [
      'with local registries of which each is its own case',
      `${head}${server}${two.replace('10.0.0.1', '10.0.0.1, localRegistryDatabase: false').replace('10.0.0.2', '10.0.0.2, localRegistryDatabase: MINE')}`,
      / {2}names:\n {4}local: false\nnodes:\n(?:.*\n)* {4}home: worker1\n {4}localRegistryDatabase: MINE\n$/,
    ],
    [
      'with a registry and a synchronizer that are not the usual ones',
      `${head}${server}registry: { instanceId: iii, configTargetPath: /_system/cfg, governanceTargetPath: /_system/gov, overwrite: virtual }
deploymentSynchronizer: { repositoryType: git, svnUrl: 'https://git.example.org/a.git', svnUser: g, svnPassword: gp }
${two}`,
      `registry:
  instanceId: iii
  configTargetPath: /_system/cfg
  governanceTargetPath: /_system/gov
  overwrite: virtual
deploymentSynchronizer:
  repositoryType: git
  svnUrl: https://git.example.org/a.git
  svnUser: g
  svnPassword: { file: carbon-cluster.svn.password }
nodes:
`,
    ],
    [
      'with nodes of which each has something of its own',
      `${head}${server}nodes:
  - { name: manager, role: manager, host: 10.0.0.1, mgtHostName: c.example.org, properties: { zone: 'yes', version: '1.10' } }
  - { name: worker1, role: worker, host: 10.0.0.1, offset: 7, subDomain: other, hostName: b.example.org }
  - { name: worker2, role: worker, host: 10.0.0.2, localMemberPort: 4100, members: ['h.example.org:4000'], properties: { port.mapping.80: 9764 } }
`,
      `nodes:
  - name: manager
    role: manager
    host: 10.0.0.1
    home: manager
    properties: { version: "1.10", zone: "yes" }
  - name: worker1
    role: worker
    host: 10.0.0.1
    home: worker1
    offset: 7
    subDomain: other
    hostName: b.example.org
  - name: worker2
    role: worker
    host: 10.0.0.2
    home: worker2
    localMemberPort: 4100
    members: [ h.example.org:4000 ]
    properties: { port.mapping.80: 9764 }
`,
    ],
    [
      'behind a load balancer of the Hazelcast era at a group port of its own, that others know by its name',
      `${head}loadBalancer: { httpPort: 8280, httpsPort: 8243, groupManagementPort: 4600 }\nhosts: { lb.example.org: 10.0.0.9 }
${server}nodes:
  - { name: elb, role: elb, host: lb.example.org, memberHost: lb.example.org, localMemberPort: 4005 }
${two.replace('nodes:\n', '')}`,
      /groupManagementPort: 4600\nhosts:\n {2}lb.example.org: 10.0.0.9\n(?:.*\n)*nodes:\n {2}- name: elb\n {4}role: elb\n {4}host: lb.example.org\n {4}home: elb\n {4}localMemberPort: 4005\n {4}memberHost: lb.example.org\n {2}- name: manager\n {4}role: manager\n {4}host: 10.0.0.1\n {4}home: manager\n {2}- name: worker1\n {4}role: worker\n {4}host: 10.0.0.2\n {4}home: worker1\n$/,
    ],
  ];

  test.each(cases)('%s', async (_what, yaml, expected) => {
    const homes = await makeCluster(yaml, fixtures('elb-2.1.0', 'esb-5.0.0'));
    const described = await describeBeside(homes);
    if (typeof expected === 'string') expect(live(described)).toContain(expected);
    else expect(live(described)).toMatch(expected);
    expect({
      ...described,
      remarks: described.remarks.filter((remark) => !remark.startsWith('h.example')),
    }).toMatchObject({ remaining: [], unplanned: [], remarks: [] });
    expect(await isWhatItSays(homes, described)).toBe(true);
  });

  test('with the names that a home has for its datasources, whoever clustered it', async () => {
    const homes = [join(makeFolder(), 'esb')];
    copyWritable(join(fixtureHomes, 'esb-4.9.0-clustered'), homes[0] ?? '');
    const described = await describeBeside(homes);
    expect(live(described)).toContain(`  url: "jdbc:mysql://192.0.2.50:3306/{database}?autoReconnect=true&useSSL=false"
  username: registry
  password: { file: carbon-cluster.password }
  names:
    registry: regdb
    users: userdb
    local: false
`);
    expect(described).toMatchObject({ remaining: [], unplanned: [] });
    expect(described.remarks).toEqual([
      '192.0.2.30:4100 is listed as a member, but none of these homes is it; give its home too, or see that it is right.',
    ]);
    expect(await isWhatItSays(homes, described)).toBe(true);
  });
});

describe('secrets', () => {
  const secret = 'geheim: #1';

  test('are in no text, and in the files that the text names', async () => {
    const homes = await makeCluster(example, fixtures('elb-2.1.0', 'esb-5.0.0'));
    const described = await describeBeside(homes);
    expect(described.text).not.toContain(secret);
    expect(described.secretFiles).toEqual([{ name: 'carbon-cluster.password', secret }]);
  });

  test('in the secure vault are looked for in the environment, and stay where they are', async () => {
    const homes = await makeCluster(example, fixtures('elb-2.1.0', 'esb-5.0.0'));
    for (const home of homes.slice(1))
      edit(home, datasources, /<password>geheim: #1/g, '<password svns:secretAlias="a.b">password');
    const described = await describeBeside(homes);
    expect(live(described)).toBe(
      byAddress.replace('{ file: carbon-cluster.password }', '{ env: CARBON_PATCH_DB_PASSWORD }'),
    );
    expect(described).toMatchObject({
      secretFiles: [],
      variables: ['CARBON_PATCH_DB_PASSWORD'],
      remarks: [],
      remaining: [],
    });
    expect(await isWhatItSays(homes, described)).toBe(true);
  });

  test.each([
    ['jdbc:mysql://joe:hidden@', /jdbc:mysql:\/\//g, 'database:\n  host: carbondb.mysql-wso2.com\n'],
    ['?password=hidden&amp;', /\?/g, 'database:\n  host: carbondb.mysql-wso2.com\n'],
  ])('of a URL such as %s are not written, and it is said', async (to, from, expected) => {
    const homes = await makeCluster(example, fixtures('elb-2.1.0', 'esb-5.0.0'));
    for (const home of homes.slice(1)) {
      const file = join(home, 'repository/conf', datasources);
      const text = readFileSync(file, 'latin1');
      writeFileSync(
        file,
        text.replace(/(<url>)(.*)(<\/url>)/g, (all) => all.replace(from, to)),
        'latin1',
      );
    }
    const described = await describeBeside(homes);
    expect(described.text).not.toContain('hidden');
    expect(live(described)).toContain(expected);
    expect(described.remarks).toEqual([
      'The JDBC URL of these homes holds a user or a password; the cluster file has the usual URL of its server instead.',
    ]);
    expect(described.remaining.map(({ node }) => node)).toEqual(['manager', 'worker1', 'worker2', 'worker3']);
  });

  test('of members and pools are left out by their names', async () => {
    const homes = await makeCluster(example, fixtures('elb-2.1.0', 'esb-5.0.0'));
    for (const home of homes.slice(1)) {
      edit(
        home,
        'axis2/axis2.xml',
        '<property name="subDomain"',
        '<property name="authToken" value="hidden"/><property name="subDomain"',
      );
      edit(
        home,
        datasources,
        /<maxWait>/g,
        '<connectionProperties>x=hidden</connectionProperties><trustPassword>hidden</trustPassword><maxWait>',
      );
    }
    const described = await describeBeside(homes);
    expect(described.text).not.toContain('hidden');
    expect(described).toMatchObject({ remarks: [], remaining: [] });
  });
});

describe('homes that do not agree', () => {
  test('leave the value of most of them, and the others to be changed', async () => {
    const homes = await makeCluster(example, fixtures('elb-2.1.0', 'esb-5.0.0'));
    const [, manager = '', worker1 = '', worker2 = '', worker3 = ''] = homes;
    edit(worker2, 'axis2/axis2.xml', 'wso2.esb.domain', 'other.domain');
    edit(worker1, 'registry.xml', '/_system/governance</targetPath>', '/_system/elsewhere</targetPath>');
    edit(manager, 'carbon.xml', /<Offset>1/g, '<Offset>2');
    edit(worker3, datasources, /geheim/g, 'anders');
    const described = await describeBeside(homes);
    expect(live(described)).toContain('domain: wso2.esb.domain\n');
    expect(described.remarks).toEqual([
      expect.stringMatching(/^Left out: nodes\[3\]\.offset: .*192\.0\.2\.206.*offset 2; give each its own\.$/),
    ]);
    expect(changesOf(described)).toEqual([
      'worker1 registry.xml ~ /_system/governance/targetPath: /_system/elsewhere → /_system/governance',
      'worker2 axis2.xml ~ domain: other.domain → wso2.esb.domain',
      'worker2 carbon.xml ~ Offset: 2 → 1',
      'worker3 master-datasources.xml ~ password: ******** → ********',
      'worker3 master-datasources.xml ~ password: ******** → ********',
    ]);
  });

  test('say H2 options in a URL of another product, which no cluster file may', async () => {
    const homes = await makeCluster(example, fixtures('elb-2.1.0', 'esb-5.0.0'));
    for (const home of homes.slice(1)) edit(home, datasources, /autoReconnect=true/g, 'x=1;DB_CLOSE_ON_EXIT=FALSE');
    const described = await describeBeside(homes);
    expect(live(described)).toBe(byAddress);
    expect(described.remarks).toEqual([
      'The JDBC URL of these homes holds options of H2, which MySQL does not know; the cluster file has the usual URL of its server instead.',
    ]);
    expect(changesOf(described).every((change) => / url: /.test(change))).toBe(true);
  });
});

describe('members by names', () => {
  const named = (port: number): string => `domain: d
hostName: a.example.org
database: { host: db, username: u }
hosts: { m1: 10.0.0.1, m2: 10.0.0.2, m3: 10.0.0.3 }
nodes:
  - { name: elb, role: elb, host: m3, localMemberPort: 4010 }
  - { name: manager1, role: manager, host: m1, localMemberPort: 4001 }
  - { name: manager2, role: manager, host: m2, localMemberPort: ${port} }
  - { name: worker1, role: worker, host: m2, localMemberPort: 4003 }
`;

  test('find their nodes by their ports', async () => {
    const homes = await makeCluster(named(4002), fixtures('elb-2.0.4', 'esb-4.7.0'));
    const described = await describeBeside(homes);
    expect(live(described)).toContain('hosts:\n  m3: 10.0.0.3\n  m1: 10.0.0.1\n  m2: 10.0.0.2\n');
    expect(live(described)).not.toContain('members');
    expect(described).toMatchObject({ remarks: [], remaining: [] });
  });

  test('find their nodes by who lists them, where ports tell nothing', async () => {
    const yaml = named(4001)
      .replaceAll(/, localMemberPort: \d+/g, '')
      .replace(/.*manager2.*\n/, '')
      .replace('host: m2', 'host: m2, localMemberPort: 4007');
    const homes = await makeCluster(yaml, fixtures('elb-2.0.4', 'esb-4.7.0'));
    const described = await describeBeside(homes);
    expect(live(described)).toContain('hosts:\n  m3: 10.0.0.3\n  m1: 10.0.0.1\ndatabase');
    expect(live(described)).not.toContain('members');
    expect(described).toMatchObject({ remarks: [], remaining: [] });
  });

  test('that may be several nodes stay in the lists', async () => {
    const homes = await makeCluster(named(4001), fixtures('elb-2.0.4', 'esb-4.7.0'));
    const described = await describeBeside(homes);
    expect(live(described)).toContain('hosts:\n  m3: 10.0.0.3\ndatabase');
    expect(live(described)).toContain('    members: [ m3:4010, m1:4001, m2:4001 ]\n');
    expect(described.remarks).toEqual(
      ['m1:4001', 'm2:4001'].map(
        (member) =>
          `${member} is listed as a member and may be manager1 or manager2; put its name into hosts and into host of that node.`,
      ),
    );
    expect(described.remaining).toEqual([]);
  });
});

describe('homes that nobody clustered yet', () => {
  test('get examples where nothing is known, each on a machine of its own, and everything is told', async () => {
    const folder = makeFolder();
    const homes = ['a', 'b'].map((name) => join(folder, name));
    for (const home of homes) copyWritable(join(fixtureHomes, 'esb-5.0.0'), home);
    const described = await describeBeside(homes);
    expect(described.remarks).toEqual([
      ...['hostName', 'database.host', 'database.username'].map(
        (key) => `No home says ${key}: an example stands there; put in what is right.`,
      ),
      'worker2: says only that it is on its own machine, with the ports of another node; put the address of its machine into host, and into localMemberHost where that stands.',
    ]);
    expect(live(described)).toContain('  host: database.example.org\n  username: carbon\n');
    expect(changesOf(described)).toContain('worker2 axis2.xml ~ clustering@enable: false → true');
    expect(await isWhatItSays(homes, described)).toBe(false);
  });

  test('take what is stated', async () => {
    const home = join(makeFolder(), 'a');
    copyWritable(join(fixtureHomes, 'esb-5.0.0'), home);
    const stated = {
      domain: 'd',
      hostName: 'h.example.org',
      database: { url: 'jdbc:mysql://db/{database}', username: 'me' },
    };
    const described = await describeBeside([home], stated);
    expect(live(described)).toContain(
      'domain: d\nhostName: h.example.org\ndatabase:\n  url: "jdbc:mysql://db/{database}"\n  username: me\n  password: { env: CARBON_PATCH_DB_PASSWORD }\n',
    );
    expect(described.remarks).toEqual([]);
  });

  test('without an address are named in a remark', async () => {
    const home = join(makeFolder(), 'a');
    copyWritable(join(fixtureHomes, 'esb-4.7.0'), home);
    expect((await describeBeside([home])).remarks).toContain(
      'worker1: has no localMemberHost; put the address of its machine into host.',
    );
  });
});

describe('homes that cannot be used', () => {
  test('are refused with the reason of each', async () => {
    const error = await rejectionOf(describeBeside([makeHome({}), join(fixtureHomes, 'am-3.0.0-toml')]));
    expect(error).toMatchObject({
      code: 'HOMES_UNUSABLE',
      details: { causes: [{ code: 'HOME_NOT_FOUND' }, { code: 'HOME_GENERATED' }] },
    });
    expect(await rejectionOf(describeBeside([makeHome({})]))).toMatchObject({ code: 'HOME_NOT_FOUND' });
  });

  test('are refused where one is given twice', async () => {
    const home = join(fixtureHomes, 'esb-5.0.0');
    expect(await rejectionOf(describeBeside([home, `${home}/`]))).toMatchObject({
      code: 'NODE_CHOICE_UNCLEAR',
      message: `${home}/ is given twice; give each home once`,
    });
  });
});
