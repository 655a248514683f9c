import { posix } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import { readDatasourceFacts } from '../carbon/facts/datasource-facts';
import { masterDatasourcesXml } from '../carbon/files/master-datasources-xml';
import type { HomeSituation } from '../carbon/home-situation';
import { roleOf } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import { fileExists } from '../disk/read-file';
import { unsafeFilesOf } from '../disk/unsafe-files';
import { CarbonPatchError, expectedError } from '../errors';
import { parseDecoded, type SourceDocument } from '../xml/document';
import { confReader } from './conf-reader';
import type { Driver } from './load-drivers';
import { isNoOp, patchedText, type Plan } from './plan';
import { planFile, type FileResult, type PlanningContext } from './plan-file';
import { plannedFiles, type FileChoice, type PlannedFile } from './planned-files';
import { planDrivers, type DriverPlan } from './plan-drivers';
import { createPlanningCache, type PlanningCache } from './planning-cache';
import { furtherDatasourceFiles, readSituation, type SituationReading } from './read-situation';

/** What narrows a plan, and what makes many of them fast. */
export interface PlanOptions extends FileChoice {
  /** Shared by the plans of one run, so that homes with the same files are read once; see `createPlanningCache`. */
  readonly cache?: PlanningCache;
  /** JDBC drivers that a node with datasources is to have; see `loadDrivers`. */
  readonly drivers?: readonly Driver[];
}

/**
 * What has to change in a home for it to be this node of this cluster; reads, never writes.
 * Throws TOPOLOGY_INVALID where the cluster has no such node or a file of `only` is not known, HOME_NOT_FOR_ROLE where the
 * home is a load balancer and the role is not, or the other way round, HOME_FILES_UNUSABLE with every file that is
 * missing, malformed, not as its recipe or a patch of the cluster needs it, or not to be replaced as it is (FILE_UNSAFE), and
 * DRIVER_UNUSABLE where the home has another version of a driver.
 */
export async function makePlan(
  home: CarbonHome,
  topology: ClusterTopology,
  nodeName: string,
  options: PlanOptions = {},
): Promise<Plan> {
  const node = topology.nodes.find(({ name }) => name === nodeName);
  if (node === undefined)
    throw new CarbonPatchError('TOPOLOGY_INVALID', { problems: [`the cluster has no node ${nodeName}`] });
  refuseOtherRole(home, node);
  const cache = options.cache ?? createPlanningCache();
  const reader = confReader(home, cache);
  const further = roleOf(node.role).isLoadBalancer ? [] : await furtherDatasourceFiles(reader);
  const files = plannedFiles(home, node, topology, further, options);
  const reading = await readSituation(further, topology, (file) => reader.parse(file));
  const { carbonVersion } = home;
  const context: PlanningContext = { node, topology, situation: reading.situation, carbonVersion, reader, cache };
  const results = await settledFiles(home, context, files, further, reading);
  const drivers = await driversOf(home, context, further, results, options.drivers ?? []);
  const plan: Plan = {
    formatVersion: 1,
    node: node.name,
    patches: results.map(({ patch }) => patch),
    newFiles: drivers.newFiles,
    notes: [...results.flatMap(({ notes }) => notes), ...drivers.notes],
  };
  return { ...plan, notes: [...plan.notes, ...(await hazelcastNotes(home, plan)), ...startedNotes(home, plan)] };
}

function refuseOtherRole(home: CarbonHome, { role }: ClusterNode): void {
  if (home.isLoadBalancer === roleOf(role).isLoadBalancer) return;
  const problem = home.isLoadBalancer
    ? `it has ${home.confFolder}/loadbalancer.conf, so it is a load balancer; use a role for one`
    : `it has no ${home.confFolder}/loadbalancer.conf, so it is no load balancer; use another role`;
  throw new CarbonPatchError('HOME_NOT_FOR_ROLE', { home: home.path, role, problem });
}

/**
 * The files by the names that the home has once they are patched: a patch of the user's own may give it other names than it
 * had, and the next run would follow those.
 */
async function settledFiles(
  home: CarbonHome,
  context: PlanningContext,
  files: readonly PlannedFile[],
  further: readonly string[],
  reading: SituationReading,
): Promise<readonly FileResult[]> {
  const hasPatches = files.some(({ patches }) => patches.length > 0);
  let names = context.situation.names;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const results = await planFiles(home, { ...context, situation: { ...context.situation, names } }, files, reading);
    if (!hasPatches) return results;
    const after = (await situationAfter(context, further, results)).names;
    if (JSON.stringify(after) === JSON.stringify(names)) return results;
    names = after;
  }
  const problem =
    'the patches of the cluster name a datasource or registry anew with each run; leave out of them what the recipe sets';
  throw new CarbonPatchError('OPERATION_INVALID', { operation: 'of a patch', problem });
}

