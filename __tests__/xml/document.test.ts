import { describe, expect, test } from '@jest/globals';
import {
  attributeOf,
  cdataContent,
  childElements,
  commentContent,
  isElement,
  parseBytes,
  parseDecoded,
  parseText,
  preservesSpace,
  sourceOf,
  textOf,
  type ElementSource,
  type SourceDocument,
} from '../../lib/xml/document';
import { opaqueReference } from '../../lib/xml/opaque-reference';
import { caughtError } from '../caught-error';

const child = (element: ElementSource, ...path: readonly string[]): ElementSource =>
  path.reduce((current, name) => {
    const [found] = childElements(current, name);
    if (!found) throw new Error(`no <${name}>`);
    return found;
  }, element);

const textIn = (source: string): string => {
  const document = parseText(source, 'f.xml');
  return textOf(document, document.root);
};

describe('the tree of an untouched text', () => {
  const source = `<?xml version="1.0"?>\n<!-- head -->\n<a\n  x = '1'  y="2">t<!-- c --><b/><?p i?><![CDATA[<z>]]></a\n>\n<!-- tail -->`;
  const document = parseText(source, 'f.xml');
  const { root } = document;

  test('tokens lie end to end over the text', () => {
    expect(Array.from(document.tokens, ({ span }) => sourceOf(document, span)).join('')).toBe(source);
  });

  test('an element knows its whole, its open tag and its content', () => {
    expect(sourceOf(document, root.whole)).toBe(source.slice(source.indexOf('<a'), source.indexOf('\n<!-- tail')));
    expect(sourceOf(document, root.openTag)).toBe(`<a\n  x = '1'  y="2">`);
    expect(root.content && sourceOf(document, root.content)).toBe('t<!-- c --><b/><?p i?><![CDATA[<z>]]>');
    expect(child(root, 'b').content).toBeUndefined();
  });

  test('children are given in order, each with its source', () => {
    expect(root.children.map((node) => [node.kind, sourceOf(document, node.whole)])).toEqual([
      ['text', 't'],
      ['comment', '<!-- c -->'],
      ['element', '<b/>'],
      ['instruction', '<?p i?>'],
      ['cdata', '<![CDATA[<z>]]>'],
    ]);
    expect(root.children.filter(isElement)).toEqual([child(root, 'b')]);
    expect(child(root, 'b').parent).toBe(root);
    expect(root.parent).toBeUndefined();
  });

  test('the content of comments and CDATA sections is what stands between their marks', () => {
    const [, comment, , , cdata] = root.children;
    if (!comment || isElement(comment) || !cdata || isElement(cdata)) throw new Error('not a leaf');
    expect(sourceOf(document, commentContent(comment))).toBe(' c ');
    expect(sourceOf(document, cdataContent(cdata))).toBe('<z>');
  });

  test('attributes keep their spans and quotes', () => {
    const attributes = [...root.attributes.values()];
    expect(attributes.map(({ whole }) => sourceOf(document, whole))).toEqual([`x = '1'`, `y="2"`]);
    expect(attributes.map(({ value }) => sourceOf(document, value))).toEqual(['1', '2']);
    expect(attributes.map(({ quote }) => quote)).toEqual(["'", '"']);
  });

  test('is built for fifty thousand levels', () => {
    const deep = parseText('<a>'.repeat(50_000) + '</a>'.repeat(50_000), 'f.xml');
    let depth = 0;
    for (let current: ElementSource | undefined = deep.root; current; current = childElements(current)[0]) depth++;
    expect(depth).toBe(50_000);
  });
});

