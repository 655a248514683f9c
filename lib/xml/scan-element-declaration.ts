import { spaceEnd } from './characters';
import { requireClose, requireName, requireSpace, unexpected } from './scan-declaration';
import type { Source } from './scan-source';
import { malformed } from './scan-source';

/** The offset after the element type declaration at `start`, where `<!ELEMENT` stands. */
export function scanElementDeclaration(source: Source, start: number): number {
  const name = requireSpace(source, start + '<!ELEMENT'.length, '<!ELEMENT');
  const model = requireSpace(
    source,
    requireName(source, name, 'the name of the element', 'qualified'),
    'the name of the element',
  );
  return requireClose(source, scanContentModel(source, model), 'ELEMENT');
}

function scanContentModel(source: Source, start: number): number {
  const { text } = source;
  if (text.startsWith('EMPTY', start)) return start + 5;
  if (text.startsWith('ANY', start)) return start + 3;
  if (text.charAt(start) !== '(') throw unexpected(source, start, "where EMPTY, ANY or '(' must follow");
  const first = spaceEnd(text, start + 1);
  return text.startsWith('#PCDATA', first) ? scanMixed(source, first + 7) : scanChildren(source, start + 1);
}

/** The rest of `(#PCDATA)`, `(#PCDATA)*` or `(#PCDATA | a | b)*`. */
function scanMixed(source: Source, start: number): number {
  const { text } = source;
  let position = spaceEnd(text, start);
  let hasNames = false;
  while (text.charAt(position) === '|') {
    hasNames = true;
    const end = requireName(source, spaceEnd(text, position + 1), 'the name of an element', 'qualified');
    position = spaceEnd(text, end);
  }
  if (text.charAt(position) !== ')') throw unexpected(source, position, "after #PCDATA, where '|' or ')' must follow");
  if (text.charAt(position + 1) === '*') return position + 2;
  if (hasNames)
    throw malformed(source, position + 1, "a content model with #PCDATA and names that does not end in ')*'");
  return position + 1;
}

/** The rest of a content model of elements, after its first `(`. The stack holds the separator of each open group. */
function scanChildren(source: Source, start: number): number {
  const { text } = source;
  const separators = [''];
  let position = scanParticleStart(source, start, separators);
  while (separators.length > 0) {
    position = spaceEnd(text, position);
    const character = text.charAt(position);
    if (character === ')') {
      separators.pop();
      position = skipOccurrence(text, position + 1);
      continue;
    }
    if (character !== ',' && character !== '|')
      throw unexpected(source, position, "in a content model, where ',', '|' or ')' must follow");
    const separator = separators.at(-1);
    if (separator !== '' && separator !== character)
      throw malformed(source, position, "',' and '|' in one group of a content model");
    separators[separators.length - 1] = character;
    position = scanParticleStart(source, position + 1, separators);
  }
  return position;
}

/** Opens every group that begins here, then takes one name with its `?`, `*` or `+`. */
function scanParticleStart(source: Source, start: number, separators: string[]): number {
  const { text } = source;
  let position = spaceEnd(text, start);
  while (text.charAt(position) === '(') {
    separators.push('');
    position = spaceEnd(text, position + 1);
  }
  return skipOccurrence(text, requireName(source, position, "the name of an element or '('", 'qualified'));
}

function skipOccurrence(text: string, offset: number): number {
  const character = text.charAt(offset);
  return character === '?' || character === '*' || character === '+' ? offset + 1 : offset;
}
