import { CarbonPatchError } from '../errors';
import { composeEdits, isResultOf, resultOffsets, type Span, type TextEdit } from '../text/edit';
import { encodedPieces, refuseUnencodable } from '../text/encoding';
import type { SourceDocument } from '../xml/document';
import { checkSecondReading } from '../xml/second-reading';
import type { TokenKind } from '../xml/token';
import { isTag, type TokenList } from '../xml/token-list';

/**
 * Compares a result with what was meant, before it may be written: it is the text with the edits made; xmldom reads it as
 * the scanner does; every piece of the original that no edit touches is there again, of the same kind, at its place, below the
 * same parent; it can be encoded, and the bytes outside the edits are the bytes of the original. Throws INTERNAL_MISMATCH, and
 * INVALID_BYTES for a character that the encoding does not hold.
 */
export function verifyPatch(before: SourceDocument, patch: readonly TextEdit[], after: SourceDocument): void {
  const refuse = (problem: string): never => {
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path: before.path, problem });
  };
  const edits = composeEdits(before.text, patch, []);
  if (!isResultOf(before.text, edits, after.text)) refuse('the edits do not give the result');
  checkSecondReading(after);
  verifyTokens(before, edits, after, refuse);
  verifyParents(before, edits, after, refuse);
  verifyBytes(before, edits, after, refuse);
  refuseUnencodable(after, after.path);
}

type Refuse = (problem: string) => never;

/** Goes along both lists of tokens once, since both are in the order of the text. */
function verifyTokens(before: SourceDocument, edits: readonly TextEdit[], after: SourceDocument, refuse: Refuse): void {
  const { tokens } = before;
  const isUntouched = untouchedTokens(tokens, edits);
  const resultOffset = resultOffsets(edits);
  let twin = 0;
  for (let index = 0; index < tokens.length; index++) {
    if (!isUntouched(index)) continue;
    const offset = resultOffset(tokens.startAt(index)) ?? Infinity;
    while (twin < after.tokens.length && after.tokens.startAt(twin) < offset) twin++;
    const isSame =
      after.tokens.startAt(twin) === offset &&
      after.tokens.kindAt(twin) === tokens.kindAt(index) &&
      after.tokens.endAt(twin) - offset === tokens.endAt(index) - tokens.startAt(index);
    if (!isSame) refuse(`the ${tokens.kindAt(index)} at ${tokens.startAt(index)} is not in the result`);
  }
}

/** Tells of tokens, which are asked for in their order, whether no edit touches them. The edits are sorted. */
function untouchedTokens(tokens: TokenList, edits: readonly TextEdit[]): (index: number) => boolean {
  let first = 0;
  return (token) => {
    const span = { start: tokens.startAt(token), end: tokens.endAt(token) };
    while ((edits[first]?.span.end ?? Infinity) < span.start) first++;
    for (let index = first; (edits[index]?.span.start ?? Infinity) <= span.end; index++) {
      const edit = edits[index];
      if (edit && touches(tokens.kindAt(token), span, edit.span)) return false;
    }
    return true;
  };
}

/** Text grows together with new text beside it; every other token is touched only by an edit inside it. */
function touches(kind: TokenKind | undefined, span: Span, edit: Span): boolean {
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
  const parents = elementsOf(after.tokens);
  const resultOffset = resultOffsets(edits);
  let twin = parents.next();
  for (const { start, parent } of elementsOf(before.tokens)) {
    const offset = resultOffset(start);
    const parentOffset = parent === undefined ? undefined : resultOffset(parent);
    if (offset === undefined || parentOffset === undefined) continue;
    while (twin.done !== true && twin.value.start < offset) twin = parents.next();
    const isSame = twin.done !== true && twin.value.start === offset && twin.value.parent === parentOffset;
    if (!isSame) refuse(`the element at ${start} changed its parent`);
  }
}

/** Where each element begins, and the one around it, in the order of the text. */
function* elementsOf(
  tokens: TokenList,
): Generator<{ readonly start: number; readonly parent: number | undefined }, undefined> {
  const open: number[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens.kindAt(index);
    if (kind === 'endTag') open.pop();
    if (!isTag(kind)) continue;
    const start = tokens.startAt(index);
    yield { start, parent: open.at(-1) };
    if (kind === 'startTag') open.push(start);
  }
  return undefined;
}

function verifyBytes(before: SourceDocument, edits: readonly TextEdit[], after: SourceDocument, refuse: Refuse): void {
  const kept = (document: SourceDocument, start: number, end: number): Generator<Uint8Array> =>
    encodedPieces({ ...document, text: document.text.slice(start, end) }, document.path);
  let position = 0;
  let shift = 0;
  for (const { span, newText } of [
    ...edits,
    { span: { start: before.text.length, end: before.text.length }, newText: '' },
  ]) {
    const isSame = areSame(kept(before, position, span.start), kept(after, position + shift, span.start + shift));
    if (!isSame) refuse(`bytes between the edits at ${position} and ${span.start} changed`);
    shift += newText.length - (span.end - span.start);
    position = span.end;
  }
}

function areSame(pieces: Generator<Uint8Array>, others: Generator<Uint8Array>): boolean {
  for (const piece of pieces) {
    const other = others.next();
    if (other.done === true || Buffer.compare(piece, other.value) !== 0) return false;
  }
  return others.next().done === true;
}
