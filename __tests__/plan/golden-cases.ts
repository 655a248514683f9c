import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { chooseNode, type TopologyOverrides } from '../../lib/cluster/overrides';
import { roleNames, type RoleName } from '../../lib/cluster/roles';
import type { ClusterTopology } from '../../lib/cluster/topology';
import type { CarbonHome } from '../../lib/carbon/carbon-home';
import { makePlan } from '../../lib/plan/make-plan';
import { openHome } from '../../lib/plan/open-home';
import type { Plan } from '../../lib/plan/plan';
import { copyHome, fixtureHomes } from './fixture-home';

/** One plan that is kept in fixtures/plans. */
export interface PlanCase {
  readonly home: string;
  readonly role: RoleName;
  /** Told apart from the plan of the plain example cluster by this. */
  readonly variant?: string;
  readonly overrides?: TopologyOverrides;
  /** What the cluster has otherwise than the example. */
  readonly cluster?: Partial<ClusterTopology>;
  /** The profile of EI 6 that is meant, which is a home in the home. */
  readonly profile?: string;
}

const { database, registry } = exampleCluster;

/** Everything that is committed goes through one repository. */
const synchronized: Partial<ClusterTopology> = {
  deploymentSynchronizer: {
    repositoryType: 'svn',
    svnUrl: 'https://svn.example.org/cluster/?a=1&b=2',
    svnUser: 'deployer',
    svnPassword: 's&cret',
    svnUrlAppendTenantId: true,
  },
};

/** The servers know that clients reach them through a load balancer. */
const proxied: Partial<ClusterTopology> = {
  frontEnd: { ...exampleCluster.frontEnd, httpsPort: 8443, proxyPorts: true, workerProxyPorts: true },
};

const plain: readonly PlanCase[] = readdirSync(fixtureHomes)
  .sort()
  .flatMap((home) => roleNames.map((role) => ({ home, role })));

const variants: readonly PlanCase[] = [
  { home: 'esb-5.0.0', role: 'worker', variant: 'single', overrides: { databaseLayout: 'single' } },
  {
    home: 'esb-4.9.0-clustered',
    role: 'worker',
    variant: 'single-url',
    overrides: { databaseLayout: 'single', databaseUrl: 'jdbc:mysql://192.0.2.50:3306/carbon?a=1&b=2' },
  },
  {
    home: 'esb-5.0.0',
    role: 'manager',
    variant: 'postgresql',
    overrides: {
      databaseKind: 'postgresql',
      databaseHost: '192.0.2.50',
      databaseUser: 'carbon',
      databasePassword: 'p&w<d>',
    },
  },
  { home: 'esb-4.7.0', role: 'manager', variant: 'oracle', overrides: { databaseKind: 'oracle' } },
  {
    home: 'am-1.8.0',
    role: 'worker',
    variant: 'mssql',
    overrides: { databaseUrl: 'jdbc:sqlserver://192.0.2.50\\node1:1433;databaseName={database};encrypt=true' },
  },
  {
    home: 'esb-4.9.0-clustered',
    role: 'worker',
    variant: 'members',
    overrides: {
      host: '192.0.2.31',
      localMemberPort: 4100,
      offset: 2,
      hostName: 'esb.example.org',
      members: ['192.0.2.30:4100', '192.0.2.31:4100', '192.0.2.32:4100'],
    },
  },
  {
    home: 'ei-6.6.0',
    role: 'manager',
    variant: 'hosts',
    overrides: {
      domain: 'wso2.ei.domain',
      host: '2001:db8::31',
      hostName: 'ei.example.org',
      mgtHostName: 'console.example.org',
      databaseHost: '2001:db8::50',
      members: [],
    },
  },
  {
    home: 'elb-2.1.0',
    role: 'elb',
    variant: 'domain',
    overrides: { domain: 'wso2.esb.domain', host: '192.0.2.10', localMemberPort: 4500 },
  },
  { home: 'ei-6.6.0', profile: 'broker', role: 'worker', variant: 'broker' },
  { home: 'esb-5.0.0', role: 'worker', variant: 'proxied', cluster: proxied },
  { home: 'esb-5.0.0', role: 'manager', variant: 'proxied', cluster: proxied },
  { home: 'esb-4.7.0', role: 'manager', variant: 'proxied', cluster: proxied },
  { home: 'esb-4.9.0-clustered', role: 'worker', variant: 'proxied', cluster: proxied },
  { home: 'is-5.3.0', role: 'manager', variant: 'proxied', cluster: proxied },
  { home: 'ei-6.6.0', role: 'manager', variant: 'proxied', cluster: proxied },
  { home: 'elb-2.1.0', role: 'elb', variant: 'proxied', cluster: proxied },
  { home: 'as-5.0.2', role: 'manager', variant: 'svn', cluster: synchronized },
  { home: 'esb-5.0.0', role: 'worker', variant: 'svn', cluster: synchronized },
  { home: 'am-2.1.0', role: 'manager', variant: 'svn', cluster: synchronized },
  { home: 'esb-4.7.0', role: 'worker', variant: 'multicast', cluster: { membershipScheme: 'multicast' } },
  {
    home: 'am-2.1.0',
    role: 'worker',
    variant: 'stated',
    cluster: {
      registry: {
        ...registry,
        apiManagerDatabase: 'apis',
        instanceId: 'clusterinstance',
        configTargetPath: '/_system/config/am',
        overwrite: 'virtual',
      },
      database: {
        ...database,
        users: { apiManager: { username: 'apis', password: 'apis' }, registry: { username: 'reg', password: 'p' } },
        pool: { maxActive: '120', minIdle: '5' },
      },
    },
  },
  {
    home: 'esb-5.0.0',
    role: 'worker',
    variant: 'patches',
    cluster: {
      patches: [
        {
          file: 'tomcat/catalina-server.xml',
          nodes: ['worker1'],
          namespaces: {},
          operations: [
            { op: 'setAttribute', at: "//Connector[@port='9443']", name: 'proxyPort', value: '443' },
            { op: 'setAttribute', at: "//Connector[@port='9763']", name: 'proxyPort', value: '80' },
          ],
        },
        {
          file: 'carbon.xml',
          nodes: undefined,
          namespaces: { c: 'http://wso2.org/projects/carbon/carbon.xml' },
          operations: [{ op: 'setText', at: '/c:Server/c:HostName', value: 'mine.example.org' }],
        },
        {
          file: 'carbon.xml',
          nodes: ['manager'],
          namespaces: {},
          operations: [{ op: 'removeElement', at: '/Server/HostName' }],
        },
      ],
    },
  },
];

/** Every fixture home in every role, and some with other values than the example cluster has. */
export const goldenCases: readonly GoldenCase[] = [...plain, ...variants].map((one) => ({
  ...one,
  name: `${one.home}/${one.role}${one.variant === undefined ? '' : `-${one.variant}`}`,
}));

/** A copy of the home of a case; of the whole EI where it is a profile of it. */
export function homeOf({ home, profile }: PlanCase): string {
  const path = copyHome(home);
  return profile === undefined ? path : join(path, 'wso2', profile);
}

/** The plan of a case for a copy of its home. */
export async function planOf(
  path: string,
  { role, overrides = {}, cluster }: PlanCase,
): Promise<{ readonly home: CarbonHome; readonly plan: Plan }> {
  const { topology, node } = chooseNode({ ...exampleCluster, ...cluster }, role, overrides);
  const home = await openHome(path);
  return { home, plan: await makePlan(home, topology, node.name) };
}

interface GoldenCase extends PlanCase {
  /** Its place in fixtures/plans, without the extension. */
  readonly name: string;
}
