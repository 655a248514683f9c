import { CarbonPatchError } from '../errors';
import { applyEdits, composeEdits, resultOffsets, type TextEdit } from '../text/edit';
import { encodeText } from '../text/encoding';
import { childElements, type ElementSource, type SourceDocument } from '../xml/document';
import { checkSecondReading } from '../xml/second-reading';
import type { Token } from '../xml/token';

/**
 * Compares a result with what was meant, before it may be written: it is the text with the edits made; its DOM and its
 * source agree; every piece of the original that no edit touches is there again, of the same kind, at its place, below the
 * same parent; it can be encoded, and the bytes outside the edits are the bytes of the original. Throws INTERNAL_MISMATCH, and
 * INVALID_BYTES for a character that the encoding does not hold.
 */
export function verifyPatch(before: SourceDocument, patch: readonly TextEdit[], after: SourceDocument): void {
  const refuse = (problem: string): never => {
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path: before.path, problem });
  };
  const edits = composeEdits(before.text, patch, []);
  if (applyEdits(before.text, edits) !== after.text) refuse('the edits do not give the result');
  checkSecondReading(after);
  verifyTokens(before, edits, after, refuse);
  verifyParents(before, edits, after, refuse);
  verifyBytes(before, edits, after, refuse);
  encodeText(after, after.path);
}

type Refuse = (problem: string) => never;

function verifyTokens(before: SourceDocument, edits: readonly TextEdit[], after: SourceDocument, refuse: Refuse): void {
  const found = new Map(after.tokens.map((token) => [token.span.start, token]));
  const resultOffset = resultOffsets(edits);
  for (const token of untouched(before.tokens, edits)) {
    const offset = resultOffset(token.span.start);
    const twin = offset === undefined ? undefined : found.get(offset);
    const isSame = twin?.kind === token.kind && twin.span.end - twin.span.start === token.span.end - token.span.start;
    if (!isSame) refuse(`the ${token.kind} at ${token.span.start} is not in the result`);
  }
}

/** The tokens that no edit touches. Tokens and edits are sorted, so both are gone over once. */
function untouched(tokens: readonly Token[], edits: readonly TextEdit[]): readonly Token[] {
  let first = 0;
  return tokens.filter((token) => {
    while ((edits[first]?.span.end ?? Infinity) < token.span.start) first++;
    for (let index = first; (edits[index]?.span.start ?? Infinity) <= token.span.end; index++) {
      const edit = edits[index];
      if (edit && touches(token, edit.span)) return false;
    }
    return true;
  });
}

/** Text grows together with new text beside it; every other token is touched only by an edit inside it. */
function touches({ kind, span }: Token, edit: TextEdit['span']): boolean {
  return kind === 'text'
    ? edit.start <= span.end && span.start <= edit.end
    : edit.start < span.end && span.start < edit.end;
}

function verifyParents(
  before: SourceDocument,
  edits: readonly TextEdit[],
  after: SourceDocument,
  refuse: Refuse,
): void {
  const parents = parentOffsets(after.root);
  const resultOffset = resultOffsets(edits);
  for (const [start, parentStart] of parentOffsets(before.root)) {
    const offset = resultOffset(start);
    const parentOffset = resultOffset(parentStart);
    if (offset === undefined || parentOffset === undefined) continue;
    if (parents.get(offset) !== parentOffset) refuse(`the element at ${start} changed its parent`);
  }
}

function parentOffsets(root: ElementSource): ReadonlyMap<number, number> {
  const offsets = new Map<number, number>();
  const pending = [root];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    for (const child of childElements(element)) {
      offsets.set(child.whole.start, element.whole.start);
      pending.push(child);
    }
  }
  return offsets;
}

function verifyBytes(before: SourceDocument, edits: readonly TextEdit[], after: SourceDocument, refuse: Refuse): void {
  const kept = (document: SourceDocument, start: number, end: number): Uint8Array =>
    encodeText({ ...document, byteOrderMark: false, text: document.text.slice(start, end) }, document.path);
  let position = 0;
  let shift = 0;
  for (const { span, newText } of [
    ...edits,
    { span: { start: before.text.length, end: before.text.length }, newText: '' },
  ]) {
    const same =
      Buffer.compare(kept(before, position, span.start), kept(after, position + shift, span.start + shift)) === 0;
    if (!same) refuse(`bytes between the edits at ${position} and ${span.start} changed`);
    shift += newText.length - (span.end - span.start);
    position = span.end;
  }
}
