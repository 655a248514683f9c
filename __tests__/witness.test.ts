import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { diffArrays } from 'diff';
import type { PatchOperation } from '../lib/patch/operations';
import { patchBytes } from '../lib/patch/patch-text';
import { canEncode, decodeXml, encodeText, type Encoding } from '../lib/text/encoding';
import { attributeOf, childElements, isElement, parseText, textOf } from '../lib/xml/document';
import { selectElement, selectElements } from '../lib/xml/select';

const corpus = join(__dirname, '../../shared/corpus');
const torture = join(__dirname, '../fixtures/hostile/torture.xml');

/** One attribute, one text, one new element, each of them a change in this file. */
function threeEdits(text: string): readonly PatchOperation[] {
  const document = parseText(text, 'axis2.xml');
  const clustering = selectElement(document, '/axisconfig/clustering');
  const parameter = childElements(clustering, 'parameter').find(
    (one) => !one.children.some(isElement) && !/[\r\n]/.test(textOf(document, one)),
  );
  const name = parameter && attributeOf(document, parameter, 'name');
  const enable = attributeOf(document, clustering, 'enable') === 'true' ? 'false' : 'true';
  return [
    { op: 'setAttribute', at: '/axisconfig/clustering', name: 'enable', value: enable },
    { op: 'setText', at: `/axisconfig/clustering/parameter[@name='${name ?? ''}']`, value: 'wso2.witness.domain' },
    {
      op: 'ensureElement',
      at: '/axisconfig/clustering',
      element: { name: 'parameter', attributes: { name: 'witness' }, text: 'worker' },
      key: ['@name'],
      place: ['last'],
    },
  ];
}

/** How many lines a line diff of two texts removes and adds. */
function changedLines(before: string, after: string): number {
  const lines = (text: string): string[] => text.split(/(?<=\r\n|\n|\r(?!\n))/);
  return diffArrays(lines(before), lines(after))
    .filter(({ added, removed }) => added || removed)
    .reduce((sum, { count }) => sum + count, 0);
}

function expectFiveLines(bytes: Buffer): void {
  const { text } = decodeXml(bytes, 'axis2.xml');
  const wanted = threeEdits(text);
  const patched = patchBytes(bytes, wanted);
  const after = decodeXml(patched.bytes, 'axis2.xml');
  expect(patched.changes).toHaveLength(3);
  expect(changedLines(text, after.text)).toBe(5);
  expect(after).toMatchObject({ encoding: decodeXml(bytes, 'axis2.xml').encoding });
  expect(patchBytes(patched.bytes, wanted)).toEqual({ bytes: patched.bytes, changes: [] });
}

const withoutDeclaration = (text: string): string => text.replace(/^<\?xml[^>]*\?>\s*/, '');
const crlf = (text: string): string => text.replaceAll(/\r\n|\r|\n/g, '\r\n');

/** The text as a file of another encoding; what that cannot hold is written as a question mark. */
function encoded(text: string, declared: string, encoding: Encoding, byteOrderMark: boolean): Buffer {
  const held = Array.from(text, (char) => (canEncode(char.codePointAt(0) ?? 0, encoding) ? char : '?')).join('');
  const whole = `<?xml version="1.0" encoding="${declared}"?>\n${withoutDeclaration(held)}`;
  return Buffer.from(encodeText({ text: whole, encoding, byteOrderMark }, 'axis2.xml'));
}

const variants: readonly {
  readonly name: string;
  readonly make: (bytes: Buffer, text: string) => Buffer;
}[] = [
  { name: 'as it is', make: (bytes) => bytes },
  {
    name: 'with CRLF',
    make: (_bytes, text) => Buffer.from(encodeText({ text: crlf(text), encoding: 'UTF-8', byteOrderMark: false }, 'f')),
  },
  {
    name: 'with a Latin-1 byte',
    make: (_bytes, text) => encoded(`<!-- café -->\n${withoutDeclaration(text)}`, 'ISO-8859-1', 'ISO-8859-1', false),
  },
  { name: 'in UTF-16LE', make: (_bytes, text) => encoded(text, 'UTF-16', 'UTF-16LE', true) },
  { name: 'in UTF-16BE', make: (_bytes, text) => encoded(text, 'UTF-16', 'UTF-16BE', true) },
];

describe('three edits change exactly five lines', () => {
  test('in a file with BOM, DOCTYPE, entities, CDATA, single quotes, odd spacing and no final newline', () => {
    const bytes = readFileSync(torture);
    const { text } = decodeXml(bytes, 'torture.xml');
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    for (const part of ['<!DOCTYPE', '<!ENTITY', '&host;', '<![CDATA[', "= 'domain'", '\r\n'])
      expect(text).toContain(part);
    expect(text.endsWith('-->')).toBe(true);
    expectFiveLines(bytes);
  });

  test('and the bytes of that file outside them stay', () => {
    const bytes = readFileSync(torture);
    const { text } = decodeXml(bytes, 'torture.xml');
    const after = decodeXml(patchBytes(bytes, threeEdits(text)).bytes, 'torture.xml').text;
    const expected = text
      .replace("enable  =\r\n 'false'", "enable  =\r\n 'true'")
      .replace('>old.&host;<', '>wso2.witness.domain<')
      .replace('</members>', '</members>\r\n  <parameter name="witness">worker</parameter>');
    expect(after).toBe(expected);
  });
});

if (!existsSync(corpus)) {
  test('the files of real homes were not patched, because there is no ../shared/corpus', () => {
    expect(existsSync(corpus)).toBe(false);
  });
} else {
  const files = readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
    .map((entry) => join(entry.parentPath, entry.name));
  const clustered = files.filter((file) => {
    const bytes = readFileSync(file);
    if (!bytes.includes('<clustering')) return false;
    const document = parseText(decodeXml(bytes, file).text, file);
    return selectElements(document, '/axisconfig/clustering/parameter').length > 0;
  });

  describe('three edits change exactly five lines of every real axis2.xml', () => {
    test('there are such files', () => {
      expect(clustered.length).toBeGreaterThan(10);
    });

    test.each(variants)('$name', ({ make }) => {
      for (const file of clustered) {
        const bytes = readFileSync(file);
        const { text } = decodeXml(bytes, file);
        expectFiveLines(make(bytes, text));
      }
    });
  });

  test('an empty patch gives back every XML file of the corpus byte for byte', () => {
    const changed = files.filter((file) => {
      const bytes = readFileSync(file);
      const patched = patchBytes(bytes, [], { path: file });
      const { encoding, byteOrderMark, text } = decodeXml(bytes, file);
      return !bytes.equals(patched.bytes) || !bytes.equals(encodeText({ text, encoding, byteOrderMark }, file));
    });
    expect(files.length).toBeGreaterThan(700);
    expect(changed.map((file) => relative(corpus, file))).toEqual([]);
  });
}
