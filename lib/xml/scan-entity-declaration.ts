import { spaceEnd } from './characters';
import { requireClose, requireName, requireSpace, scanExternalId, unexpected } from './scan-declaration';
import { predefinedEntities, scanCharacterReference, scanEntityName } from './scan-reference';
import type { Source } from './scan-source';
import { malformed } from './scan-source';

/** What an entity declaration says. */
export interface EntityDeclaration {
  readonly end: number;
  readonly name: string;
  readonly isParameterEntity: boolean;
  readonly kind: 'internal' | 'external' | 'unparsed';
  /** The literal value with character references expanded and line ends made LF; empty where the value lies outside. */
  readonly replacement: string;
  /** Where the value, or the identifier of the value, begins in the source. */
  readonly value: number;
}

/** The entity declaration at `start`, where `<!ENTITY` stands. */
export function scanEntityDeclaration(source: Source, start: number): EntityDeclaration {
  const { text } = source;
  let position = requireSpace(source, start + '<!ENTITY'.length, '<!ENTITY');
  const isParameterEntity = text.charAt(position) === '%' && spaceEnd(text, position + 1) > position + 1;
  if (isParameterEntity) position = spaceEnd(text, position + 1);
  const endOfName = requireName(source, position, 'the name of the entity', 'without colon');
  const name = text.slice(position, endOfName);
  const value = requireSpace(source, endOfName, `entity ${name}`);
  const definition = scanDefinition(source, value, name, isParameterEntity);
  if (!isParameterEntity) checkPredefined(source, value, name, definition);
  const end = requireClose(source, definition.end, 'ENTITY');
  return { ...definition, end, name, isParameterEntity, value };
}

type Definition = Pick<EntityDeclaration, 'end' | 'kind' | 'replacement'>;

function scanDefinition(source: Source, start: number, name: string, isParameterEntity: boolean): Definition {
  const { text } = source;
  const quote = text.charAt(start);
  if (quote === '"' || quote === "'") return scanValue(source, start, name);
  const end = scanExternalId(source, start, 'entity');
  if (end === start)
    throw unexpected(source, start, `where the quoted value of entity ${name}, SYSTEM or PUBLIC must follow`);
  const next = spaceEnd(text, end);
  if (isParameterEntity || !text.startsWith('NDATA', next)) return { end, kind: 'external', replacement: '' };
  if (next === end) throw unexpected(source, next, 'after the system identifier, where white space must follow');
  const notation = requireSpace(source, next + 5, 'NDATA');
  return {
    end: requireName(source, notation, 'the name of a notation', 'without colon'),
    kind: 'unparsed',
    replacement: '',
  };
}

function scanValue(source: Source, start: number, name: string): Definition {
  const { text } = source;
  const close = text.indexOf(text.charAt(start), start + 1);
  if (close === -1)
    throw malformed(source, start, `the value of entity ${name} is never closed with ${text.charAt(start)}`);
  const parts: string[] = [];
  let position = start + 1;
  for (;;) {
    const next = nextSign(text, position, close);
    parts.push(literal(source, position, next));
    if (next === close) return { end: close + 1, kind: 'internal', replacement: parts.join('') };
    if (text.charAt(next) === '%') throw unexpectedPercent(source, next, name);
    if (text.charAt(next + 1) === '#') {
      const { end, codePoint } = scanCharacterReference(source, next);
      parts.push(String.fromCodePoint(codePoint));
      position = end;
    } else {
      position = scanEntityName(source, next);
      parts.push(text.slice(next, position));
    }
  }
}

function nextSign(text: string, start: number, close: number): number {
  for (let offset = start; offset < close; offset++) {
    const character = text.charCodeAt(offset);
    if (character === ampersand || character === percent) return offset;
  }
  return close;
}

const ampersand = 0x26;
const percent = 0x25;

/** Line ends of the file are read as LF; a carriage return in replacement text was written as a reference and stays. */
function literal(source: Source, start: number, end: number): string {
  const text = source.text.slice(start, end);
  return source.entity ? text : text.replace(/\r\n?/g, '\n');
}

function unexpectedPercent(source: Source, offset: number, name: string): Error {
  return malformed(
    source,
    offset,
    `'%' in the value of entity ${name}; parameter entities cannot stand there, write &#37; for a plain %`,
  );
}

/** The predefined entities may be declared again, but only as what they are; `&lt;` and `&amp;` doubly escaped. */
function checkPredefined(source: Source, offset: number, name: string, { kind, replacement }: Definition): void {
  const character = predefinedEntities.get(name);
  if (character === undefined) return;
  const mustBeEscaped = name === 'lt' || name === 'amp';
  if (kind === 'internal' && (isReferenceTo(character, replacement) || (!mustBeEscaped && replacement === character)))
    return;
  const code = character.charCodeAt(0);
  const advice = mustBeEscaped ? `"&#38;#${code};"` : `"&#${code};"`;
  throw malformed(source, offset, `the predefined entity ${name} is declared as something else; write ${advice}`);
}

function isReferenceTo(character: string, replacement: string): boolean {
  const [, hexadecimal, decimal] = /^&#(?:x([0-9a-fA-F]+)|([0-9]+));$/.exec(replacement) ?? [];
  const code = hexadecimal === undefined ? parseInt(decimal ?? '', 10) : parseInt(hexadecimal, 16);
  return code === character.charCodeAt(0);
}
