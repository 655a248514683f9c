import { isNameStart, nameEnd, spaceEnd } from './characters';
import type { OnReference } from './scan-reference';
import { scanReference } from './scan-reference';
import type { Source } from './scan-source';
import { foundAt, lineOf, malformed } from './scan-source';
import type { AttributeToken, TagToken } from './token';

/** The start tag or empty-element tag at `start`, where a `<` stands; throws NOT_WELL_FORMED where it is none. */
export function scanStartTag(source: Source, start: number, onReference: OnReference): TagToken {
  const { text } = source;
  let position = nameEnd(text, start + 1);
  if (position === start + 1) {
    throw malformed(source, start, `'<' followed by ${foundAt(source, position)}; write &lt; for a plain '<'`);
  }
  const name = text.slice(start + 1, position);
  const attributes: AttributeToken[] = [];
  const isTaken = duplicateFinder();
  for (;;) {
    const next = spaceEnd(text, position);
    const code = text.charCodeAt(next);
    if (code === greater) return { kind: 'startTag', span: { start, end: next + 1 }, name, attributes };
    if (code === slash && text.charCodeAt(next + 1) === greater) {
      return { kind: 'emptyTag', span: { start, end: next + 2 }, name, attributes };
    }
    checkAttributeStart(source, start, position, next, name);
    const attribute = scanAttribute(source, next, name, onReference);
    const first = isTaken(attribute, attributes);
    if (first) {
      const line = lineOf(source, first.whole.start);
      throw malformed(source, next, `attribute ${attribute.name} of <${name}> is given twice, first in line ${line}`);
    }
    attributes.push(attribute);
    position = attribute.whole.end;
  }
}

/** The offset after the end tag at `start`, where `</` stands; throws NOT_WELL_FORMED unless it closes `open`. */
export function scanEndTag(source: Source, start: number, open: TagToken | undefined): number {
  const { text } = source;
  const endOfName = nameEnd(text, start + 2);
  if (endOfName === start + 2) {
    throw malformed(
      source,
      endOfName,
      `${foundAt(source, endOfName)} after '</', where the name of an element must follow`,
    );
  }
  const name = text.slice(start + 2, endOfName);
  if (name !== open?.name) {
    const state = open
      ? `where <${open.name}> of line ${lineOf(source, open.span.start)} is open`
      : 'where no element is open';
    throw malformed(source, start, `end tag </${name}> ${state}`);
  }
  const close = spaceEnd(text, endOfName);
  if (text.charCodeAt(close) !== greater) {
    throw malformed(source, close, `${foundAt(source, close)} in the end tag </${name}>, where '>' must follow`);
  }
  return close + 1;
}

/** The offset of the quote that ends the attribute value whose quote stands at `start`; references in it are reported. */
export function scanAttributeValue(source: Source, start: number, name: string, onReference: OnReference): number {
  const { text } = source;
  const quote = text.charCodeAt(start);
  if (quote !== doubleQuote && quote !== singleQuote) {
    throw malformed(source, start, `${foundAt(source, start)} where the quoted value of attribute ${name} must follow`);
  }
  let position = start + 1;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === quote) return position;
    if (code === ampersand) {
      position = scanReference(source, position, 'attribute', onReference);
      continue;
    }
    if (code === less) {
      const line = lineOf(source, start);
      throw malformed(
        source,
        position,
        `'<' in the value of attribute ${name}, which begins in line ${line}; close the quote or write &lt;`,
      );
    }
    if (position >= text.length) {
      throw malformed(source, start, `the value of attribute ${name} is never closed with ${text.charAt(start)}`);
    }
    position++;
  }
}

const less = 0x3c;
const greater = 0x3e;
const slash = 0x2f;
const equals = 0x3d;
const ampersand = 0x26;
const doubleQuote = 0x22;
const singleQuote = 0x27;

function checkAttributeStart(source: Source, tagStart: number, position: number, next: number, name: string): void {
  const { text } = source;
  if (next >= text.length) throw malformed(source, tagStart, `the tag <${name} is never closed with '>'`);
  if (!isNameStart(text.codePointAt(next) ?? NaN)) {
    throw malformed(
      source,
      next,
      `${foundAt(source, next)} in the tag <${name}, where an attribute or '>' must follow`,
    );
  }
  if (next === position) throw malformed(source, next, `no white space before an attribute of <${name}>`);
}

function scanAttribute(source: Source, start: number, element: string, onReference: OnReference): AttributeToken {
  const { text } = source;
  const endOfName = nameEnd(text, start);
  const name = text.slice(start, endOfName);
  const equalsAt = text.charCodeAt(endOfName) === equals ? endOfName : spaceEnd(text, endOfName);
  if (text.charCodeAt(equalsAt) !== equals) {
    throw malformed(
      source,
      equalsAt,
      `${foundAt(source, equalsAt)} after attribute ${name} of <${element}>, where '=' must follow`,
    );
  }
  const open = spaceEnd(text, equalsAt + 1);
  const close = scanAttributeValue(source, open, name, onReference);
  return {
    name,
    whole: { start, end: close + 1 },
    value: { start: open + 1, end: close },
    quote: text.charCodeAt(open) === doubleQuote ? '"' : "'",
  };
}

/** Finds the earlier attribute of the same name: by looking at each while they are few, then with a map. */
function duplicateFinder(): (
  attribute: AttributeToken,
  earlier: readonly AttributeToken[],
) => AttributeToken | undefined {
  let byName: Map<string, AttributeToken> | undefined;
  return (attribute, earlier) => {
    if (earlier.length < few) return earlier.find(({ name }) => name === attribute.name);
    byName ??= new Map(earlier.map((one) => [one.name, one]));
    const first = byName.get(attribute.name);
    byName.set(attribute.name, attribute);
    return first;
  };
}

const few = 16;
