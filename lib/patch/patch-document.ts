import { CarbonPatchError } from '../errors';
import { applyEdits, composeEdits, originalOffset, type TextEdit } from '../text/edit';
import { positionAt } from '../text/position';
import { parseDecoded, type SourceDocument } from '../xml/document';
import type { CommonArguments, OperationKind, Outcome } from './operation';
import { operations, type PatchOperation } from './operations';
import { verifyPatch } from './verify-patch';

/** One thing that will be different, with the operation that asks for it. */
export interface Change {
  readonly operation: PatchOperation;
  /** The line in the file as it is now, from 1. */
  readonly line: number;
  /** `undefined` where there was nothing before. */
  readonly before: string | undefined;
  /** `undefined` where there is nothing afterwards. */
  readonly after: string | undefined;
}

/** What operations make of one document. */
export interface DocumentPatch {
  /** Edits of the document's text; empty where it is as wanted. */
  readonly edits: readonly TextEdit[];
  readonly changes: readonly Change[];
  /** The document as it will be. */
  readonly result: SourceDocument;
}

/**
 * The edits that make a document what the operations ask, one after the other: each sees what those before it did.
 * The result is parsed again and checked, so what is returned may be written. Throws what the operations throw, and
 * INTERNAL_MISMATCH where a check fails.
 */
export function patchDocument(document: SourceDocument, wanted: readonly PatchOperation[]): DocumentPatch {
  let current = document;
  let edits: readonly TextEdit[] = [];
  const changes: Change[] = [];
  for (const operation of wanted) {
    const outcome = evaluate(current, operation);
    if (outcome.status === 'satisfied') continue;
    const first = Math.min(...outcome.edits.map(({ span }) => span.start));
    const { line } = positionAt(document.text, originalOffset(edits, first));
    changes.push({ operation, line, before: outcome.before, after: outcome.after });
    edits = composeEdits(document.text, edits, outcome.edits);
    current = reparse(current, applyEdits(current.text, outcome.edits));
    if (evaluate(current, operation).status !== 'satisfied') {
      const problem = `${operation.op} ${operation.at} is not satisfied by its own result`;
      throw new CarbonPatchError('INTERNAL_MISMATCH', { path: document.path, problem });
    }
  }
  if (edits.length > 0) verifyPatch(document, edits, current);
  return { edits, changes, result: current };
}

/** What one operation finds in a document and wants; see `OperationKind`. */
export function evaluate(document: SourceDocument, operation: PatchOperation): Outcome {
  // The registry pairs each name with the arguments of its kind; TypeScript cannot follow that through a union.
  const kind = operations[operation.op] as OperationKind<CommonArguments>;
  return kind.evaluate(document, operation);
}

function reparse({ path, encoding, byteOrderMark, namespaces }: SourceDocument, text: string): SourceDocument {
  try {
    return parseDecoded({ text, encoding, byteOrderMark }, path, namespaces);
  } catch (error) {
    const problem = `the result could not be read again: ${error instanceof Error ? error.message : String(error)}`;
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path, problem }, { cause: error });
  }
}
