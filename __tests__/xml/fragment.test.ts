import { describe, expect, test } from '@jest/globals';
import { parseText } from '../../lib/xml/document';
import {
  checkedName,
  fragmentSource,
  fragmentSources,
  sameElement,
  type FragmentLayout,
  type NewElement,
} from '../../lib/xml/fragment';
import type { EscapeContext } from '../../lib/xml/escape';
import { caughtError } from '../caught-error';

const utf8: EscapeContext = { path: 'f.xml', encoding: 'UTF-8' };
const lines: FragmentLayout = { indent: '  ', unit: '\t', newline: '\n' };
const flat: FragmentLayout = { indent: '', unit: '', newline: undefined };

/** Texts that a formatter would trim, pad, wrap or escape anew. */
const values = [
  'a',
  '',
  ' ',
  '  a  b  ',
  '\n',
  ' \n a \n\n b \t',
  '\t',
  '<b>not an element</b>',
  '<!-- not a comment -->',
  '<![CDATA[not a section]]>',
  '&amp; &lt; &#10;',
  ']]>',
  '"\'',
  '--',
  '<?not?>',
  '\u00a0a\u00a0',
  '\u0085\u2028\u3000',
  '\r\n',
  '${carbon.home}/repository',
  'x'.repeat(500),
];

describe('fragmentSource', () => {
  test.each([
    { name: 'a name alone', element: { name: 'a' }, source: '<a/>' },
    { name: 'an empty text', element: { name: 'a', text: '' }, source: '<a></a>' },
    { name: 'no children', element: { name: 'a', children: [] }, source: '<a></a>' },
    {
      name: 'attributes in their order',
      element: { name: 'a', attributes: { z: '1', b: '"<&>' } },
      source: '<a z="1" b="&quot;&lt;&amp;&gt;"/>',
    },
    { name: 'a text', element: { name: 'a', text: 'x & y' }, source: '<a>x &amp; y</a>' },
    {
      name: 'children, each on its line',
      element: {
        name: 'a',
        children: [
          { name: 'b', text: '1' },
          { name: 'c', children: [{ name: 'd' }] },
        ],
      },
      source: '<a>\n  \t<b>1</b>\n  \t<c>\n  \t\t<d/>\n  \t</c>\n  </a>',
    },
  ])('writes $name', ({ element, source }) => {
    expect(fragmentSource(element, lines, utf8)).toBe(source);
  });

  test('takes the line end of the layout', () => {
    const element: NewElement = { name: 'a', children: [{ name: 'b', text: '1' }] };
    expect(fragmentSource(element, { indent: '', unit: '  ', newline: '\r\n' }, utf8)).toBe(
      '<a>\r\n  <b>1</b>\r\n</a>',
    );
    expect(fragmentSource(element, { indent: ' ', unit: '  ', newline: '\r' }, utf8)).toBe('<a>\r   <b>1</b>\r </a>');
    expect(fragmentSource(element, flat, utf8)).toBe('<a><b>1</b></a>');
  });

  test('several elements stand on a line each, or side by side', () => {
    const elements: readonly NewElement[] = [{ name: 'a' }, { name: 'b', text: '1' }];
    expect(fragmentSources(elements, lines, utf8)).toBe('<a/>\n  <b>1</b>');
    expect(fragmentSources(elements, flat, utf8)).toBe('<a/><b>1</b>');
    expect(fragmentSources([], lines, utf8)).toBe('');
  });

  test.each(values)('never pads, trims or wraps the text %j', (value) => {
    const element: NewElement = {
      name: 'a',
      children: [
        { name: 'b', text: value },
        { name: 'c', children: [{ name: 'd', text: value }] },
      ],
    };
    for (const layout of [lines, flat]) {
      const document = parseText(fragmentSource(element, layout, utf8), 'f.xml');
      expect(sameElement(document, document.root, element)).toBe(true);
    }
  });

  test.each(values)('keeps the attribute %j', (value) => {
    const element: NewElement = { name: 'a', children: [{ name: 'b', attributes: { k: value, j: value } }] };
    const document = parseText(fragmentSource(element, lines, utf8), 'f.xml');
    expect(sameElement(document, document.root, element)).toBe(true);
  });

  test('a name that xml-formatter does not know makes one line, not an error', () => {
    const element: NewElement = { name: 'a·b', children: [{ name: 'c‿d', text: '1' }] };
    expect(fragmentSource(element, lines, utf8)).toBe('<a·b><c‿d>1</c‿d></a·b>');
  });

  test('text and children together are refused', () => {
    const element: NewElement = { name: 'a', text: '', children: [] };
    expect(caughtError(() => fragmentSource(element, flat, utf8)).code).toBe('OPERATION_INVALID');
  });

  test('a value that XML cannot hold is refused', () => {
    const element: NewElement = { name: 'a', children: [{ name: 'b', text: '\0' }] };
    expect(caughtError(() => fragmentSource(element, lines, utf8)).code).toBe('VALUE_NOT_XML');
  });
});

