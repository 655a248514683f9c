/** One line of a loadbalancer.conf. Offsets are those of the text. */
export interface ConfLine {
  /** From 1. */
  readonly number: number;
  /** Where the line starts. */
  readonly start: number;
  /** Where its line end starts, or the end of the text. */
  readonly end: number;
  /** Where the next line starts, or the end of the text. */
  readonly next: number;
  /** Where its first character that is no blank stands; `end` where there is none. */
  readonly textStart: number;
  /** What the load balancer calls the line: without the blanks on both sides. */
  readonly text: string;
  /** What is left of `text` before the first `#`; empty where the line is a comment. Blanks before the `#` are kept. */
  readonly code: string;
}

/** The lines of a text; CRLF, LF and a lone CR each end one, as for Java's readers. */
export function confLines(text: string): readonly ConfLine[] {
  const lines: ConfLine[] = [];
  for (let start = 0; start < text.length;) {
    lineEnd.lastIndex = start;
    const found = lineEnd.exec(text);
    const end = found?.index ?? text.length;
    const next = found === null ? end : end + found[0].length;
    lines.push(confLine(text.slice(start, end), { number: lines.length + 1, start, end, next }));
    start = next;
  }
  return lines;
}

/** The text without the blanks and control characters on both sides that Java's `trim` takes off: those up to U+0020. */
export function javaTrim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isJavaBlank(text, start)) start++;
  while (end > start && isJavaBlank(text, end - 1)) end--;
  return text.slice(start, end);
}

const lineEnd = /\r\n?|\n/g;

function isJavaBlank(text: string, offset: number): boolean {
  return text.charCodeAt(offset) <= 0x20;
}

function confLine(raw: string, place: Pick<ConfLine, 'number' | 'start' | 'end' | 'next'>): ConfLine {
  const text = javaTrim(raw);
  let lead = 0;
  while (lead < raw.length && isJavaBlank(raw, lead)) lead++;
  const comment = text.indexOf('#');
  return { ...place, textStart: place.start + lead, text, code: comment === -1 ? text : text.slice(0, comment) };
}
