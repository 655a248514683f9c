import { scanCdata, scanComment, scanInstruction } from './scan-markup';
import type { OnReference } from './scan-reference';
import { scanReference } from './scan-reference';
import type { Source } from './scan-source';
import { malformed } from './scan-source';
import { scanEndTag, scanStartTag } from './scan-tag';
import type { PlainToken, TagToken } from './token';
import { noTokens, type TokenSink } from './token-list';

/** Puts the tokens of the element whose tag begins at `start` into `tokens`; gives the offset after the element. */
export function scanElement(source: Source, start: number, tokens: TokenSink, onReference: OnReference): number {
  const open: TagToken[] = [];
  let position = start;
  do {
    position = scanPiece(source, position, open, tokens, onReference);
  } while (open.length > 0);
  return position;
}

/** Throws NOT_WELL_FORMED unless the whole source is well-formed as the content of an element. */
export function scanContent(source: Source, onReference: OnReference): void {
  const open: TagToken[] = [];
  let position = 0;
  while (position < source.text.length || open.length > 0) {
    // The tokens of replacement text are nobody's business.
    position = scanPiece(source, position, open, noTokens, onReference);
  }
}

const less = 0x3c;
const greater = 0x3e;
const ampersand = 0x26;
const bracket = 0x5d;
const slash = 0x2f;
const exclamation = 0x21;
const question = 0x3f;

/** Scans one token; `open` is the stack of elements that are open, kept up to date. */
function scanPiece(
  source: Source,
  start: number,
  open: TagToken[],
  tokens: TokenSink,
  onReference: OnReference,
): number {
  const { text } = source;
  if (start >= text.length) throw unclosed(source, open);
  if (text.charCodeAt(start) !== less) return push(tokens, 'text', start, scanText(source, start, onReference));
  switch (text.charCodeAt(start + 1)) {
    case slash:
      return push(tokens, 'endTag', start, scanEndTag(source, start, open.pop()));
    case exclamation:
      return scanExclamation(source, start, tokens);
    case question:
      return push(tokens, 'instruction', start, scanInstruction(source, start));
    default: {
      const tag = scanStartTag(source, start, onReference);
      tokens.push(tag.kind, tag.span.start, tag.span.end);
      if (tag.kind === 'startTag') open.push(tag);
      return tag.span.end;
    }
  }
}

function push(tokens: TokenSink, kind: PlainToken['kind'], start: number, end: number): number {
  tokens.push(kind, start, end);
  return end;
}

function scanExclamation(source: Source, start: number, tokens: TokenSink): number {
  const { text } = source;
  if (text.startsWith('<!--', start)) return push(tokens, 'comment', start, scanComment(source, start));
  if (text.startsWith('<![CDATA[', start)) return push(tokens, 'cdata', start, scanCdata(source, start));
  if (text.startsWith('<!DOCTYPE', start)) {
    throw malformed(source, start, 'a DOCTYPE inside an element; it belongs before the root element');
  }
  throw malformed(source, start, "'<!' that begins neither a comment nor a CDATA section");
}

function scanText(source: Source, start: number, onReference: OnReference): number {
  const { text } = source;
  let position = start;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === less) return position;
    if (code === ampersand) {
      position = scanReference(source, position, 'content', onReference);
      continue;
    }
    if (code === greater && position - start >= 2 && isBracket(text, position - 1) && isBracket(text, position - 2)) {
      throw malformed(source, position - 2, "']]>' in text; write ]]&gt;");
    }
    position++;
  }
  return position;
}

function isBracket(text: string, offset: number): boolean {
  return text.charCodeAt(offset) === bracket;
}

function unclosed(source: Source, open: readonly TagToken[]): Error {
  const tag = open.at(-1);
  return malformed(source, tag?.span.start ?? 0, `<${tag?.name ?? ''}> is never closed`);
}
