import type { Span } from './edit';

/** A place in a text as people count it: lines and columns from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line ends of one text found once, for many look-ups. */
export interface LineIndex {
  /** How many lines the text has; a text that ends in a line end has an empty last line. */
  readonly lineCount: number;
  /** Does what the function `positionAt` does, in logarithmic time. */
  positionAt(offset: number): Position;
  /** The offset of a place, or undefined where the text has no such line or the line is shorter than that. */
  offsetAt(line: number, column: number): number | undefined;
}

/**
 * The line and column of a UTF-16 offset. CRLF, LF and a lone CR each end one line, as in XML 1.0; the line end itself
 * belongs to the line that it ends. An offset outside the text counts as the nearest end of the text.
 */
export function positionAt(text: string, offset: number): Position {
  const limit = clamp(text, offset);
  let line = 1;
  let lineStart = 0;
  for (let next = nextLineStart(text, 0); next !== undefined && next <= limit; next = nextLineStart(text, next)) {
    line++;
    lineStart = next;
  }
  return { line, column: limit - lineStart + 1 };
}

/** The whole line that holds a UTF-16 offset, without its line end. An offset outside the text counts as its nearest end. */
export function sourceLineAt(text: string, offset: number): string {
  const { start, end } = lineSpanAt(text, offset);
  return text.slice(start, end);
}

/**
 * The whole line that holds a UTF-16 offset with up to 4,000 characters of the text before and after it, and where in
 * that the line begins.
 */
export function sourceAroundAt(text: string, offset: number): { readonly text: string; readonly lineStart: number } {
  const { start, end } = lineSpanAt(text, offset);
  const from = Math.max(0, start - around);
  return { text: text.slice(from, end + around), lineStart: start - from };
}

const around = 4000;

function lineSpanAt(text: string, offset: number): Span {
  const limit = clamp(text, offset);
  const start = limit - positionAt(text, limit).column + 1;
  lineEnd.lastIndex = start;
  return { start, end: lineEnd.exec(text)?.index ?? text.length };
}

/** The line ends of `text`, for looking up many places in it. */
export function lineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line: number): number | undefined => starts[line - 1];
  return {
    lineCount: starts.length,
    positionAt(offset) {
      const limit = clamp(text, offset);
      const line = countUpTo(starts, limit);
      return { line, column: limit - (startOf(line) ?? 0) + 1 };
    },
    offsetAt(line, column) {
      const start = startOf(line);
      if (start === undefined || column < 1) return undefined;
      const offset = start + column - 1;
      const isInside = offset < (startOf(line + 1) ?? text.length + 1);
      return isInside ? offset : undefined;
    },
  };
}

/** Counted first: a list that grows takes several times the room, and a large file has millions of lines. */
function lineStarts(text: string): Int32Array {
  let count = 1;
  for (let next = nextLineStart(text, 0); next !== undefined; next = nextLineStart(text, next)) count++;
  const starts = new Int32Array(count);
  let line = 0;
  for (let next = nextLineStart(text, 0); next !== undefined; next = nextLineStart(text, next)) starts[++line] = next;
  return starts;
}

const lineEnd = /\r\n?|\n/g;

function clamp(text: string, offset: number): number {
  return Math.min(Math.max(offset, 0), text.length);
}

function nextLineStart(text: string, from: number): number | undefined {
  lineEnd.lastIndex = from;
  return lineEnd.test(text) ? lineEnd.lastIndex : undefined;
}

/** How many of the ascending `numbers` are at most `limit`. */
function countUpTo(numbers: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