describe('values', () => {
  test.each([
    { source: '<a>&lt;&amp;&#65;&#x42;</a>', text: '<&AB' },
    { source: '<a>1<!-- 2 -->3<b>4</b>5</a>', text: '135' },
    { source: '<a>1<![CDATA[&amp;<b>]]>2</a>', text: '1&amp;<b>2' },
    { source: '<a>1\r\n2\r3\n<![CDATA[\r\n]]></a>', text: '1\n2\n3\n\n' },
    { source: '<a>&#13;\u0085\u2028</a>', text: '\r\u0085\u2028' },
    { source: '<a/>', text: '' },
    { source: '<!DOCTYPE a [<!ENTITY e "x&#38;f;y"><!ENTITY f "z">]><a>&e;</a>', text: 'xzy' },
    { source: '<!DOCTYPE a SYSTEM "a.dtd"><a>&e;</a>', text: '&e;' },
  ])('the text of $source', ({ source, text }) => {
    expect(textIn(source)).toBe(text);
  });

  test.each([
    { source: `<a b="1\n\t2\r\n3&#10;&#9;"/>`, value: '1  2 3\n\t' },
    { source: `<a b='"&quot;&apos;'/>`, value: `""'` },
    { source: '<!DOCTYPE a [<!ENTITY e "x\ny">]><a b="&e;"/>', value: 'x y' },
    { source: '<a c="1"/>', value: undefined },
  ])('the attribute of $source', ({ source, value }) => {
    const document = parseText(source, 'f.xml');
    expect(attributeOf(document, document.root, 'b')).toBe(value);
  });

  test('entities that multiply each other are cut off, not expanded without end', () => {
    const entities = Array.from({ length: 30 }, (_, index) => `<!ENTITY e${index + 1} "&e${index};&e${index};">`).join(
      '',
    );
    const text = textIn(`<!DOCTYPE a [<!ENTITY e0 "0123456789">${entities}]><a>&e30;</a>`);
    expect(text.length).toBeLessThan(3_000_000);
  });

  test.each([
    { source: '<a>&e;</a>', reference: undefined },
    { source: '<a>&lt;&#60;&amp;</a>', reference: undefined },
    { source: '<a><b>&m;</b></a>', reference: undefined },
    { source: '<a>1&m;2</a>', reference: '&m;' },
    { source: '<a>&by-way;</a>', reference: '&by-way;' },
    { source: '<a>&x;</a>', reference: '&x;' },
    { source: '<a><![CDATA[&m;]]></a>', reference: undefined },
  ])('what $source hides behind an entity', ({ source, reference }) => {
    const doctype =
      '<!DOCTYPE a [<!ENTITY e "&#38;lt;"><!ENTITY m "<b/>"><!ENTITY by-way "-&m;"><!ENTITY x SYSTEM "x">]>';
    const document = parseText(doctype + source, 'f.xml');
    const found = opaqueReference(document, document.root);
    expect(found?.source).toBe(reference);
    if (found) expect(document.text.startsWith(found.source, found.offset)).toBe(true);
  });
});

describe('xml:space', () => {
  const document = parseText('<a><b xml:space="preserve"><c><d xml:space="default"/></c></b></a>', 'f.xml');

  test.each([
    { path: [], preserves: false },
    { path: ['b'], preserves: true },
    { path: ['b', 'c'], preserves: true },
    { path: ['b', 'c', 'd'], preserves: false },
  ])('counts for what is inside: $path', ({ path, preserves }) => {
    expect(preservesSpace(document, child(document.root, ...path))).toBe(preserves);
  });
});

describe('parsing', () => {
  const given = (document: SourceDocument): unknown => [document.encoding, document.byteOrderMark, document.text];

  test('parseBytes keeps encoding and byte order mark', () => {
    expect(given(parseBytes(Buffer.from('\ufeff<a>é</a>'), 'f.xml'))).toEqual(['UTF-8', true, '<a>é</a>']);
  });

  test('parseText is UTF-8 without a mark, whatever the declaration says', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>€</a>';
    expect(given(parseText(text, 'f.xml'))).toEqual(['UTF-8', false, text]);
  });

  test('parseDecoded takes what it is given', () => {
    const decoded = { text: '<a/>', encoding: 'US-ASCII', byteOrderMark: false } as const;
    expect(given(parseDecoded(decoded, 'f.xml'))).toEqual(['US-ASCII', false, '<a/>']);
  });

  test('prefixes are those of the root and those given, which win', () => {
    const source = '<a xmlns="urn:d" xmlns:p="urn:p" xmlns:q=\'u&amp;q\'><b xmlns:r="urn:r"/></a>';
    expect(parseText(source, 'f.xml', { p: 'urn:mine', s: 'urn:s' }).namespaces).toEqual({
      p: 'urn:mine',
      q: 'u&q',
      s: 'urn:s',
    });
  });

  test('a malformed file is refused with the place', () => {
    const error = caughtError(() => parseText('<a>\n  <b>\n</a>', 'f.xml'));
    expect(error).toMatchObject({ code: 'NOT_WELL_FORMED', details: { path: 'f.xml', line: 3, column: 1 } });
  });
});
