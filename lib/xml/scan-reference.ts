import { isXmlCharacter, nameEnd } from './characters';
import { checkNameForm } from './scan-name';
import type { Source } from './scan-source';
import { characterName, foundAt, malformed } from './scan-source';

/** Where a reference to a general entity stands; the rules differ between the two. */
export type ReferenceContext = 'content' | 'attribute';

/** A reference `&name;` to an entity that is not predefined. */
export interface EntityReference {
  readonly name: string;
  readonly context: ReferenceContext;
  readonly source: Source;
  readonly offset: number;
}

/** Called for each reference to an entity that is not predefined; throws where the entity cannot be used there. */
export type OnReference = (reference: EntityReference) => void;

/** The five entities that every XML file has, and their characters. */
export const predefinedEntities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['apos', "'"],
  ['quot', '"'],
]);

/** The offset after the reference that begins with the `&` at `start`; throws NOT_WELL_FORMED where it is none. */
export function scanReference(
  source: Source,
  start: number,
  context: ReferenceContext,
  onReference: OnReference,
): number {
  if (source.text.charCodeAt(start + 1) === hash) return scanCharacterReference(source, start).end;
  const end = scanEntityName(source, start);
  const name = source.text.slice(start + 1, end - 1);
  if (!predefinedEntities.has(name)) onReference({ name, context, source, offset: start });
  return end;
}

/** The offset after `&name;` or `%name;`, of which only the spelling is checked. */
export function scanEntityName(source: Source, start: number): number {
  const { text } = source;
  const sign = text.charAt(start);
  const end = nameEnd(text, start + 1);
  if (end === start + 1) {
    const advice = sign === '&' ? '; write &amp; for a plain &' : '';
    throw malformed(
      source,
      start,
      `${foundAt(source, end)} after '${sign}', where the name of an entity must follow${advice}`,
    );
  }
  if (text.charCodeAt(end) === semicolon) {
    checkNameForm(source, start + 1, end, 'without colon');
    return end + 1;
  }
  const advice = sign === '&' ? ', or write &amp; for a plain &' : '';
  throw malformed(
    source,
    end,
    `${foundAt(source, end)} after ${text.slice(start, end)}; end the reference with ';'${advice}`,
  );
}

/** The end and the character of `&#10;` or `&#xA;` at `start`. */
export function scanCharacterReference(
  source: Source,
  start: number,
): { readonly end: number; readonly codePoint: number } {
  const { text } = source;
  const isHexadecimal = text.charAt(start + 2) === 'x';
  const firstDigit = start + (isHexadecimal ? 3 : 2);
  const base = isHexadecimal ? 16 : 10;
  let end = firstDigit;
  let codePoint = 0;
  for (let digit = digitAt(text, end, base); digit >= 0; digit = digitAt(text, end, base)) {
    codePoint = Math.min(codePoint * base + digit, beyondUnicode);
    end++;
  }
  if (end === firstDigit || text.charCodeAt(end) !== semicolon) {
    throw malformed(
      source,
      end,
      `${foundAt(source, end)} in a character reference, which is written like &#10; or &#xA;`,
    );
  }
  if (!isXmlCharacter(codePoint)) {
    const name = codePoint === beyondUnicode ? 'a character beyond Unicode' : characterName(codePoint);
    throw malformed(source, start, `character reference to ${name}, which XML does not allow`);
  }
  return { end: end + 1, codePoint };
}

const hash = 0x23;
const semicolon = 0x3b;
const beyondUnicode = 0x110000;

/** The value of one digit, or -1 where there is none. */
function digitAt(text: string, offset: number, base: 10 | 16): number {
  const code = text.charCodeAt(offset);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (base === 10) return -1;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
