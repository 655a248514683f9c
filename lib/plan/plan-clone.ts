import { dirname, join, posix, resolve } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import { holdsRuntimeState, runtimeStateAt, type CopiedHome } from '../carbon/runtime-state';
import { clonedEntry, whyNotCloned } from '../cluster/clone-node';
import { addNode, nodeEntryAt } from '../cluster/cluster-file/add-node';
import { isHost } from '../cluster/host-form';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import { readFolderTree, isWithin, type FolderTree } from '../disk/folder-tree';
import { isJournalOpen } from '../disk/journal';
import { freeSpaceAt, stateOfPlace } from '../disk/new-folder';
import { folderExists } from '../disk/read-file';
import { realPathOf } from '../disk/real-path';
import { CarbonPatchError } from '../errors';
import { applyEdits } from '../text/edit';
import { cloneNotes } from './clone-notes';
import { homeForClusterFile } from './describe-homes';
import { readClusterText, resolveClusterText, type ClusterText, type LoadClusterOptions } from './load-cluster';
import { makePlan } from './make-plan';
import { openHome } from './open-home';
import type { FilePatch, Plan } from './plan';
import { nodesOfMachine } from './select-nodes';

/** A node that is to be made by copying the home of another. */
export interface CloneRequest {
  readonly clusterFile: string;
  /** The name of the node that is copied. */
  readonly from: string;
  /** The folder of the new home. */
  readonly to: string;
  readonly name: string;
  /** The machine of the new node, or `undefined` where it is the one of the other. */
  readonly host: string | undefined;
}

/** Everything that will happen when a node is cloned. */
export interface ClonePlan {
  readonly node: ClusterNode;
  /** The home that is copied; its path has all links followed. */
  readonly home: CarbonHome;
  /** The new home; an absolute path. */
  readonly to: string;
  readonly tree: FolderTree;
  /** How many files are copied, and how many bytes they have. */
  readonly size: { readonly files: number; readonly bytes: number };
  /** What is left out, by what it is. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  /** What the copy will have otherwise than the original. */
  readonly plan: Plan;
  readonly clusterPatch: FilePatch;
  /** The folder that remembers how the cluster file was. */
  readonly clusterFolder: string;
  /** What the operator should know; whole sentences. */
  readonly notes: readonly string[];
}

/**
 * What cloning a node would do; reads, never writes.
 * Throws as `loadCluster`, `openHome` and `makePlan` do, NODE_CHOICE_UNCLEAR where the cluster has no such node, and
 * CLONE_REFUSED with everything that stands in the way.
 */
export async function planClone(request: CloneRequest, options: LoadClusterOptions): Promise<ClonePlan> {
  const text = await readClusterText(request.clusterFile);
  const before = (await resolveClusterText(text, options)).topology;
  const [source] = nodesOfMachine(before, [request.from], []);
  const to = resolve(request.to);
  const from = await sourceHome(request, source, before, to);
  const clusterPatch = patchOf(text, source, before, { ...request, to });
  const after = (await resolveClusterText({ ...text, text: applyEdits(text.text, clusterPatch.edits) }, options))
    .topology;
  const node = newNode(before, after, request);
  const home = await openHome(from);
  const copied: CopiedHome = {
    hasBeenStarted: home.hasBeenStarted,
    isSynchronized:
      after.deploymentSynchronizer !== undefined ||
      (await folderExists(join(from, 'repository/deployment/server/.svn'))),
  };
  // What a first start writes is not copied, so the copy has not been started.
  const plan = await makePlan({ ...home, hasBeenStarted: false }, after, request.name);
  const tree = await treeOf(from, copied);
  await refuseUnsafe(from, to, plan, tree);
  const leftOut = groupLeftOut(tree, copied);
  const notes = [...plan.notes, ...(await cloneNotes({ source, node, home, before, after, tree, leftOut, copied }))];
  const clusterFolder = dirname(clusterPatch.path);
  return { node, home, to, tree, size: sizeOf(tree), leftOut, plan, clusterPatch, clusterFolder, notes };
}

