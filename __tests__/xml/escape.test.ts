import { describe, expect, test } from '@jest/globals';
import { encodings } from '../../lib/text/encoding';
import {
  escapeAttribute,
  escapeText,
  normaliseLineEnds,
  unescapeAttribute,
  unescapeText,
  type EscapeContext,
} from '../../lib/xml/escape';
import { caughtError } from '../caught-error';

const none: ReadonlyMap<string, string> = new Map();
const utf8: EscapeContext = { path: 'f.xml', encoding: 'UTF-8' };

describe('escaping', () => {
  test.each([
    { value: 'plain', text: 'plain', attribute: 'plain' },
    { value: '<a> & "b" \'c\'', text: '&lt;a&gt; &amp; "b" \'c\'', attribute: "&lt;a&gt; &amp; &quot;b&quot; 'c'" },
    { value: ']]>', text: ']]&gt;', attribute: ']]&gt;' },
    { value: '&amp;', text: '&amp;amp;', attribute: '&amp;amp;' },
    { value: '1\t2\n3\r4', text: '1\t2\n3&#13;4', attribute: '1&#9;2&#10;3&#13;4' },
    { value: '€𝄞\u0085\u2028', text: '€𝄞\u0085\u2028', attribute: '€𝄞\u0085\u2028' },
    { value: '', text: '', attribute: '' },
  ])('of $value', ({ value, text, attribute }) => {
    expect(escapeText(value, utf8)).toBe(text);
    expect(escapeAttribute(value, '"', utf8)).toBe(attribute);
  });

  test('only the quote of the attribute is escaped', () => {
    expect(escapeAttribute(`"'`, "'", utf8)).toBe('"&apos;');
    expect(escapeAttribute(`"'`, '"', utf8)).toBe("&quot;'");
  });

  test.each([
    { encoding: 'US-ASCII', escaped: 'a&#233;&#8364;&#119070;' },
    { encoding: 'ISO-8859-1', escaped: 'aé&#8364;&#119070;' },
    { encoding: 'windows-1252', escaped: 'aé€&#119070;' },
    { encoding: 'UTF-8', escaped: 'aé€𝄞' },
    { encoding: 'UTF-16BE', escaped: 'aé€𝄞' },
  ] as const)('writes what $encoding cannot hold as references', ({ encoding, escaped }) => {
    expect(escapeText('aé€𝄞', { path: 'f.xml', encoding })).toBe(escaped);
    expect(escapeAttribute('aé€𝄞', '"', { path: 'f.xml', encoding })).toBe(escaped);
  });

  test.each([
    { name: 'NUL', value: 'a\0', codePoint: 0 },
    { name: 'an escape sequence', value: '\u001b[31m', codePoint: 0x1b },
    { name: 'half a surrogate pair', value: 'a\ud834b', codePoint: 0xd834 },
    { name: 'the other half', value: '\udd1e', codePoint: 0xdd1e },
    { name: 'U+FFFE', value: '\ufffe', codePoint: 0xfffe },
    { name: 'U+FFFF', value: '\uffff', codePoint: 0xffff },
  ])('refuses $name', ({ value, codePoint }) => {
    const details = { path: 'f.xml', codePoint };
    expect(caughtError(() => escapeText(value, utf8))).toMatchObject({ code: 'VALUE_NOT_XML', details });
    expect(caughtError(() => escapeAttribute(value, '"', utf8))).toMatchObject({ code: 'VALUE_NOT_XML', details });
  });

  test.each(encodings)('is undone by unescaping: %s', (encoding) => {
    const value = `<&>"' ]]> \t\n\r é€𝄞\u0085\u2028\ufffd -- &#10; &amp;`;
    const context = { path: 'f.xml', encoding };
    expect(unescapeText(escapeText(value, context), none)).toBe(value);
    expect(unescapeAttribute(escapeAttribute(value, '"', context), none)).toBe(value);
    expect(unescapeAttribute(escapeAttribute(value, "'", context), none)).toBe(value);
  });
});

describe('unescaping', () => {
  const entities: ReadonlyMap<string, string> = new Map([
    ['host', 'esb'],
    ['url', 'http://&host;/'],
    ['lines', '1\n2\t3'],
    ['loop', '&loop;'],
    ['constructor', 'c'],
  ]);

  test.each([
    { raw: '&#65;&#x41;&#x1D11E;&#x0000041;', value: 'AA𝄞A' },
    { raw: '&url;', value: 'http://esb/' },
    { raw: '&constructor;&toString;', value: 'c&toString;' },
    { raw: '&unknown;&host;', value: '&unknown;esb' },
    { raw: '&amp;host;', value: '&host;' },
    { raw: '1\r\n2\r3', value: '1\n2\n3' },
    { raw: '&lines;', value: '1\n2\t3' },
  ])('of the text $raw', ({ raw, value }) => {
    expect(unescapeText(raw, entities)).toBe(value);
  });

  test.each([
    { raw: '1\r\n2\t3', value: '1 2 3' },
    { raw: '&#13;&#10;&#9;', value: '\r\n\t' },
    { raw: '&lines;', value: '1 2 3' },
  ])('of the attribute $raw', ({ raw, value }) => {
    expect(unescapeAttribute(raw, entities)).toBe(value);
  });

  test('an entity that refers to itself ends', () => {
    expect(unescapeText('&loop;', entities)).toBe('&loop;');
  });

  test('line ends are normalised as XML 1.0 does', () => {
    expect(normaliseLineEnds('1\r\n2\r3\n4\n\r5\u00856\u2028')).toBe('1\n2\n3\n4\n\n5\u00856\u2028');
  });
});
