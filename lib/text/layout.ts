/** How a line ends. */
export type Newline = '\n' | '\r\n' | '\r';

/** The offset at which the line of `offset` starts. CRLF, LF and a lone CR each end a line. */
export function lineStartAt(text: string, offset: number): number {
  const before = text.slice(0, offset);
  return Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
}

/** The offset of the line end of the line that holds `offset`, or the length of the text where its last line has none. */
export function lineEndAt(text: string, offset: number): number {
  for (let index = offset; index < text.length; index++) {
    const char = text[index];
    if (char === '\n' || char === '\r') return index;
  }
  return text.length;
}

/**
 * The line end that a new line beside `offset` takes: that of the line itself, else that of the line before, else of the
 * first line of the file. A text of one line gives LF.
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
  if (text[offset] === '\n') return '\n';
  if (text[offset] !== '\r') return undefined;
  return text[offset + 1] === '\n' ? '\r\n' : '\r';
}

/** The blanks and tabs between the start of the line and `offset`, or `undefined` where something else stands there. */
export function indentBefore(text: string, offset: number): string | undefined {
  const indent = text.slice(lineStartAt(text, offset), offset);
  return /^[ \t]*$/.test(indent) ? indent : undefined;
}

/** The blanks and tabs that start the line of `offset`. */
export function lineIndentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? '';
}
