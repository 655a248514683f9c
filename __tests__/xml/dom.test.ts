import { describe, expect, test } from '@jest/globals';
import { attributeOf, parseText, type ElementSource, type SourceDocument } from '../../lib/xml/document';
import { domOf } from '../../lib/xml/dom';
import { checkSecondReading } from '../../lib/xml/second-reading';
import { selectElements } from '../../lib/xml/select';
import type { AttributeToken } from '../../lib/xml/token';
import { isTag } from '../../lib/xml/token-list';
import { caughtError } from '../caught-error';

const parse = (text: string): SourceDocument => parseText(text, 'f.xml');

describe('the gate lets through what both readings agree on', () => {
  test.each([
    { name: 'odd space in tags', text: `<a  b = "1"   c\n=\n'2' ><d\t/></a \n>` },
    { name: 'signs in attribute values', text: `<a b=">" c='"' d="/>" e="a=b"/>` },
    {
      name: 'an XML declaration, a DOCTYPE, comments and instructions',
      text: '<?xml version="1.0"?>\r\n<!--x-->\r\n<!DOCTYPE a [\r\n<!-- > -->]>\r\n<?p?><a/><!--y--><?p q?>\r\n',
    },
    {
      name: 'XML 1.1 line ends, which are text in XML 1.0',
      text: '<a b="\u0085\u2028">\u0085\n\u2028<c/>\r\n\u0085<d/></a>',
    },
    { name: 'lone CR and mixed line ends', text: '<a>\r<b>\r\n</b>\n\r<c d="1\r2"/></a>' },
    { name: 'characters beyond 16 bits', text: '<a b="𝄞">𝄞𝄞<𐀀c/><!--𝄞--><d/></a>' },
    { name: 'an empty CDATA section', text: '<a>1<![CDATA[]]>2<b/><![CDATA[]]></a>' },
    { name: 'CDATA sections beside each other', text: '<a><![CDATA[]]]]><![CDATA[>]]></a>' },
    { name: 'comments that begin with hyphens', text: '<a><!----><!---> --><!---x--></a>' },
    { name: 'a replacement character', text: '<a b="\ufffd">\ufffd</a>' },
    { name: 'names that objects have', text: '<constructor __proto__="1" toString="2"><__proto__/></constructor>' },
    { name: 'entities', text: '<!DOCTYPE a [<!ENTITY e "v"><!ENTITY m "<b/>">]><a x="&e;">&e;<c/>&m;&#38;</a>' },
    {
      name: 'entities whose names are more than letters',
      text: '<!DOCTYPE a [<!ENTITY e.f-g "v"><!ENTITY é "w">]><a x="&e.f-g;">&é;</a>',
    },
    { name: 'entities that nobody here declares', text: '<!DOCTYPE a SYSTEM "a.dtd"><a x="&e;">&f;</a>' },
    {
      name: 'elements that HTML reads in its own way',
      text: '<html xmlns="http://www.w3.org/1999/xhtml"><script>a<b/></script><br></br></html>',
    },
    {
      name: 'two hundred attributes',
      text: `<a ${Array.from({ length: 200 }, (_, index) => `a${index}="${index}"`).join('\n')}/>`,
    },
  ])('$name', ({ text }) => {
    const document = parse(text);
    const { dom, sources, elements } = domOf(document);
    expect(elements.get(document.root)).toBe(dom.documentElement);
    expect(sources.size).toBe([...document.tokens].filter(({ kind }) => isTag(kind)).length);
    for (const [element, source] of sources) expect(element.nodeName).toBe(source.name);
  });

  test('values of declared entities are put into the DOM', () => {
    const { dom } = domOf(parse('<!DOCTYPE a [<!ENTITY e "v&#38;amp;w">]><a x="&e;">1&e;2</a>'));
    expect(dom.documentElement?.getAttribute('x')).toBe('v&w');
    expect(dom.documentElement?.textContent).toBe('1v&w2');
  });

  test('nothing that XPath must not see is in the DOM', () => {
    const { dom } = domOf(parse('<?xml version="1.0"?>\n<!DOCTYPE a>\n<!--c--><a/>\n'));
    expect(Array.from(dom.childNodes, ({ nodeName }) => nodeName)).toEqual(['#comment', 'a']);
  });

  test('the DOM of a document is made once', () => {
    const document = parse('<a/>');
    expect(domOf(document)).toBe(domOf(document));
  });

  test('fifty thousand levels and two hundred thousand siblings are no trouble', () => {
    const deep = parse('<a>'.repeat(20_000) + '</a>'.repeat(20_000));
    const wide = parse(`<a>${'<b/>'.repeat(200_000)}</a>`);
    expect(domOf(deep).sources.size).toBe(20_000);
    expect(domOf(wide).sources.size).toBe(200_001);
  });
});