/** The true path of the home that is copied, once nothing that is known so far stands in the way. */
async function sourceHome(
  request: CloneRequest,
  source: ClusterNode,
  topology: ClusterTopology,
  to: string,
): Promise<string> {
  const from = await realPathOf(source.home ?? '');
  const problems = [
    source.home === undefined ? `node ${source.name} has no home in the cluster file; add it there` : undefined,
    source.home !== undefined && (await isJournalOpen(from))
      ? 'an earlier run was interrupted there; run apply or undo on it first'
      : undefined,
    whyNotCloned(source),
    ...nameProblems(request, topology),
    ...(await placeProblems(from, to, topology)),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new CarbonPatchError('CLONE_REFUSED', { home: source.home ?? source.name, problems });
  return from;
}

function nameProblems({ name, host }: CloneRequest, { nodes }: ClusterTopology): readonly (string | undefined)[] {
  return [
    nodes.some((node) => node.name === name)
      ? `the cluster has a node ${name} already; choose another name`
      : undefined,
    /^[\p{L}\p{N}_][\p{L}\p{N}_.:-]*$/u.test(name) ? undefined : 'the name must be one of letters, digits and _ . : -',
    host === undefined || isHost(host) ? undefined : 'the host must be a host name or address',
  ];
}

async function placeProblems(
  from: string,
  to: string,
  { nodes }: ClusterTopology,
): Promise<readonly (string | undefined)[]> {
  const parent = await realPathOf(dirname(to));
  if (!(await folderExists(parent))) return [`${dirname(to)} is no folder; make it first`];
  const owner = nodes.find(({ home }) => home !== undefined && resolve(home) === to);
  if (owner !== undefined) return [`${to} is the home of ${owner.name} in the cluster file; give another folder`];
  return [
    (await stateOfPlace(to)) === 'taken' ? `${to} is there already and not empty; give another folder` : undefined,
    isWithin(from, join(parent, posix.basename(to)))
      ? `${to} is inside the home that is copied; give a folder outside it`
      : undefined,
  ];
}

function patchOf(
  text: ClusterText,
  source: ClusterNode,
  topology: ClusterTopology,
  { clusterFile, name, host, to }: CloneRequest,
): FilePatch {
  const index = topology.nodes.indexOf(source);
  const entry = nodeEntryAt(text.text, index);
  const wishes = { name, host, home: homeForClusterFile(clusterFile, to) };
  const edit = entry && addNode(text.text, index, clonedEntry(entry, source, wishes, topology));
  if (edit === undefined) {
    const problem = `the nodes of ${clusterFile} are written in a way that none can be added to for sure; add ${name} by hand, copy the home, and apply`;
    throw new CarbonPatchError('CLONE_REFUSED', { home: source.home ?? source.name, problems: [problem] });
  }
  return { ...text, path: text.place, baseDigest: text.digest, encoding: 'UTF-8', edits: [edit], changes: [] };
}

/** The node that was added; the others must be what they were. */
function newNode(before: ClusterTopology, after: ClusterTopology, { clusterFile, name }: CloneRequest): ClusterNode {
  const node = after.nodes.at(-1);
  const areSame = JSON.stringify(after.nodes.slice(0, -1)) === JSON.stringify(before.nodes);
  if (node?.name === name && areSame) return node;
  throw new CarbonPatchError('INTERNAL_MISMATCH', { path: clusterFile, problem: 'a node more changes the others' });
}

/** A link to logs or data of the server is left out too: the copy gets a folder of its own. */
async function treeOf(from: string, copied: CopiedHome): Promise<FolderTree> {
  const tree = await readFolderTree(from, (path) => runtimeStateAt(path, copied) !== undefined);
  const entries = tree.entries.map((entry) =>
    entry.kind === 'link' && holdsRuntimeState(entry.path, copied)
      ? { ...entry, kind: 'folder' as const, mode: 0o755 }
      : entry,
  );
  return { ...tree, entries };
}

function sizeOf({ entries }: FolderTree): ClonePlan['size'] {
  const sizes = entries.flatMap((entry) => (entry.kind === 'file' ? [entry.size] : []));
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

function groupLeftOut({ leftOut, others }: FolderTree, copied: CopiedHome): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of leftOut) {
    const what = runtimeStateAt(path, copied)?.what ?? '';
    groups.set(what, [...(groups.get(what) ?? []), path]);
  }
  if (others.length > 0) groups.set('no file, folder or link', [...others]);
  return groups;
}

/** What is about the files: a link that would have the new node write to files of another, and the space on the disk. */
async function refuseUnsafe(from: string, to: string, plan: Plan, { entries }: FolderTree): Promise<void> {
  const problems: string[] = [];
  for (const { path, edits } of plan.patches) {
    if (edits.length > 0 && !entries.some((entry) => entry.path === path && entry.kind === 'file'))
      problems.push(
        `${path} is reached by a link, so the copy would share it with what the link leads to; put the file itself into the home`,
      );
  }
  const needed = entries.reduce(
    (sum, entry) => sum + block * (1 + Math.ceil((entry.kind === 'file' ? entry.size : 0) / block)),
    0,
  );
  const free = await freeSpaceAt(dirname(to));
  if (needed > free)
    problems.push(
      `the copy needs ${inMegabytes(needed)} and ${dirname(to)} has ${inMegabytes(free)}; make room, or give a folder on another disk`,
    );
  if (problems.length > 0) throw new CarbonPatchError('CLONE_REFUSED', { home: from, problems });
}

/** What a file, folder or link takes at least, and in steps of what; in bytes. */
const block = 4096;

/** A number of bytes in words, `120.5 MB`. */
export function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
