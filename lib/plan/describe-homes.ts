import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { describeCluster, type DescribedCluster, type StatedValues } from '../carbon/description/describe-cluster';
import type { SecretFile } from '../carbon/description/describe-credentials';
import type { HomeToDescribe } from '../carbon/description/named-home';
import { carbonFiles, carbonTextFiles } from '../carbon/files';
import type { HomeFacts } from '../carbon/facts/home-facts';
import type { CarbonHome } from '../carbon/carbon-home';
import { roleOfHome } from '../check/role-of-home';
import { parseClusterFile, resolveClusterFile } from '../cluster/cluster-file/parse-cluster-file';
import { writeClusterFile } from '../cluster/cluster-file/write-cluster-file';
import type { RoleName } from '../cluster/roles';
import type { ClusterTopology } from '../cluster/topology';
import { realPathOf } from '../disk/real-path';
import { CarbonPatchError, expectedError, isCarbonPatchError } from '../errors';
import { makePlan } from './make-plan';
import { openHome } from './open-home';
import { isNoOp, type Plan } from './plan';
import { surveyHome } from './survey-home';

export type { StatedValues } from '../carbon/description/describe-cluster';
export type { SecretFile } from '../carbon/description/describe-credentials';

/** A cluster file that is to be made from homes. */
export interface DescribeHomesOptions {
  /** Where the cluster file will be; paths in it count from its folder. It is not written here. */
  readonly clusterFile: string;
  /** Values that win over what the homes say. */
  readonly stated?: StatedValues;
  /** Called after each home, with how many are done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The cluster file of homes, and how far they are what it says. */
export interface DescribedHomes {
  readonly text: string;
  /** What it refers to by name; they belong into its folder. */
  readonly secretFiles: readonly SecretFile[];
  /** The environment variables in which it looks for the other secrets. */
  readonly variables: readonly string[];
  /** What is not known, or could not be stated; whole sentences. */
  readonly remarks: readonly string[];
  /** What planning the file against its homes would change; only nodes where that is something. */
  readonly remaining: readonly Plan[];
  /** Why parts of homes could not be planned at all; one line each. */
  readonly unplanned: readonly string[];
}

/**
 * The cluster file that describes homes as they are, so that planning it against them changes nothing where a cluster file
 * can say all that they say. Reads, never writes.
 * Throws what `openHome` throws, HOMES_UNUSABLE where several homes cannot be used, and NODE_CHOICE_UNCLEAR where one is
 * given twice.
 */
export async function describeHomes(
  paths: readonly string[],
  { clusterFile, stated = {}, onProgress }: DescribeHomesOptions,
): Promise<DescribedHomes> {
  await refuseRepeated(paths);
  const surveyed = await surveyHomes(paths, onProgress);
  const folder = resolve(dirname(clusterFile));
  const cluster = describeCluster(
    surveyed.map((facts): HomeToDescribe => ({
      facts,
      role: roleOf(facts),
      home: homeForClusterFile(clusterFile, facts.home.path),
    })),
    { secretBase: basename(clusterFile).replace(/\.[^.]*$/, ''), stated },
  );
  const count = `${paths.length} home${paths.length === 1 ? '' : 's'}`;
  const text = writeClusterFile(cluster.description, {
    heading: [`Cluster file of carbon-patch: what ${count} said when it was made.`],
  });
  const { remaining, unplanned } = await planAll(topologyOf(text, folder, clusterFile, cluster), surveyed, cluster);
  const { secretFiles, variables } = cluster;
  return { text, secretFiles, variables, remarks: cluster.remarks, remaining, unplanned };
}

/** A home as a cluster file is to name it: from its folder where the home is below that, else absolute. */
export function homeForClusterFile(clusterFile: string, home: string): string {
  const path = relative(resolve(dirname(clusterFile)), resolve(home));
  return path === '' || path.startsWith('..') || isAbsolute(path) ? resolve(home) : path;
}

async function refuseRepeated(paths: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  for (const path of paths) {
    const place = await realPathOf(path);
    if (seen.has(place))
      throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', {
        problem: `${path} is given twice`,
        advice: 'give each home once',
      });
    seen.add(place);
  }
}