/** An element that says something else than its source. */
const changed = (element: ElementSource, change: Partial<ElementSource>): ElementSource => ({
  kind: 'element',
  name: element.name,
  whole: element.whole,
  openTag: element.openTag,
  content: element.content,
  attributes: element.attributes,
  children: element.children,
  parent: element.parent,
  childElements: (name) => element.childElements(name),
  ...change,
});

describe('the DOM refuses a document whose readings disagree', () => {
  const text = '<a b="1" c="2">t<d>u</d><!--v--><![CDATA[w]]><e/></a>';
  const sound = parse(text);

  const withRoot = (change: Partial<ElementSource>): SourceDocument => ({
    ...sound,
    root: changed(sound.root, change),
  });
  const withAttributes = (change: (attributes: Map<string, AttributeToken>) => void): SourceDocument => {
    const attributes = new Map(sound.root.attributes);
    change(attributes);
    return withRoot({ attributes });
  };
  const moved =
    (by: number) =>
    (attributes: Map<string, AttributeToken>): void => {
      const token = attributes.get('b');
      if (token) attributes.set('b', { ...token, value: { start: token.value.start + by, end: token.value.end + by } });
    };
  const { children } = sound.root;
  const [first, ...others] = children;

  test('the sound document passes', () => {
    expect(domOf({ ...sound }).sources.size).toBe(3);
  });

  test.each([
    { name: 'another name', document: withRoot({ name: 'z' }) },
    { name: 'another start', document: withRoot({ whole: { start: 1, end: text.length } }) },
    { name: 'an attribute too few', document: withAttributes((all) => all.delete('b')) },
    {
      name: 'an attribute too many',
      document: withAttributes((all) => {
        const token = all.get('b');
        if (token) all.set('z', token);
      }),
    },
    {
      name: 'an attribute of another name',
      document: withAttributes((all) => {
        const token = all.get('b');
        all.delete('b');
        if (token) all.set('z', token);
      }),
    },
    { name: 'an attribute value at another place', document: withAttributes(moved(1)) },
    { name: 'a child too few', document: withRoot({ children: others }) },
    { name: 'a child too many', document: withRoot({ children: first ? [...children, first] : [] }) },
    { name: 'children in another order', document: withRoot({ children: [...children].reverse() }) },
    {
      name: 'a text that is shorter',
      document: withRoot({ children: [{ kind: 'text', whole: { start: 15, end: 15 } }, ...others] }),
    },
    {
      name: 'a comment with other words',
      document: withRoot({
        children: children.map((one) =>
          one.kind === 'comment' ? { kind: 'comment', whole: { start: one.whole.start, end: one.whole.end - 1 } } : one,
        ),
      }),
    },
    {
      name: 'a CDATA section with other words',
      document: withRoot({
        children: children.map((one) =>
          one.kind === 'cdata' ? { kind: 'cdata', whole: { start: one.whole.start + 1, end: one.whole.end } } : one,
        ),
      }),
    },
  ] satisfies readonly { readonly name: string; readonly document: SourceDocument }[])('$name', ({ document }) => {
    const error = caughtError(() => domOf(document));
    expect(error).toMatchObject({ code: 'INTERNAL_MISMATCH', details: { path: 'f.xml' } });
  });

  test('a declared entity excuses only the values that refer to one', () => {
    const document = parse('<!DOCTYPE a [<!ENTITY e "v">]><a b="1">t</a>');
    const token = document.root.attributes.get('b');
    const shifted = token && { ...token, value: { start: token.value.start, end: token.value.start } };
    const root = changed(document.root, { attributes: new Map(shifted ? [['b', shifted]] : []) });
    expect(attributeOf({ ...document, root }, root, 'b')).toBe('');
    expect(caughtError(() => domOf({ ...document, root })).code).toBe('INTERNAL_MISMATCH');
  });
});