describe('names', () => {
  test.each(['a', '_a', 'a-b.c_d1', 'p:a', 'é', '名前', 'a·b', '\u2070'])('%s is an XML name', (name) => {
    expect(checkedName(name, utf8)).toBe(name);
  });

  test.each([
    '',
    ' ',
    'a b',
    '1a',
    '-a',
    '.a',
    ':a',
    'a:',
    'a:b:c',
    'a>',
    'a/',
    'ª',
    '²',
    'a\n',
    '<a',
    '×',
    'a=b',
    'a"',
  ])('%j is none', (name) => {
    expect(caughtError(() => checkedName(name, utf8))).toMatchObject({ code: 'OPERATION_INVALID' });
    expect(caughtError(() => fragmentSource({ name }, flat, utf8)).code).toBe('OPERATION_INVALID');
    const attributes = { [name]: '1' };
    expect(caughtError(() => fragmentSource({ name: 'a', attributes }, flat, utf8)).code).toBe('OPERATION_INVALID');
  });

  test('a name that the encoding does not hold is refused', () => {
    const latin1: EscapeContext = { path: 'f.xml', encoding: 'ISO-8859-1' };
    expect(checkedName('é', latin1)).toBe('é');
    expect(caughtError(() => checkedName('名', latin1))).toMatchObject({
      code: 'OPERATION_INVALID',
      details: { operation: '<名>', problem: '"名" cannot be written in ISO-8859-1, the encoding of the file' },
    });
  });
});

describe('sameElement', () => {
  const wanted: NewElement = { name: 'm', attributes: { k: '1' }, children: [{ name: 'a', text: 'x' }, { name: 'b' }] };

  test.each([
    { source: '<m k="1"><a>x</a><b/></m>', same: true },
    { source: "<m k='&#49;'>\n  <a>x</a> <!-- c -->\n  <b></b>\n</m>", same: true },
    { source: '<m k="1"><a><![CDATA[x]]></a><b>\n</b></m>', same: true },
    { source: '<m k="1"><a> x</a><b/></m>', same: false },
    { source: '<m k="2"><a>x</a><b/></m>', same: false },
    { source: '<m k="1" j=""><a>x</a><b/></m>', same: false },
    { source: '<m><a>x</a><b/></m>', same: false },
    { source: '<m k="1"><b/><a>x</a></m>', same: false },
    { source: '<m k="1"><a>x</a><b/><b/></m>', same: false },
    { source: '<m k="1">stray<a>x</a><b/></m>', same: false },
    { source: '<n k="1"><a>x</a><b/></n>', same: false },
    { source: '<m k="1"><a>x</a><b>y</b></m>', same: false },
  ])('of $source is $same', ({ source, same }) => {
    const document = parseText(source, 'f.xml');
    expect(sameElement(document, document.root, wanted)).toBe(same);
  });

  test('an empty text is not white space, but no text may be', () => {
    const document = parseText('<a>\n</a>', 'f.xml');
    expect(sameElement(document, document.root, { name: 'a', text: '' })).toBe(false);
    expect(sameElement(document, document.root, { name: 'a' })).toBe(true);
  });
});
