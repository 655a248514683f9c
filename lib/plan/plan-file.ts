import { posix } from 'node:path';
import { clusteringAgentOf } from '../carbon/clustering-agent';
import type { CarbonFile, CarbonTextFile, FileRecipe } from '../carbon/carbon-file';
import { axis2Xml } from '../carbon/files/axis2-xml';
import type { HomeSituation } from '../carbon/home-situation';
import { roleOf } from '../cluster/roles';
import type { ClusterNode, ClusterTopology, ConfPatch } from '../cluster/topology';
import { CarbonPatchError } from '../errors';
import { applyEdits } from '../text/edit';
import { parseDecoded, type SourceDocument } from '../xml/document';
import type { ConfFile, ConfReader } from './conf-reader';
import { decodePlain } from './decode-plain';
import { patchInStages, type PatchStage, type StagedPatch } from './patch-in-stages';
import type { FilePatch } from './plan';
import type { PlannedFile } from './planned-files';
import type { PlanningCache } from './planning-cache';

/** What planning one file of a node needs. */
export interface PlanningContext {
  readonly node: ClusterNode;
  readonly topology: ClusterTopology;
  readonly situation: HomeSituation;
  /** The version of the framework, where the home tells. */
  readonly carbonVersion: string | undefined;
  readonly reader: ConfReader;
  readonly cache: PlanningCache;
}

/** The patch of one file, and what the operator should know about it. */
export interface FileResult {
  readonly patch: FilePatch;
  readonly notes: readonly string[];
  /** The file as it will be, where patches of the user's own can have a say in it; else `undefined`. */
  readonly result: SourceDocument | undefined;
}

/**
 * The patch of one file; `undefined` where an optional file is not there, or a further datasource file holds nothing that
 * the cluster wants, and nobody asked for it by name.
 * Throws FILE_UNREADABLE, what `parseBytes` throws, and what the operations throw.
 */
export async function planFile(context: PlanningContext, planned: PlannedFile): Promise<FileResult | undefined> {
  refuseOutside(context.reader, planned);
  const content = await context.reader.read(planned.path);
  if (content === undefined) return undefinedOrMissing(context, planned);
  if (planned.recipe?.kind === 'text' && planned.patches.length === 0)
    return planText(context, planned.recipe.file, content);
  const result = planXml(context, planned, content);
  const isIdle =
    planned.recipe?.file.need(roleOf(context.node.role), context.topology) === 'optional' && isFurther(planned);
  const isEmpty = result.isAskedNothing && result.notes.length === 0 && planned.patches.length === 0;
  return isIdle && isEmpty && !planned.isNamed ? undefined : result;
}

/** Only the datasource files beside the master are looked at without being of use. */
function isFurther({ path }: PlannedFile): boolean {
  return posix.dirname(path) === 'datasources';
}

function refuseOutside(reader: ConfReader, { path }: PlannedFile): void {
  if (!posix.isAbsolute(path) && path !== '..' && !path.startsWith('../')) return;
  const problem = `a patch of the cluster names it, and it is outside of ${reader.pathOf('.')}; name a file in there, relative to it`;
  throw new CarbonPatchError('FILE_UNREADABLE', { path, problem });
}

function undefinedOrMissing(
  { node, topology, reader }: PlanningContext,
  { path, recipe, patches, isNamed }: PlannedFile,
): undefined {
  const need = recipe?.file.need(roleOf(node.role), topology);
  if (need === 'optional' && !isNamed && patches.length === 0) return undefined;
  const problem =
    need === 'required' || patches.length === 0
      ? `role ${node.role} needs it, and it is missing`
      : 'a patch of the cluster names it, and it is missing; correct the name, or leave the patch out for this node';
  throw new CarbonPatchError('FILE_UNREADABLE', { path: reader.pathOf(path), problem });
}

function planXml(
  context: PlanningContext,
  { path, recipe, patches }: PlannedFile,
  content: ConfFile,
): FileResult & { readonly isAskedNothing: boolean } {
  const file = recipe?.kind === 'xml' ? recipe.file : undefined;
  const document = context.cache.document(content, content.path, file?.namespaces);
  const { operations, notes } = recipeOf(context, file, document);
  const { edits, changes } = patchOf(context, document, operations, patches);
  const { text, encoding, byteOrderMark } = document;
  const decidesNames = file?.needsSituation === true && context.topology.patches.length > 0;
  const isLookedAt = edits.length > 0 && (patches.length > 0 || decidesNames);
  const result = isLookedAt ? resultOf(document, edits) : undefined;
  if (result !== undefined && patches.length > 0) refuseUnsettled(context, path, file, result, patches);
  const patch = { path: content.path, encoding, byteOrderMark, baseDigest: content.digest, text, edits, changes };
  return { patch, notes, result, isAskedNothing: operations.length === 0 };
}

function recipeOf(
  { node, topology, situation, carbonVersion }: PlanningContext,
  file: CarbonFile | undefined,
  document: SourceDocument,
): FileRecipe {
  const none: FileRecipe = { operations: [], notes: [] };
  return file?.recipe({ node, role: roleOf(node.role), topology, document, situation, carbonVersion }) ?? none;
}

function patchOf(
  { cache }: PlanningContext,
  document: SourceDocument,
  operations: FileRecipe['operations'],
  patches: readonly ConfPatch[],
): StagedPatch {
  const stages: readonly PatchStage[] = [{ namespaces: {}, operations }, ...patches];
  return cache.result(document, JSON.stringify(stages), () => patchInStages(document, stages));
}

function resultOf({ path, text, namespaces, ...source }: SourceDocument, edits: StagedPatch['edits']): SourceDocument {
  return parseDecoded({ ...source, text: applyEdits(text, edits) }, path, namespaces);
}

/** What a patch undoes of the recipe, the next run would do again. */
function refuseUnsettled(
  context: PlanningContext,
  path: string,
  file: CarbonFile | undefined,
  result: SourceDocument,
  patches: readonly ConfPatch[],
): void {
  const again = patchOf(context, result, recipeOf(context, file, result).operations, patches);
  if (again.edits.length === 0) return;
  const problem = `a second run would change ${path} again, as the patches of the cluster and the recipe of the role undo what the other does; leave out of the patches what the recipe sets`;
  throw new CarbonPatchError('OPERATION_INVALID', {
    operation: patches[0]?.operations[0]?.op ?? 'of a patch',
    problem,
  });
}

async function planText(
  { node, topology, reader }: PlanningContext,
  file: CarbonTextFile,
  content: ConfFile,
): Promise<FileResult> {
  const axis2 = await reader.parse(axis2Xml.path);
  const clusteringAgent = axis2 === undefined ? 'hazelcast' : clusteringAgentOf(axis2);
  const decoded = decodePlain(content.bytes);
  const { edits, changes, notes } = file.recipe({ node, topology, clusteringAgent }, decoded.text, content.path);
  const patch: FilePatch = {
    ...decoded,
    path: content.path,
    baseDigest: content.digest,
    edits,
    changes: changes.map(({ at: setting, ...change }) => ({ ...change, setting })),
  };
  return { patch, notes, result: undefined };
}
