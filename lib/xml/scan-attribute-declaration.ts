import { nameEnd, spaceEnd, tokenEnd } from './characters';
import { requireName, requireSpace, unexpected } from './scan-declaration';
import type { OnReference } from './scan-reference';
import type { Source } from './scan-source';
import { scanAttributeValue } from './scan-tag';

/** The offset after the attribute-list declaration at `start`, where `<!ATTLIST` stands; references in default values are reported. */
export function scanAttributeDeclaration(source: Source, start: number, onReference: OnReference): number {
  const { text } = source;
  const name = requireSpace(source, start + '<!ATTLIST'.length, '<!ATTLIST');
  let position = requireName(source, name, 'the name of the element');
  for (;;) {
    const next = spaceEnd(text, position);
    if (text.charAt(next) === '>') return next + 1;
    if (next === position)
      throw unexpected(source, next, "in an ATTLIST declaration, where white space or '>' must follow");
    position = scanDefinition(source, next, onReference);
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

function scanDefinition(source: Source, start: number, onReference: OnReference): number {
  const endOfName = requireName(source, start, 'the name of an attribute');
  const name = source.text.slice(start, endOfName);
  const endOfType = scanType(source, requireSpace(source, endOfName, `attribute ${name}`), name);
  return scanDefault(source, requireSpace(source, endOfType, `the type of attribute ${name}`), name, onReference);
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
  return scanChoices(source, open, nameEnd, attribute);
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

function scanDefault(source: Source, start: number, attribute: string, onReference: OnReference): number {
  const { text } = source;
  if (text.charAt(start) !== '#') return scanAttributeValue(source, start, attribute, onReference) + 1;
  const end = nameEnd(text, start + 1);
  const word = text.slice(start, end);
  if (word === '#REQUIRED' || word === '#IMPLIED') return end;
  if (word !== '#FIXED')
    throw unexpected(
      source,
      start,
      `where #REQUIRED, #IMPLIED, #FIXED or the default of attribute ${attribute} must follow`,
    );
  return scanAttributeValue(source, requireSpace(source, end, '#FIXED'), attribute, onReference) + 1;
}
