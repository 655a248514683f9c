import type { Span } from '../text/edit';

/** A text as whoever reads it sees it, with one layer of escapes decoded. */
export interface DecodedView {
  readonly text: string;
  /** What a span of the view is in the text that was decoded. */
  sourceOf(span: Span): Span;
}

/**
 * The text with one layer of escapes decoded: references (`&#112;`, `&lt;`, and the entities given), percent signs as in a
 * URL (`%70`), and `\u0070` as in properties and JSON. `undefined` where there is nothing to decode.
 * An entity that would make the text much longer stays as it is.
 */
export function decodedView(text: string, entities: ReadonlyMap<string, string> = new Map()): DecodedView | undefined {
  if (!holdsEscape(text)) return undefined;
  const decoded: Escape[] = [];
  const parts: string[] = [];
  let position = 0;
  let length = 0;
  let budget = text.length + leastGrowth;
  for (const match of text.matchAll(escape)) {
    const value = valueOf(match, entities);
    if (value === undefined || value.length > budget) continue;
    budget -= value.length;
    const start = length + match.index - position;
    parts.push(text.slice(position, match.index), value);
    position = match.index + match[0].length;
    length = start + value.length;
    decoded.push({ start, end: length, source: { start: match.index, end: position } });
  }
  if (decoded.length === 0) return undefined;
  parts.push(text.slice(position));
  return {
    text: parts.join(''),
    sourceOf: ({ start, end }) => ({
      start: sourceOffset(decoded, start, 'start'),
      end: sourceOffset(decoded, end, 'end'),
    }),
  };
}

/** The text as it reads when every layer of escapes is decoded, as far as anybody would nest them. */
export function decodedText(text: string, entities?: ReadonlyMap<string, string>): string {
  if (!holdsEscape(text)) return text;
  let shown = text;
  for (let layer = 0; layer < mostLayers; layer++) shown = decodedView(shown, entities)?.text ?? shown;
  return shown;
}

/** True for a text in which something may be escaped; most texts hold nothing of the kind. */
function holdsEscape(text: string): boolean {
  return /[&%\\]/.test(text);
}

/** How many layers of escapes are looked under. */
export const mostLayers = 3;

/** How much longer than twice its length a short text may get. */
const leastGrowth = 1000;

/** One thing that was decoded: its offsets in the view, and what it was. */
interface Escape extends Span {
  readonly source: Span;
}

const escape =
  /&(?:#(?<decimal>\d{1,7})|#x(?<hex>[0-9a-f]{1,6})|(?<name>[^#;&\s<>]{1,100}));|%(?<percent>[0-7][0-9a-f])|\\u(?<unit>[0-9a-f]{4})/gi;

const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function valueOf({ groups = {} }: RegExpMatchArray, entities: ReadonlyMap<string, string>): string | undefined {
  const { decimal, hex, name, percent, unit } = groups;
  if (name !== undefined) return predefined.get(name) ?? entities.get(name);
  const code = decimal === undefined ? Number.parseInt(hex ?? percent ?? unit ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** Where an offset of the view lies in the text; one inside of what was decoded counts as the side that is asked for. */
function sourceOffset(decoded: readonly Escape[], offset: number, side: 'start' | 'end'): number {
  let low = 0;
  let high = decoded.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((decoded[middle]?.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  const before = decoded[low - 1];
  if (before === undefined) return offset;
  return offset < before.end ? before.source[side] : before.source.end + offset - before.end;
}
