import type { PatchOperation } from '../patch/operations';
import { patchDocument, type Change, type DocumentPatch } from '../patch/patch-document';
import { composeEdits, originalOffset, type TextEdit } from '../text/edit';
import { lineIndex } from '../text/position';
import type { Namespaces, SourceDocument } from '../xml/document';
import { detachTexts } from './detach-texts';

/** Operations that are made together, with the prefixes that their XPaths use. */
export interface PatchStage {
  readonly namespaces: Namespaces;
  readonly operations: readonly PatchOperation[];
}

/** What stages make of one document; the result is left out, as many of these are held and it is large. */
export type StagedPatch = Omit<DocumentPatch, 'result'>;

/**
 * What stages make of a document, each of the result of those before it; edits and lines are those of the document.
 * A value that one stage sets and a later one sets otherwise is one change. Throws as `patchDocument` does.
 */
export function patchInStages(document: SourceDocument, stages: readonly PatchStage[]): StagedPatch {
  let result = document;
  let edits: readonly TextEdit[] = [];
  const changes: Change[] = [];
  for (const { namespaces, operations } of stages) {
    const staged = { ...result, namespaces: { ...document.namespaces, ...namespaces } };
    const patch = patchDocument(isSame(document, namespaces) ? result : staged, operations);
    for (const change of patch.changes)
      addChange(changes, { ...change, line: originalLine(document, result, edits, change) });
    edits = edits.length === 0 ? patch.edits : composeEdits(document.text, edits, patch.edits);
    result = patch.result;
  }
  // Texts that were cut out of a result would keep the whole of it alive, for each of a thousand homes.
  return { edits: detachTexts(edits), changes: edits.length === 0 ? [] : changes.map(detachValues) };
}

function detachValues({ before, after, ...change }: Change): Change {
  return { ...change, before: detachTexts(before), after: detachTexts(after) };
}

function isSame({ namespaces: known }: SourceDocument, namespaces: Namespaces): boolean {
  return Object.entries(namespaces).every(([prefix, name]) => known[prefix] === name);
}

function originalLine(
  document: SourceDocument,
  current: SourceDocument,
  edits: readonly TextEdit[],
  { line }: Change,
): number {
  if (edits.length === 0) return line;
  const offset = lineIndex(current.text).offsetAt(line, 1) ?? 0;
  return lineIndex(document.text).positionAt(originalOffset(edits, offset)).line;
}

/** A value that is set again is one change, and none where it comes back to what it was. */
function addChange(changes: Change[], change: Change): void {
  const index = changes.findIndex((one) => setsSame(one, change));
  const earlier = changes[index];
  if (earlier === undefined) changes.push(change);
  else if (earlier.before === change.after) changes.splice(index, 1);
  else changes[index] = { ...change, line: earlier.line, before: earlier.before };
}

function setsSame({ operation: one }: Change, { operation: other }: Change): boolean {
  if (one.at !== other.at) return false;
  if (one.op === 'setText') return other.op === 'setText';
  return one.op === 'setAttribute' && other.op === 'setAttribute' && one.name === other.name;
}
