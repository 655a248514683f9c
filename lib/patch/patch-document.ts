import { CarbonPatchError, expectedError, isCarbonPatchError } from '../errors';
import { applyEdits, composeEdits, originalOffset, resultOffsets, type TextEdit } from '../text/edit';
import { positionAt } from '../text/position';
import { parseDecoded, type SourceDocument } from '../xml/document';
import { selectElements } from '../xml/select';
import type { CommonArguments, OperationKind, Outcome } from './operation';
import { operations, type PatchOperation } from './operations';
import { mayMovePlaces } from './moved-places';
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
 * The result is parsed again and checked, so what is returned may be written. Throws what the operations throw,
 * OPERATION_INVALID where one would do its work again on its own result or leave a file that cannot be read, and
 * INTERNAL_MISMATCH where a check fails.
 */
export function patchDocument(document: SourceDocument, wanted: readonly PatchOperation[]): DocumentPatch {
  let current = document;
  let edits: readonly TextEdit[] = [];
  const changes: Change[] = [];
  for (let position = 0; position < wanted.length;) {
    const rest = wanted.slice(position);
    const { steps, result } = makeTogether(current, rest) ?? makeNext(current, rest);
    for (const { operation, outcome } of steps) {
      if (outcome.status === 'satisfied') continue;
      const first = outcome.edits.reduce((least, { span }) => Math.min(least, span.start), Infinity);
      const { line } = positionAt(document.text, originalOffset(edits, first));
      changes.push({ operation, line, before: outcome.before, after: outcome.after });
    }
    edits = composeEdits(document.text, edits, editsOf(steps));
    current = result;
    position += steps.length;
  }
  if (edits.length === 0) return { edits, changes: [], result: document };
  verifyPatch(document, edits, current);
  return { edits, changes, result: current };
}

/** What one operation finds in a document and wants; see `OperationKind`. */
export function evaluate(document: SourceDocument, operation: PatchOperation): Outcome {
  // The registry pairs each name with the arguments of its kind; TypeScript cannot follow that through a union.
  const kind = operations[operation.op] as OperationKind<CommonArguments>;
  return kind.evaluate(document, operation);
}

/** Operations, each with what it found, and the document once they are made. */
interface Steps {
  readonly steps: readonly { readonly operation: PatchOperation; readonly outcome: Outcome }[];
  readonly result: SourceDocument;
}

/** The operations up to and with the first that changes something. */
function makeNext(document: SourceDocument, wanted: readonly PatchOperation[]): Steps {
  const steps: Steps['steps'][number][] = [];
  for (const operation of wanted) {
    const outcome = evaluate(document, operation);
    steps.push({ operation, outcome });
    if (outcome.status === 'satisfied') continue;
    const result = resultOf(document, outcome.edits);
    checkSettled(result, operation);
    return { steps, result };
  }
  return { steps, result: document };
}

/**
 * As many operations as can be made in one go, because parsing between them is what costs time: none comes near an edit of
 * another or may change where another puts an element, and in the common result each is satisfied, by the target that it
 * has now. `undefined` where that is not so or
 * only one changes something; then one after the other tells why.
 */
function makeTogether(document: SourceDocument, wanted: readonly PatchOperation[]): Steps | undefined {
  const steps: Steps['steps'][number][] = [];
  const edits: TextEdit[] = [];
  const changed: PatchOperation[] = [];
  for (const operation of wanted) {
    const outcome = evaluateQuietly(document, operation);
    if (outcome === undefined) break;
    const own = outcome.status === 'edited' ? outcome.edits : [];
    if (own.length > 0 && !keepsTarget(operation)) break;
    if (own.some((edit) => edits.some((other) => touch(edit, other)))) break;
    if (own.length > 0 && operation.op === 'ensureElement' && changed.some((one) => mayMovePlaces(one, operation)))
      break;
    steps.push({ operation, outcome });
    edits.push(...own);
    if (own.length > 0) changed.push(operation);
  }
  if (steps.filter(({ outcome }) => outcome.status === 'edited').length < 2) return undefined;
  const result = resultOf(document, edits);
  const resultOffset = resultOffsets(edits);
  const isSettled = steps.every(({ operation, outcome }) => {
    if (evaluateQuietly(result, operation)?.status !== 'satisfied') return false;
    return outcome.status === 'satisfied' || sameTargets(document, result, operation, resultOffset);
  });
  return isSettled ? { steps, result } : undefined;
}

