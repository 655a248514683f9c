import { CarbonPatchError } from '../errors';
import { canEncode, type Encoding } from '../text/encoding';
import { isXmlCharacter } from './characters';
import { deepestExpansion, longestExpansion } from './limits';

/** Where escaped text will stand; the path is for error messages. */
export interface EscapeContext {
  readonly path: string;
  readonly encoding: Encoding;
}

/**
 * A plain value as XML text. `&`, `<` and `>` become entity references; a character that the encoding cannot hold, and a
 * carriage return, becomes a character reference. Throws VALUE_NOT_XML for a character that XML 1.0 has no form for.
 */
export function escapeText(value: string, context: EscapeContext): string {
  return escape(value, context, textReferences);
}

/** A plain value as it stands between the quotes of an attribute; tabs and line ends become references, so that they survive. */
export function escapeAttribute(value: string, quote: '"' | "'", context: EscapeContext): string {
  return escape(value, context, quote === '"' ? doubleQuotedReferences : singleQuotedReferences);
}

/** The plain value of raw XML text, with line ends normalised as XML does; unknown entities stay as they are. */
export function unescapeText(raw: string, entities: ReadonlyMap<string, string>): string {
  return expand(normaliseLineEnds(raw), entities);
}

/** The plain value of a raw attribute, with white space normalised as XML does for attributes without a declaration. */
export function unescapeAttribute(raw: string, entities: ReadonlyMap<string, string>): string {
  return expand(normaliseLineEnds(raw).replace(/[\t\n]/g, ' '), entities, (text) => text.replace(/[\t\n\r]/g, ' '));
}

/** CRLF and a lone CR as LF: the rule of XML 1.0. */
export function normaliseLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

const textReferences: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\r', '&#13;'],
]);
const attributeReferences: readonly [string, string][] = [...textReferences, ['\t', '&#9;'], ['\n', '&#10;']];
const doubleQuotedReferences: ReadonlyMap<string, string> = new Map([...attributeReferences, ['"', '&quot;']]);
const singleQuotedReferences: ReadonlyMap<string, string> = new Map([...attributeReferences, ["'", '&apos;']]);

const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function escape(value: string, { path, encoding }: EscapeContext, references: ReadonlyMap<string, string>): string {
  let escaped = '';
  for (const char of value) {
    const codePoint = char.codePointAt(0) ?? 0;
    if (!isXmlCharacter(codePoint)) throw new CarbonPatchError('VALUE_NOT_XML', { path, codePoint });
    escaped += references.get(char) ?? (canEncode(codePoint, encoding) ? char : `&#${codePoint};`);
  }
  return escaped;
}

// A value that goes beyond the limits is cut off; `checkExpansion` refuses the file before one is asked for.

function expand(
  raw: string,
  entities: ReadonlyMap<string, string>,
  inEntity: (text: string) => string = (text) => text,
): string {
  if (!raw.includes('&')) return raw;
  let budget = longestExpansion;
  const step = (text: string, depth: number): string =>
    text.replace(/&(#x[0-9a-fA-F]+|#[0-9]+|[^&;\s]+);/g, (reference, name: string) => {
      if (name.startsWith('#'))
        return String.fromCodePoint(Number(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1)));
      const known = predefined.get(name);
      if (known !== undefined) return known;
      const value = entities.get(name);
      if (value === undefined || depth >= deepestExpansion || (budget -= value.length) < 0) return reference;
      return step(inEntity(value), depth + 1);
    });
  return step(raw, 0);
}
