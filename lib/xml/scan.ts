import { firstForbiddenCharacter, nameEnd, spaceEnd } from './characters';
import type { Doctype } from './doctype';
import { scanDoctype } from './doctype';
import { scanElement } from './scan-content';
import type { XmlDeclaration } from './scan-markup';
import { scanComment, scanInstruction, scanXmlDeclaration } from './scan-markup';
import type { OnReference } from './scan-reference';
import type { Source } from './scan-source';
import { characterName, fileSource, foundAt, lineOf, malformed } from './scan-source';
import { tokenListBuilder, type TokenList, type TokenSink } from './token-list';

/** What a file consists of, as `scan` found it. */
export interface Scan {
  readonly tokens: TokenList;
  /** General entities with an internal value, by name: the literal value with character and parameter references expanded. */
  readonly entities: ReadonlyMap<string, string>;
}

/**
 * The tokens of an XML 1.0 (5th edition) file, end to end over `text`, which comes without a byte order mark.
 * Nothing outside the file is ever loaded. Throws NOT_WELL_FORMED, with the place of the problem, where the file breaks a
 * rule of XML; a character that XML does not allow is reported before any other problem. Validity and namespaces are not
 * looked at.
 */
export function scan(text: string, path: string): Scan {
  const source = fileSource(text, path);
  refuseForbiddenCharacters(source);
  const tokens = tokenListBuilder(text, path);
  const declaration = scanXmlDeclaration(source);
  if (declaration.end > 0) tokens.push('declaration', 0, declaration.end);
  const prolog = scanProlog(source, declaration, tokens);
  const rootEnd = scanElement(source, prolog.end, tokens, prolog.doctype?.useEntity ?? refuseUndeclared);
  scanEpilog(source, prolog.end, rootEnd, tokens);
  return { tokens: tokens.finish(), entities: prolog.doctype?.entities ?? new Map<string, string>() };
}

const refuseUndeclared: OnReference = ({ name, source, offset }) => {
  throw malformed(source, offset, `entity ${name} is not declared`);
};

function refuseForbiddenCharacters(source: Source): void {
  const offset = firstForbiddenCharacter(source.text);
  if (offset === undefined) return;
  const codePoint = source.text.codePointAt(offset) ?? 0;
  throw malformed(source, offset, `the character ${characterName(codePoint)}, which XML does not allow`);
}

/** Everything before the root element; `end` is where that begins. */
function scanProlog(
  source: Source,
  declaration: XmlDeclaration,
  tokens: TokenSink,
): { readonly end: number; readonly doctype: Doctype | undefined } {
  let position = declaration.end;
  let doctype: Doctype | undefined;
  for (;;) {
    const next = scanMisc(source, position, tokens);
    if (next !== undefined) {
      position = next;
      continue;
    }
    if (!source.text.startsWith('<!DOCTYPE', position)) break;
    if (doctype) throw malformed(source, position, 'a second DOCTYPE');
    doctype = scanDoctype(source, position, declaration.isStandalone);
    tokens.push('doctype', position, doctype.end);
    position = doctype.end;
  }
  if (position >= source.text.length) throw malformed(source, position, 'the file has no root element');
  if (beginsElement(source.text, position)) return { end: position, doctype };
  throw malformed(source, position, `${pieceAt(source, position)} before the root element`);
}

function scanEpilog(source: Source, rootStart: number, start: number, tokens: TokenSink): void {
  let position = start;
  while (position < source.text.length) {
    const next = scanMisc(source, position, tokens);
    if (next === undefined) {
      const root = `the root element, which began in line ${lineOf(source, rootStart)}`;
      throw malformed(source, position, `${pieceAt(source, position)} after ${root}`);
    }
    position = next;
  }
}

function beginsElement(text: string, offset: number): boolean {
  return text.charAt(offset) === '<' && nameEnd(text, offset + 1) > offset + 1;
}

/** What begins outside the root element though it cannot stand there, for a message. */
function pieceAt(source: Source, offset: number): string {
  const { text } = source;
  if (text.startsWith('</', offset)) return 'an end tag';
  if (text.startsWith('<!DOCTYPE', offset)) return 'a DOCTYPE';
  if (text.startsWith('<![CDATA[', offset)) return 'a CDATA section';
  if (beginsElement(text, offset)) return `another element <${text.slice(offset + 1, nameEnd(text, offset + 1))}>`;
  return foundAt(source, offset);
}

/** One comment, processing instruction or stretch of white space; undefined where something else stands. */
function scanMisc(source: Source, start: number, tokens: TokenSink): number | undefined {
  const { text } = source;
  if (text.startsWith('<!--', start)) return push(tokens, 'comment', start, scanComment(source, start));
  if (text.startsWith('<?', start)) return push(tokens, 'instruction', start, scanInstruction(source, start));
  const end = spaceEnd(text, start);
  return end === start ? undefined : push(tokens, 'text', start, end);
}

function push(tokens: TokenSink, kind: 'text' | 'comment' | 'instruction', start: number, end: number): number {
  tokens.push(kind, start, end);
  return end;
}
