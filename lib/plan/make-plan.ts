import { posix } from 'node:path';
import type { CarbonFile } from '../carbon/carbon-file';
import type { CarbonHome } from '../carbon/carbon-home';
import { carbonFiles } from '../carbon/files';
import { roleOf } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import { fileExists, readFile } from '../disk/read-file';
import { CarbonPatchError, expectedError } from '../errors';
import { patchDocument } from '../patch/patch-document';
import { parseBytes } from '../xml/document';
import { isNoOp, type FilePatch, type Plan } from './plan';

/** What narrows a plan. */
export interface PlanOptions {
  /** Names or paths of the files to look at, such as `axis2.xml`; all that the role needs where this is left out. */
  readonly only?: readonly string[];
}

/**
 * What has to change in a home for it to be this node of this cluster; reads, never writes.
 * Throws TOPOLOGY_INVALID where the cluster has no such node or a file of `only` is not known, HOME_NOT_FOR_ROLE where the
 * home is a load balancer and the role is not, or the other way round, and HOME_FILES_UNUSABLE with every file that is
 * missing, malformed or not as its recipe needs it.
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
  const causes: CarbonPatchError[] = [];
  const results: FileResult[] = [];
  for (const file of wantedFiles(home, node, options)) {
    try {
      const result = await planFile(home, topology, node, file, options.only !== undefined);
      if (result) results.push(result);
    } catch (error) {
      causes.push(expectedError(error));
    }
  }
  if (causes.length > 0) throw new CarbonPatchError('HOME_FILES_UNUSABLE', { home: home.path, causes });
  const plan: Plan = {
    formatVersion: 1,
    node: node.name,
    patches: results.map(({ patch }) => patch),
    notes: results.flatMap(({ notes }) => notes),
  };
  return { ...plan, notes: [...plan.notes, ...(await hazelcastNotes(home, plan)), ...startedNotes(home, plan)] };
}

interface FileResult {
  readonly patch: FilePatch;
  readonly notes: readonly string[];
}

function refuseOtherRole(home: CarbonHome, { role }: ClusterNode): void {
  if (home.isLoadBalancer === roleOf(role).isLoadBalancer) return;
  const problem = home.isLoadBalancer
    ? `it has ${home.confFolder}/loadbalancer.conf, so it is a load balancer; use a role for one`
    : `it has no ${home.confFolder}/loadbalancer.conf, so it is no load balancer; use another role`;
  throw new CarbonPatchError('HOME_NOT_FOR_ROLE', { home: home.path, role, problem });
}

function wantedFiles(home: CarbonHome, { role }: ClusterNode, { only }: PlanOptions): readonly CarbonFile[] {
  const needed = carbonFiles.filter((file) => file.need(roleOf(role)) !== 'untouched');
  if (only === undefined) return needed;
  const isNamed = ({ name, path }: CarbonFile, wanted: string): boolean =>
    [name, path, posix.join(home.confFolder, path)].includes(posix.normalize(wanted));
  const names = needed.map(({ name }) => name).join(', ');
  const problems = only
    .filter((wanted) => !needed.some((file) => isNamed(file, wanted)))
    .map(
      (wanted) => `only: ${JSON.stringify(wanted)} is no file that role ${role} changes; it must be one of ${names}`,
    );
  if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
  return needed.filter((file) => only.some((wanted) => isNamed(file, wanted)));
}

/** The patch of one file; `undefined` where an optional file is not there and nobody asked for it by name. */
async function planFile(
  home: CarbonHome,
  topology: ClusterTopology,
  node: ClusterNode,
  file: CarbonFile,
  isNamed: boolean,
): Promise<FileResult | undefined> {
  const role = roleOf(node.role);
  const path = posix.join(home.confFolder, file.path);
  const place = posix.join(home.path, path);
  if (!(await fileExists(place))) {
    if (file.need(role) === 'optional' && !isNamed) return undefined;
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: `role ${node.role} needs it, and it is missing` });
  }
  const { bytes, digest } = await readFile(place, path);
  const document = parseBytes(bytes, path, file.namespaces);
  const { operations, notes } = file.recipe({ node, role, topology, document });
  const { edits, changes } = patchDocument(document, operations);
  const { text, encoding, byteOrderMark } = document;
  return { patch: { path, encoding, byteOrderMark, baseDigest: digest, text, edits, changes }, notes };
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
    'This home has been started before: mounts that it made then are kept in its local registry database and can outlive a change here.',
  ];
}
