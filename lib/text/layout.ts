/** How a line ends. */
export type Newline = '\n' | '\r\n' | '\r';

/** The offset at which the line of `offset` starts. CRLF, LF and a lone CR each end a line. */
export function lineStartAt(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  return start;
}

/** The offset of the line end of the line that holds `offset`, or the length of the text where its last line has none. */
export function lineEndAt(text: string, offset: number): number {
  for (let index = offset; index < text.length; index++) {
    if (isLineEnd(text[index])) return index;
  }
  return text.length;
}

/**
 * The line end that a new line beside `offset` takes: that of the line itself, else, in a last line that has none, that of
 * the line before. A text of one line gives LF.
 */
export function newlineAt(text: string, offset: number): Newline {
  const own = newlineStartingAt(text, lineEndAt(text, offset));
  if (own !== undefined) return own;
  const start = lineStartAt(text, offset);
  if (start === 0) return '\n';
  if (text[start - 1] === '\r') return '\r';
  return text[start - 2] === '\r' ? '\r\n' : '\n';
}

function newlineStartingAt(text: string, offset: number): Newline | undefined {
  if (text[offset] === '\n') return text[offset - 1] === '\r' ? '\r\n' : '\n';
  if (text[offset] !== '\r') return undefined;
  return text[offset + 1] === '\n' ? '\r\n' : '\r';
}

/** The blanks and tabs between the start of the line and `offset`, or `undefined` where something else stands there. */
export function indentBefore(text: string, offset: number): string | undefined {
  // Only the blanks are looked at: a file may be one line of megabytes.
  let start = offset;
  while (isBlank(text[start - 1])) start--;
  return start === 0 || isLineEnd(text[start - 1]) ? text.slice(start, offset) : undefined;
}

/** The blanks and tabs that start the line of `offset`. */
export function lineIndentAt(text: string, offset: number): string {
  const start = lineStartAt(text, offset);
  let end = start;
  while (end < offset && isBlank(text[end])) end++;
  return text.slice(start, end);
}

function isLineEnd(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}
