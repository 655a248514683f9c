import { nameEnd, spaceEnd } from './characters';
import { checkNameForm } from './scan-name';
import type { Source } from './scan-source';
import { foundAt, malformed } from './scan-source';

/** The offset after the comment at `start`, where `<!--` stands. */
export function scanComment(source: Source, start: number): number {
  const dashes = source.text.indexOf('--', start + 4);
  if (dashes === -1) throw malformed(source, start, 'the comment is never closed with -->');
  if (source.text.charAt(dashes + 2) === '>') return dashes + 3;
  throw malformed(source, dashes, "'--' inside a comment, which only its end may hold");
}

/** The offset after the CDATA section at `start`, where `<![CDATA[` stands. */
export function scanCdata(source: Source, start: number): number {
  const end = source.text.indexOf(']]>', start + 9);
  if (end === -1) throw malformed(source, start, 'the CDATA section is never closed with ]]>');
  return end + 3;
}

/** The offset after the processing instruction at `start`, where `<?` stands. */
export function scanInstruction(source: Source, start: number): number {
  const { text } = source;
  const endOfTarget = nameEnd(text, start + 2);
  const target = text.slice(start + 2, endOfTarget);
  if (target === '') {
    throw malformed(
      source,
      endOfTarget,
      `${foundAt(source, endOfTarget)} after '<?', where the target of a processing instruction must follow`,
    );
  }
  if (target.toLowerCase() === 'xml') {
    const problem =
      target === 'xml'
        ? 'an XML declaration that is not at the very start of the file; remove what stands before it, white space included'
        : `the processing instruction target ${target} is reserved`;
    throw malformed(source, start, problem);
  }
  checkNameForm(source, start + 2, endOfTarget, 'without colon');
  const end = text.indexOf('?>', endOfTarget);
  if (end === -1) throw malformed(source, start, `the processing instruction <?${target} is never closed with ?>`);
  if (end !== endOfTarget && spaceEnd(text, endOfTarget) === endOfTarget) {
    throw malformed(
      source,
      endOfTarget,
      `${foundAt(source, endOfTarget)} after <?${target}, where white space or ?> must follow`,
    );
  }
  return end + 2;
}

/** What the XML declaration of a file says, and the offset after it; 0 where there is none. */
export interface XmlDeclaration {
  readonly end: number;
  readonly isStandalone: boolean;
}

/** The XML declaration at the start of the source. */
export function scanXmlDeclaration(source: Source): XmlDeclaration {
  const { text } = source;
  if (!/^<\?xml[ \t\r\n?]/.test(text)) return { end: 0, isStandalone: false };
  let position = '<?xml'.length;
  let isStandalone = false;
  for (const part of declarationParts) {
    const start = spaceEnd(text, position);
    if (text.startsWith(part.name, start)) {
      if (start === position)
        throw malformed(source, start, `no white space before ${part.name} in the XML declaration`);
      position = scanDeclarationPart(source, start, part);
      isStandalone = part.name === 'standalone' && text.slice(start, position).includes('yes');
    } else if (part.name === 'version') {
      throw malformed(source, start, 'the XML declaration does not begin with version="1.0"');
    }
  }
  const close = spaceEnd(text, position);
  if (text.startsWith('?>', close)) return { end: close + 2, isStandalone };
  const rule = 'where only version, encoding and standalone may stand, in this order';
  throw malformed(source, close, `${foundAt(source, close)} in the XML declaration, ${rule}`);
}

interface DeclarationPart {
  readonly name: string;
  readonly form: RegExp;
  readonly example: string;
}

const declarationParts: readonly DeclarationPart[] = [
  { name: 'version', form: /(["'])1\.[0-9]+\1/y, example: '"1.0"' },
  { name: 'encoding', form: /(["'])[A-Za-z][A-Za-z0-9._-]*\1/y, example: 'a name such as "UTF-8"' },
  { name: 'standalone', form: /(["'])(?:yes|no)\1/y, example: '"yes" or "no"' },
];

function scanDeclarationPart(source: Source, start: number, { name, form, example }: DeclarationPart): number {
  const { text } = source;
  const equals = spaceEnd(text, start + name.length);
  if (text.charAt(equals) !== '=') {
    throw malformed(
      source,
      equals,
      `${foundAt(source, equals)} after ${name} in the XML declaration, where '=' must follow`,
    );
  }
  const value = spaceEnd(text, equals + 1);
  form.lastIndex = value;
  if (form.test(text)) return form.lastIndex;
  throw malformed(source, value, `${name} in the XML declaration must be ${example}`);
}
