import {
  withoutDerived,
  withoutProblems,
  type ClusterDescription,
} from '../../cluster/cluster-file/cluster-description';
import { secretFilesOf } from '../../cluster/cluster-file/secrets';
import { describeDatabase } from './describe-database';
import { secretKeeper, type SecretFile } from './describe-credentials';
import { describeFrontEnd } from './describe-front-end';
import { describeNodes } from './describe-nodes';
import { describeRegistry, describeSynchronizer } from './describe-registry';
import { nameHomes, type HomeToDescribe } from './named-home';
import { orUndefined, withoutUndefined } from './without-undefined';

/** Values that the caller states; they win over what the homes say. */
export type StatedValues = Partial<Pick<ClusterDescription, 'domain' | 'hostName' | 'mgtHostName'>> & {
  readonly database?: Partial<ClusterDescription['database']>;
};

/** How homes are described. */
export interface DescribeOptions {
  /** The name of the cluster file without its ending, from which the names of secret files are made. */
  readonly secretBase: string;
  readonly stated: StatedValues;
}

/** A cluster file that says what homes are, in values. */
export interface DescribedCluster {
  /** The nodes have the names of `homes`. */
  readonly description: ClusterDescription;
  readonly secretFiles: readonly SecretFile[];
  /** The environment variables that are to hold the other secrets. */
  readonly variables: readonly string[];
  /** The path of each home, as it was given, by the name of its node. */
  readonly homes: ReadonlyMap<string, string>;
  /** What is not known, or could not be stated; whole sentences. */
  readonly remarks: readonly string[];
}

/**
 * The cluster that homes are, as far as a cluster file can say it; what would be derived anyway is left out. Where nodes
 * that must agree do not, the value of most of them is taken. Passwords are in `secretFiles` and nowhere else.
 */
export function describeCluster(
  homes: readonly HomeToDescribe[],
  { secretBase, stated }: DescribeOptions,
): DescribedCluster {
  const named = nameHomes(homes);
  const keeper = secretKeeper(secretBase);
  const frontEnd = describeFrontEnd(named);
  const { nodes, hosts, remarks: nodeRemarks } = describeNodes(named, frontEnd);
  const database = describeDatabase(named, keeper);
  const { domain = frontEnd.domain, hostName = frontEnd.hostName, mgtHostName = frontEnd.mgtHostName } = stated;
  const missing: string[] = [];
  const whole: ClusterDescription = withoutUndefined({
    domain: domain ?? placeholder('domain', missing),
    membershipScheme: frontEnd.membershipScheme,
    hostName: hostName ?? placeholder('hostName', missing),
    mgtHostName,
    loadBalancer: orUndefined(frontEnd.loadBalancer),
    hosts: orUndefined(hosts),
    database: completeDatabase({ ...database.values, ...stated.database }, stated.database, missing),
    registry: describeRegistry(named),
    deploymentSynchronizer: describeSynchronizer(named, keeper),
    nodes: nodes.map((node) => {
      const local = database.localRegistries.get(node.name);
      return local === undefined ? node : { ...node, localRegistryDatabase: local };
    }),
  });
  const { description, leftOut } = withoutProblems(whole);
  const agents = new Map(named.map(({ name, agent }) => [name, agent]));
  return {
    description: withoutDerived(description, agents),
    secretFiles: keeper.files().filter(({ name }) => secretFilesOf(description).includes(name)),
    variables: secretVariablesOf(description),
    homes: new Map(named.map(({ name, facts }) => [name, facts.home.path])),
    remarks: [
      ...missing.map((key) => `No home says ${key}: an example stands there; put in what is right.`),
      ...nodeRemarks,
      ...database.remarks,
      ...leftOut.map((problem) => `Left out: ${problem}.`),
    ],
  };
}

function secretVariablesOf({ database, deploymentSynchronizer }: ClusterDescription): readonly string[] {
  const users = Object.values(database.users ?? {}).map((user) => user?.password);
  const references = [database.password, ...users, deploymentSynchronizer?.svnPassword];
  return references.flatMap((reference) =>
    typeof reference === 'object' && 'env' in reference ? [reference.env] : [],
  );
}

/** What stands where a value has to be and nobody knows it; the domain is kept for documentation (RFC 2606). */
const placeholders = {
  domain: 'wso2.carbon.example.domain',
  hostName: 'cluster.example.org',
  'database.host': 'database.example.org',
  'database.username': 'carbon',
} as const;

function placeholder(key: keyof typeof placeholders, missing: string[]): string {
  missing.push(key);
  return placeholders[key];
}

/** The password of a user whom the homes do not know. */
const ofVariable = { env: 'CARBON_PATCH_DB_PASSWORD' } as const;

/** A server that is stated takes the place of the one that was found, in whichever form. */
function completeDatabase(
  values: Partial<ClusterDescription['database']>,
  stated: StatedValues['database'] = {},
  missing: string[],
): ClusterDescription['database'] {
  const { host, port, url, kind, ...others } = values;
  const isStated = stated.host !== undefined || stated.url !== undefined;
  const server = isStated
    ? {
        host: stated.host,
        port: stated.port,
        url: stated.url,
        kind: stated.kind ?? (stated.url === undefined ? kind : undefined),
      }
    : { host, port, url, kind };
  const isKnown = server.host !== undefined || server.url !== undefined;
  return withoutUndefined({
    ...others,
    kind: server.kind,
    host: isKnown ? server.host : placeholder('database.host', missing),
    port: server.port,
    url: server.url,
    username: values.username ?? placeholder('database.username', missing),
    password: stated.username === undefined ? (values.password ?? ofVariable) : ofVariable,
  });
}
