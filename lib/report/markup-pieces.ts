import type { Span } from '../text/edit';

/** One attribute of an `open` piece; its value lies between the quotes. */
export interface AttributePiece {
  readonly name: string;
  readonly value: Span;
}

/** A piece of something that looks like XML. The span of `text`, `comment`, `cdata` and the others is what is inside. */
export type MarkupPiece =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: readonly AttributePiece[];
      readonly isEmpty: boolean;
      /** Behind the tag. */
      readonly end: number;
    }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text' | 'comment' | 'cdata' | 'instruction' | 'doctype'; readonly span: Span };

/**
 * The pieces of a stretch of text, read as markup as far as it looks like it; the rest is text. Unlike the scanner this
 * never fails: secrets must be found in malformed files, in single lines and in comments too.
 * `halfOpen` reads the stretch as the inside of a comment such as `<!--password>x</password-->`, whose first tag has lost
 * its `<` and whose last tag its `>`.
 */
export function markupPieces(text: string, region: Span, reading?: 'halfOpen'): readonly MarkupPiece[] {
  const stretch = text.slice(0, region.end);
  const pieces: MarkupPiece[] = [];
  let position = region.start;
  let textStart = position;
  const take = (found: Found, start: number): void => {
    if (start > textStart) pieces.push({ kind: 'text', span: { start: textStart, end: start } });
    pieces.push(found.piece);
    position = textStart = found.end;
  };
  const first = reading === 'halfOpen' ? halfOpenTag(stretch, position) : undefined;
  if (first) take(first, position);
  while (position < stretch.length) {
    const start = stretch.indexOf('<', position);
    if (start === -1) break;
    const found = pieceAt(stretch, start);
    if (found) take(found, start);
    else position = start + 1;
  }
  if (stretch.length > textStart) pieces.push({ kind: 'text', span: { start: textStart, end: stretch.length } });
  return pieces;
}

interface Found {
  readonly piece: MarkupPiece;
  readonly end: number;
}

const delimited = [
  { kind: 'comment', open: '<!--', close: '-->' },
  { kind: 'cdata', open: '<![CDATA[', close: ']]>' },
  { kind: 'instruction', open: '<?', close: '?>' },
] as const;

// One reading only for each character, so that a DOCTYPE without an end costs no more than one with it.
const doctype =
  /<!DOCTYPE(?:"[^"]*"|'[^']*'|\[(?:"[^"]*"|'[^']*'|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|(?!<!--|<\?)[^\]"'])*\]|[^>"'[])*>?/y;

function pieceAt(text: string, start: number): Found | undefined {
  for (const { kind, open, close } of delimited) {
    if (!text.startsWith(open, start)) continue;
    const contentStart = start + open.length;
    const found = text.indexOf(close, contentStart);
    const contentEnd = found === -1 ? text.length : found;
    return {
      piece: { kind, span: { start: contentStart, end: contentEnd } },
      end: contentEnd + (found === -1 ? 0 : close.length),
    };
  }
  // A file has one; looking for the end of each of many would take long.
  const isFirst = text.startsWith('<!DOCTYPE', start) && text.indexOf('<!DOCTYPE') === start;
  const declaration = isFirst ? matchAt(doctype, text, start) : undefined;
  if (declaration) {
    const end = start + declaration[0].length;
    return { piece: { kind: 'doctype', span: { start, end } }, end };
  }
  return text.charAt(start + 1) === '/' ? endTag(text, start) : startTag(text, start + 1);
}

const endTagPattern = /<\/([^\s<>/]+)[^<>]*>?/y;

function endTag(text: string, start: number): Found | undefined {
  const match = matchAt(endTagPattern, text, start);
  return match && { piece: { kind: 'close', name: match[1] ?? '' }, end: start + match[0].length };
}

const tagName = /[\p{L}_:][^\s<>/="']*/uy;
// All before the value is one group, since places of groups (`d`) take several times as long as the match itself.
const attribute = /(?<lead>\s*(?<name>[^\s<>/="']+)\s*=\s*)(?:"(?<double>[^"]*)(?:"|$)|'(?<single>[^']*)(?:'|$))/y;

// Skips what does not belong there, as behind a quote that was not escaped, and takes a value without quotes.
const damagedAttribute =
  /(?<lead>(?:\s*|[^<>]*?\s)(?<name>[^\s<>/="']+)\s*=\s*)(?:"(?<double>[^"]*)(?:"|$)|'(?<single>[^']*)(?:'|$)|(?<bare>[^\s<>"']+))/y;
const tagEnd = /\s*(\/?)\s*(?:>|$)/y;
const damagedTagEnd = /[^<>]*>/y;

function startTag(text: string, nameStart: number): Found | undefined {
  const head = tagHead(text, nameStart, attribute);
  if (!head) return undefined;
  const closed = matchAt(tagEnd, text, head.end);
  if (closed) return open(head, closed[1] === '/', head.end + closed[0].length);
  const damaged = tagHead(text, nameStart, damagedAttribute) ?? head;
  const end = matchAt(tagEnd, text, damaged.end) ?? matchAt(damagedTagEnd, text, damaged.end);
  if (end) return open(damaged, /\/\s*>?$/.test(end[0]), damaged.end + end[0].length);
  return damaged.attributes.length > 0 ? open(damaged, false, damaged.end) : undefined;
}

/** A tag whose `<` is missing; words that only look like a name are none unless a tag ends after them. */
function halfOpenTag(text: string, start: number): Found | undefined {
  const head = tagHead(text, start + (/\S/.exec(text.slice(start))?.index ?? 0), attribute);
  const closed = head && matchAt(tagEnd, text, head.end);
  return closed ? open(head, closed[1] === '/', head.end + closed[0].length) : undefined;
}

function open({ name, attributes }: TagHead, isEmpty: boolean, end: number): Found {
  return { piece: { kind: 'open', name, attributes, isEmpty, end }, end };
}

interface TagHead {
  readonly name: string;
  readonly attributes: readonly AttributePiece[];
  readonly end: number;
}

function tagHead(text: string, start: number, pattern: RegExp): TagHead | undefined {
  const elementName = matchAt(tagName, text, start)?.[0];
  if (elementName === undefined) return undefined;
  const attributes: AttributePiece[] = [];
  let end = start + elementName.length;
  for (let match = matchAt(pattern, text, end); match; match = matchAt(pattern, text, end)) {
    const { lead = '', name = '', double, single, bare = '' } = match.groups ?? {};
    const quoted = double ?? single;
    const valueStart = end + lead.length + (quoted === undefined ? 0 : 1);
    attributes.push({ name, value: { start: valueStart, end: valueStart + (quoted ?? bare).length } });
    end += match[0].length;
  }
  return { name: elementName, attributes, end };
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text) ?? undefined;
}