/** The first names, those that the patches give, and once more for what follows from these. */
const mostAttempts = 3;

async function situationAfter(
  { reader, topology }: PlanningContext,
  further: readonly string[],
  results: readonly FileResult[],
): Promise<HomeSituation> {
  const documentOf = (file: string): ReturnType<typeof reader.parse> => {
    const planned = results.find(({ patch }) => patch.path === reader.pathOf(file));
    return planned?.result === undefined ? reader.parse(file) : Promise.resolve(planned.result);
  };
  return (await readSituation(further, topology, documentOf)).situation;
}

/** Every file, or HOME_FILES_UNUSABLE with all that stands in the way. */
async function planFiles(
  home: CarbonHome,
  context: PlanningContext,
  files: readonly PlannedFile[],
  { unreadable }: SituationReading,
): Promise<readonly FileResult[]> {
  const causes = new Map<string, CarbonPatchError>();
  const results: FileResult[] = [];
  const refuse = (error: CarbonPatchError): void => void causes.set(error.message, error);
  for (const file of files) {
    try {
      const result = await planFile(context, file);
      if (result) results.push(result);
    } catch (error) {
      refuse(expectedError(error));
    }
  }
  const changed = results.map(({ patch }) => patch).filter(({ edits }) => edits.length > 0);
  const unsafe = await unsafeFilesOf(
    { path: home.path },
    changed.map(({ path }) => ({ path, comesOrGoes: false })),
  );
  unsafe.forEach(refuse);
  // A recipe that follows the names of the home must not guess them where they cannot be read.
  if (files.some(({ recipe }) => recipe?.kind === 'xml' && recipe.file.needsSituation)) unreadable.forEach(refuse);
  if (causes.size > 0)
    throw new CarbonPatchError('HOME_FILES_UNUSABLE', { home: home.path, causes: [...causes.values()] });
  return results;
}

/** A load balancer has no datasources. */
async function driversOf(
  home: CarbonHome,
  { node, topology, reader }: PlanningContext,
  further: readonly string[],
  results: readonly FileResult[],
  drivers: readonly Driver[],
): Promise<DriverPlan> {
  if (drivers.length === 0 || roleOf(node.role).isLoadBalancer) return { newFiles: [], notes: [] };
  const documentOf = async (file: string): Promise<SourceDocument | undefined> => {
    const planned = results.find(({ patch }) => patch.path === reader.pathOf(file));
    if (planned === undefined) return reader.parse(file);
    return parseDecoded({ ...planned.patch, text: patchedText(planned.patch) }, planned.patch.path);
  };
  const datasources = [];
  for (const file of [masterDatasourcesXml.path, ...further]) {
    const document = await documentOf(file);
    if (document !== undefined) datasources.push(...readDatasourceFacts(document));
  }
  return planDrivers(home, drivers, datasources, topology);
}

/** A Hazelcast configuration of its own takes the place of what axis2.xml says about the network. */
async function hazelcastNotes({ path, confFolder }: CarbonHome, plan: Plan): Promise<readonly string[]> {
  if (!plan.patches.some((patch) => patch.path.endsWith('/axis2.xml'))) return [];
  const candidates = ['hazelcast.xml', 'etc/hazelcast.xml'].map((name) => posix.join(confFolder, name));
  const notes: string[] = [];
  for (const candidate of candidates) {
    if (await fileExists(posix.join(path, candidate)))
      notes.push(
        `${candidate} is there: where Carbon reads it, the members, addresses and ports of axis2.xml are ignored.`,
      );
  }
  return notes;
}

/** On later starts an existing mount is compared by its target path only, so a wrong first start stays. */
function startedNotes(home: CarbonHome, plan: Plan): readonly string[] {
  const touchesRegistry = plan.patches.some(({ path, edits }) => path.endsWith('/registry.xml') && edits.length > 0);
  if (!home.hasBeenStarted || isNoOp(plan) || !touchesRegistry) return [];
  return [
    'This home has been started before (R40 of carbon-patch check): mounts that it made then are kept in its local registry database and can outlive a change here.',
  ];
}
