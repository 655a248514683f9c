import type { Span } from '../text/edit';
import { nameEnd, spaceEnd, tokenEnd } from './characters';
import { requireName, requireSpace, unexpected } from './scan-declaration';
import { checkNameForm } from './scan-name';
import type { OnReference } from './scan-reference';
import type { Source } from './scan-source';
import { scanAttributeValue } from './scan-tag';

/** What an attribute-list declaration says of one attribute. */
export interface AttributeDeclaration {
  readonly element: string;
  readonly name: string;
  /** True for every type but CDATA: white space around its values, and more than one space in them, does not count. */
  readonly isTokenized: boolean;
  /** The raw value that elements have which do not write the attribute; `undefined` where there is none. */
  readonly defaultValue: string | undefined;
}

/**
 * The offset after the attribute-list declaration at `start`, where `<!ATTLIST` stands; references in default values are
 * reported, and then each attribute.
 */
export function scanAttributeDeclaration(
  source: Source,
  start: number,
  onReference: OnReference,
  onDeclared: (declaration: AttributeDeclaration) => void,
): number {
  const { text } = source;
  const name = requireSpace(source, start + '<!ATTLIST'.length, '<!ATTLIST');
  let position = requireName(source, name, 'the name of the element', 'qualified');
  const element = text.slice(name, position);
  for (;;) {
    const next = spaceEnd(text, position);
    if (text.charAt(next) === '>') return next + 1;
    if (next === position)
      throw unexpected(source, next, "in an ATTLIST declaration, where white space or '>' must follow");
    const { end, ...definition } = scanDefinition(source, next, onReference);
    onDeclared({ element, ...definition });
    position = end;
  }
}

const types: ReadonlySet<string> = new Set([
  'CDATA',
  'ID',
  'IDREF',
  'IDREFS',
  'ENTITY',
  'ENTITIES',
  'NMTOKEN',
  'NMTOKENS',
]);

interface Definition extends Omit<AttributeDeclaration, 'element'> {
  readonly end: number;
}

function scanDefinition(source: Source, start: number, onReference: OnReference): Definition {
  const { text } = source;
  const endOfName = requireName(source, start, 'the name of an attribute', 'qualified');
  const name = text.slice(start, endOfName);
  const type = requireSpace(source, endOfName, `attribute ${name}`);
  const endOfType = scanType(source, type, name);
  const word = requireSpace(source, endOfType, `the type of attribute ${name}`);
  const { end, value } = scanDefault(source, word, name, onReference);
  const isTokenized = text.slice(type, endOfType) !== 'CDATA';
  return { end, name, isTokenized, defaultValue: value && text.slice(value.start, value.end) };
}

function scanType(source: Source, start: number, attribute: string): number {
  const { text } = source;
  if (text.charAt(start) === '(') return scanChoices(source, start, tokenEnd, attribute);
  const end = nameEnd(text, start);
  const word = text.slice(start, end);
  if (types.has(word)) return end;
  if (word !== 'NOTATION')
    throw unexpected(source, start, `where a type such as CDATA must follow attribute ${attribute}`);
  const open = requireSpace(source, end, 'NOTATION');
  if (text.charAt(open) !== '(') throw unexpected(source, open, "after NOTATION, where '(' must follow");
  return scanChoices(source, open, notationEnd(source), attribute);
}

/** Notations are named without a colon where namespaces count. */
function notationEnd(source: Source): typeof nameEnd {
  return (text, start) => {
    const end = nameEnd(text, start);
    checkNameForm(source, start, end, 'without colon');
    return end;
  };
}

/** `(a | b | c)`, each of them what `endOf` takes. */
function scanChoices(
  source: Source,
  start: number,
  endOf: (text: string, start: number) => number,
  attribute: string,
): number {
  const { text } = source;
  let position = start;
  do {
    const choice = spaceEnd(text, position + 1);
    const end = endOf(text, choice);
    if (end === choice)
      throw unexpected(source, choice, `where a possible value of attribute ${attribute} must follow`);
    position = spaceEnd(text, end);
  } while (text.charAt(position) === '|');
  if (text.charAt(position) !== ')')
    throw unexpected(source, position, `among the values of attribute ${attribute}, where '|' or ')' must follow`);
  return position + 1;
}

interface DefaultDeclaration {
  readonly end: number;
  /** Between the quotes; `undefined` where elements without the attribute have none. */
  readonly value: Span | undefined;
}

function scanDefault(source: Source, start: number, attribute: string, onReference: OnReference): DefaultDeclaration {
  const { text } = source;
  if (text.charAt(start) !== '#') return scanDefaultValue(source, start, attribute, onReference);
  const end = nameEnd(text, start + 1);
  const word = text.slice(start, end);
  if (word === '#REQUIRED' || word === '#IMPLIED') return { end, value: undefined };
  if (word !== '#FIXED')
    throw unexpected(
      source,
      start,
      `where #REQUIRED, #IMPLIED, #FIXED or the default of attribute ${attribute} must follow`,
    );
  return scanDefaultValue(source, requireSpace(source, end, '#FIXED'), attribute, onReference);
}

function scanDefaultValue(
  source: Source,
  start: number,
  attribute: string,
  onReference: OnReference,
): DefaultDeclaration {
  const close = scanAttributeValue(source, start, attribute, onReference);
  return { end: close + 1, value: { start: start + 1, end: close } };
}
