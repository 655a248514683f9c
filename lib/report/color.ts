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
 * The text with every character made visible that a terminal would obey instead of show: control characters but the tab
 * and the line end (LF or CRLF), line separators, and marks that turn the writing direction. One character stays one.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (char) => {
    const code = char.charCodeAt(0);
    if (code === 0x7f) return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

const unprintable = /\r(?!\n)|[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069](?<![\t\r\n])/gu;