/**
 * False for what makes its target come or go: it is satisfied by that also where another operation is the reason. A removal
 * is harmless where its XPath looks at nothing but attributes on the way.
 */
function keepsTarget({ op, at }: PatchOperation): boolean {
  if (op === 'commentOut' || op === 'uncomment') return false;
  return op !== 'removeElement' || !/[[(]|\.\.|::/.test(at.replaceAll(/\[@[\w:.-]+='[^']*'\]/g, ''));
}

/** True where an XPath finds the same elements in the result; what it removed is not asked for. */
function sameTargets(
  document: SourceDocument,
  result: SourceDocument,
  { op, at }: PatchOperation,
  resultOffset: (offset: number) => number | undefined,
): boolean {
  if (op === 'removeElement') return true;
  const before = selectElements(document, at).map(({ whole }) => resultOffset(whole.start));
  const after = selectElements(result, at).map(({ whole }) => whole.start);
  return before.length === after.length && before.every((offset, index) => offset === after[index]);
}

/** `undefined` where the operation fails: what is missing here may be made by an operation before it. */
function evaluateQuietly(document: SourceDocument, operation: PatchOperation): Outcome | undefined {
  try {
    // Looked for first, since an error takes longer to make: it tells what is there instead.
    if (needsTarget(operation) && selectElements(document, operation.at).length !== 1) return undefined;
    return evaluate(document, operation);
  } catch (error) {
    expectedError(error);
    return undefined;
  }
}

/** True for the operations that fail where their XPath does not give one element. */
function needsTarget({ op }: PatchOperation): boolean {
  return op !== 'removeElement' && op !== 'uncomment' && op !== 'commentOut';
}

function touch({ span }: TextEdit, { span: other }: TextEdit): boolean {
  return span.start <= other.end && other.start <= span.end;
}

function editsOf(steps: Steps['steps']): readonly TextEdit[] {
  return steps.flatMap(({ outcome }) => (outcome.status === 'edited' ? outcome.edits : []));
}

function resultOf(document: SourceDocument, edits: readonly TextEdit[]): SourceDocument {
  return reparse(document, applyEdits(document.text, edits));
}

/** A run on the result must find nothing to do, or every further run would change the file again, or fail. */
function checkSettled(result: SourceDocument, operation: PatchOperation): void {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new CarbonPatchError('OPERATION_INVALID', { operation: operation.op, problem }, { cause });
  };
  try {
    if (evaluate(result, operation).status === 'satisfied') return;
  } catch (caught) {
    const error = expectedError(caught);
    if (isCarbonPatchError(error, 'INTERNAL_MISMATCH')) throw error;
    if (isCarbonPatchError(error, 'NOT_WELL_FORMED')) {
      refuse(`it would leave a file in which ${error.details.problem}`, error);
    }
    refuse(`${operation.at} does not find the target any more once this is done; ${steadyTarget}`, error);
  }
  if (!/[[(]/.test(operation.at)) {
    const problem = `${operation.op} ${operation.at} is not satisfied by its own result`;
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path: result.path, problem });
  }
  refuse(`${operation.at} finds another target once this is done; ${steadyTarget}`);
}

const steadyTarget = 'name it by something that the operation does not change';

function reparse({ path, encoding, byteOrderMark, namespaces }: SourceDocument, text: string): SourceDocument {
  try {
    return parseDecoded({ text, encoding, byteOrderMark }, path, namespaces);
  } catch (error) {
    const problem = `the result could not be read again: ${error instanceof Error ? error.message : String(error)}`;
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path, problem }, { cause: error });
  }
}
