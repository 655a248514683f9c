/** What a piece of output is, which decides its colour. */
export type Tone = 'added' | 'removed' | 'changed' | 'place' | 'heading';

/** Whether a report is written for a terminal that shows colours. */
export interface ColorOptions {
  readonly color?: boolean;
}

// Written by hand: `styleText` of later Node versions leaves colours out where its own look at stdout says so.
const codes: Readonly<Record<Tone, readonly [number, number]>> = {
  added: [32, 39],
  removed: [31, 39],
  changed: [33, 39],
  place: [36, 39],
  heading: [1, 22],
};

/** The text in the colour of its tone, as ANSI codes; unchanged without `color` or where it is empty. */
export function paint(text: string, tone: Tone, { color = false }: ColorOptions): string {
  if (!color || text === '') return text;
  const [on, off] = codes[tone];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/**
 * The text with every character made visible that a terminal would obey or hide instead of show: control characters but
 * the tab and the line end (LF or CRLF), line separators, marks that turn the writing direction, and those without width.
 * The length stays.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (char) => {
    const code = char.charCodeAt(0);
    if (code === 0x7f) return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd'.repeat(char.length);
  });
}

/** As `printable`, for what is to stay one line: line ends are made visible too. */
export function printableLine(text: string): string {
  return printable(text).replace(/[\r\n]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)));
}

const unprintable = /\r(?!\n)|[\p{Cc}\p{Cf}\u2028\u2029](?<![\t\r\n])/gu;