describe('the second reading refuses tokens that are not those of the text', () => {
  const text = '<a b="1" c="2">t<d>u</d><!--v--><![CDATA[w]]><e/></a>';

  test.each([
    { name: 'another name', other: '<z b="1" c="2">t<d>u</d><!--v--><![CDATA[w]]><e/></z>' },
    { name: 'another start', other: ' <a b="1" c="2">t<d>u</d><!--v--><![CDATA[w]]><e/></a>' },
    { name: 'an attribute too few', other: '<a       c="2">t<d>u</d><!--v--><![CDATA[w]]><e/></a>' },
    { name: 'an attribute too many', other: '<a b="1" c="2" d="3">t<d>u</d><!--v--><![CDATA[w]]><e/></a>' },
    { name: 'an attribute of another name', other: '<a z="1" c="2">t<d>u</d><!--v--><![CDATA[w]]><e/></a>' },
    { name: 'an attribute value at another place', other: '<a b= "" c="2">t<d>u</d><!--v--><![CDATA[w]]><e/></a>' },
    { name: 'an attribute value that is shorter', other: '<a b=""  c="2">t<d>u</d><!--v--><![CDATA[w]]><e/></a>' },
    { name: 'a child too few', other: '<a b="1" c="2">t<d>u</d><!--v--><![CDATA[w]]>    </a>' },
    { name: 'a child too many', other: '<a b="1" c="2">t<d><f/>u</d><!--v--><![CDATA[w]]><e/></a>' },
    { name: 'an element that ends later', other: '<a b="1" c="2">t<d>u<!--v--></d><![CDATA[w]]><e/></a>' },
    { name: 'an element that is one tag', other: '<a b="1" c="2">t<d/>uuuu<!--v--><![CDATA[w]]><e/></a>' },
    { name: 'a text that is shorter', other: '<a b="1" c="2"><d>u</d><!--v--><![CDATA[w]]><e/></a>' },
    { name: 'a comment with other words', other: '<a b="1" c="2">t<d>u</d><!----><![CDATA[ww]]><e/></a>' },
    { name: 'a CDATA section with other words', other: '<a b="1" c="2">t<d>u</d><!--v--><![CDATA[ww]]><e/></a>' },
    { name: 'leaves in another order', other: '<a b="1" c="2">t<d>u</d><![CDATA[w]]><!--v--><e/></a>' },
    { name: 'an end that comes early', other: '<a b="1" c="2">t<d>u</d></a><!--v-->' },
    { name: 'an end that comes late', other: `${text.slice(0, -4)}<f/></a>` },
  ])('$name', ({ other }) => {
    const document: SourceDocument = { ...parse(text), tokens: parse(other).tokens };
    const error = caughtError(() => checkSecondReading(document));
    expect(error).toMatchObject({ code: 'INTERNAL_MISMATCH', details: { path: 'f.xml' } });
  });

  test('but takes the tokens of the same text', () => {
    expect(() => checkSecondReading({ ...parse(text), tokens: parse(text).tokens })).not.toThrow();
  });

  test('a declared entity excuses only the values that refer to one', () => {
    const doctype = '<!DOCTYPE a [<!ENTITY e "v">]>';
    const document = { ...parse(`${doctype}<a b="1">t</a>`), tokens: parse(`${doctype}<a b="" >t</a>`).tokens };
    expect(caughtError(() => checkSecondReading(document))).toMatchObject({
      code: 'INTERNAL_MISMATCH',
      details: { problem: 'b of <a> at 30 differs in the DOM' },
    });
  });
});

test('a comment of millions of characters is read, and is a comment to an XPath', () => {
  const long = `- ?>x\r\n${'x'.repeat(9_000_000)}`;
  const document = parse(`<!--${long}--><a><?c d?><b/><!--${long}--><c/><?c?></a><!---->`);
  const { elements } = domOf(document);
  expect(elements.size).toBe(3);
  expect(selectElements(document, '/a/comment()/following-sibling::c')).toHaveLength(1);
  expect(() => checkSecondReading(document)).not.toThrow();
});