async function surveyHomes(
  paths: readonly string[],
  onProgress: DescribeHomesOptions['onProgress'],
): Promise<readonly HomeFacts[]> {
  const surveyed: HomeFacts[] = [];
  const causes: CarbonPatchError[] = [];
  for (const [index, path] of paths.entries()) {
    try {
      surveyed.push(await surveyHome(await openHome(path)));
    } catch (error) {
      causes.push(expectedError(error));
    }
    onProgress?.(index + 1, paths.length);
  }
  const [first, another] = causes;
  if (first === undefined) return surveyed;
  throw another === undefined ? first : new CarbonPatchError('HOMES_UNUSABLE', { causes });
}

/**
 * Whether a node writes the shared registry can be said by nothing but its role, so that decides; else the signs that
 * `check` goes by too.
 */
function roleOf(facts: HomeFacts): RoleName {
  const mounted = new Set(facts.registry?.mounts.map(({ value }) => value.instanceId?.value.trim()));
  const instances = (facts.registry?.remoteInstances ?? []).filter(({ value }) =>
    mounted.has(value.children.get('id')?.value.trim()),
  );
  const readOnly = new Set(instances.map(({ value }) => value.children.get('readOnly')?.value.trim()));
  if (facts.home.isLoadBalancer || readOnly.size !== 1) return roleOfHome(facts);
  return readOnly.has('true') ? 'worker' : 'manager';
}

/** The text is read as any cluster file is, with the secrets that will lie beside it. */
function topologyOf(text: string, folder: string, path: string, { secretFiles }: DescribedCluster): ClusterTopology {
  const files = new Map(secretFiles.map(({ name, secret }) => [name, { secret }]));
  const options = {
    secrets: { env: {}, files, need: 'optional' },
    resolveHome: (home: string) => resolve(folder, home),
  } as const;
  return resolveClusterFile(parseClusterFile(text, path, []), options).topology;
}

async function planAll(
  topology: ClusterTopology,
  surveyed: readonly HomeFacts[],
  cluster: DescribedCluster,
): Promise<Pick<DescribedHomes, 'remaining' | 'unplanned'>> {
  const remaining: Plan[] = [];
  const unplanned: string[] = [];
  for (const { name } of topology.nodes) {
    const home = surveyed.find((facts) => facts.home.path === cluster.homes.get(name))?.home;
    if (home === undefined) continue;
    const { plan, problems } = await planAsFarAsPossible(home, topology, name);
    if (!isNoOp(plan)) remaining.push(plan);
    unplanned.push(...problems.map((problem) => `${name}: ${problem}`));
  }
  return { remaining, unplanned };
}

/** A home that lacks files, or has one that cannot be read, is planned file by file, so that the others are compared. */
async function planAsFarAsPossible(
  home: CarbonHome,
  topology: ClusterTopology,
  name: string,
): Promise<{ readonly plan: Plan; readonly problems: readonly string[] }> {
  try {
    return { plan: await makePlan(home, topology, name), problems: [] };
  } catch (error) {
    if (!isCarbonPatchError(error, 'HOME_FILES_UNUSABLE')) throw error;
  }
  const plans: Plan[] = [];
  const problems = new Set<string>();
  for (const file of [...carbonFiles, ...carbonTextFiles]) {
    try {
      plans.push(await makePlan(home, topology, name, { only: [file.name] }));
    } catch (error) {
      if (isCarbonPatchError(error, 'HOME_FILES_UNUSABLE'))
        error.details.causes.forEach(({ message }) => problems.add(message));
      // A file that the role does not need is not known by that name.
      else if (!isCarbonPatchError(error, 'TOPOLOGY_INVALID')) throw error;
    }
  }
  const plan: Plan = {
    formatVersion: 1,
    node: name,
    patches: plans.flatMap(({ patches }) => patches),
    newFiles: [],
    notes: [],
  };
  return { plan, problems: [...problems] };
}
