import { CarbonPatchError } from '../errors';

/** A half-open range `[start, end)` of UTF-16 offsets into one source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Replaces the characters of `span`; an empty span inserts, an empty `newText` removes.
 * Laws of a list of edits: offsets refer to the original text; spans do not overlap; several inserts at one offset are
 * allowed and keep their order; an insert at the start of a replaced span comes before the replacement.
 */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The text with all edits made. Throws EDIT_CONFLICT where two spans overlap or one lies outside the text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { span, newText } of sortEdits(text.length, edits)) {
    parts.push(text.slice(position, span.start), newText);
    position = span.end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/** True where the edits make `result` of the text, which is not made once more for it. Throws EDIT_CONFLICT as `applyEdits` does. */
export function isResultOf(text: string, edits: readonly TextEdit[], result: string): boolean {
  let position = 0;
  let offset = 0;
  const holds = (piece: string): boolean => {
    const isThere = result.startsWith(piece, offset);
    offset += piece.length;
    return isThere;
  };
  for (const { span, newText } of sortEdits(text.length, edits)) {
    if (!holds(text.slice(position, span.start)) || !holds(newText)) return false;
    position = span.end;
  }
  return holds(text.slice(position)) && offset === result.length;
}

/** The edits that turn `applyEdits(text, edits)` back into `text`. Throws EDIT_CONFLICT as `applyEdits` does. */
export function invertEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return sortEdits(text.length, edits).map(({ span, newText }) => {
    const start = span.start + shift;
    shift += newText.length - (span.end - span.start);
    return { span: { start, end: start + newText.length }, newText: text.slice(span.start, span.end) };
  });
}

/**
 * One list of edits over `text` that does what `first` does, and then what `second` does to the result of `first`.
 * Touching edits become one, and one that changes nothing is left out. Throws EDIT_CONFLICT where one of the lists breaks its laws.
 */
export function composeEdits(
  text: string,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  const between = splice([{ start: 0, end: text.length }], sortEdits(text.length, first));
  const length = between.reduce((sum, piece) => sum + lengthOf(piece), 0);
  const pieces = splice(between, sortEdits(length, second));
  return editsOf(text, pieces);
}

/** Where an offset of the result lay in the text before the edits; inside new text, where that was put. */
export function originalOffset(edits: readonly TextEdit[], offset: number): number {
  let shift = 0;
  for (const { span, newText } of sortEdits(Infinity, edits)) {
    const start = span.start + shift;
    if (offset < start) break;
    if (offset < start + newText.length) return span.start;
    shift += newText.length - (span.end - span.start);
  }
  return offset - shift;
}

/**
 * The way of offsets through edits, for many look-ups: where an offset of the text lies after the edits, or `undefined` where
 * its character was replaced. Each look-up takes logarithmic time.
 */
export function resultOffsets(edits: readonly TextEdit[]): (offset: number) => number | undefined {
  const sorted = sortEdits(Infinity, edits);
  let shift = 0;
  const shifts = sorted.map(({ span, newText }) => (shift += newText.length - (span.end - span.start)));
  return (offset) => {
    // Of the edits that start at or before the offset only the last can hold it: spans do not overlap.
    const last = countUpTo(sorted, offset) - 1;
    const edit = sorted[last];
    if (edit === undefined) return offset;
    return offset < edit.span.end ? undefined : offset + (shifts[last] ?? 0);
  };
}

/** How many of the sorted edits start at or before `offset`. */
function countUpTo(sorted: readonly TextEdit[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.span.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sortEdits(length: number, edits: readonly TextEdit[]): readonly TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let position = 0;
  for (const { span } of sorted) {
    if (span.start < position || span.end < span.start || span.end > length) {
      throw new CarbonPatchError('EDIT_CONFLICT', span);
    }
    position = span.end;
  }
  return sorted;
}

/** A stretch of the original text, or new text. */
type Piece = Span | string;

const lengthOf = (piece: Piece): number => (typeof piece === 'string' ? piece.length : piece.end - piece.start);

function slicePiece(piece: Piece, from: number, to: number): Piece {
  return typeof piece === 'string' ? piece.slice(from, to) : { start: piece.start + from, end: piece.start + to };
}

/** Goes over the pieces and the sorted edits once, side by side. */
function splice(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const rest = pieces.toReversed();
  const result: Piece[] = [];
  let position = 0;
  const takeUpTo = (end: number, take: (piece: Piece) => void): void => {
    for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
      const length = lengthOf(piece);
      const count = Math.min(length, end - position);
      if (count > 0) take(slicePiece(piece, 0, count));
      position += count;
      if (count === length) continue;
      rest.push(slicePiece(piece, count, length));
      return;
    }
  };
  const keep = (piece: Piece): void => void result.push(piece);
  const drop = (): void => undefined;
  for (const { span, newText } of edits) {
    takeUpTo(span.start, keep);
    takeUpTo(span.end, drop);
    result.push(newText);
  }
  takeUpTo(Infinity, keep);
  return result;
}

function editsOf(text: string, pieces: readonly Piece[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let position = 0;
  let newText = '';
  const flush = (start: number): void => {
    if (newText !== text.slice(position, start)) edits.push({ span: { start: position, end: start }, newText });
    newText = '';
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      newText += piece;
      continue;
    }
    flush(piece.start);
    position = piece.end;
  }
  flush(text.length);
  return edits;
}
