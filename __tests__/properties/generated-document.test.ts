import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { domOf } from '../../lib/xml/dom';
import { parseText, sourceOf } from '../../lib/xml/document';
import { expectAlways } from './property-runs';
import { generatedDocument, hostile, unixLines, type GeneratedDocument } from './generated-document';

const shareOf = (documents: readonly GeneratedDocument[], holds: (text: string) => boolean): number =>
  documents.filter(({ text }) => holds(text)).length / documents.length;

test('the generator makes the hostile things that the properties are about', () => {
  const documents = fc.sample(generatedDocument(), { numRuns: 1_000, seed: 1 });
  const least: readonly (readonly [share: number, name: string, holds: (text: string) => boolean])[] = [
    [0.2, 'CRLF', (text) => text.includes('\r\n')],
    [0.2, 'lone CR', (text) => /\r(?!\n)/.test(text)],
    [0.1, 'mixed line ends', (text) => /\r\n/.test(text) && /[^\r]\n/.test(text)],
    [0.1, 'one line', (text) => !/[\r\n]/.test(text)],
    [0.3, 'U+0085', (text) => text.includes('\u0085')],
    [0.3, 'U+2028', (text) => text.includes('\u2028')],
    [0.3, 'characters beyond 16 bits', (text) => text.includes('𝄞')],
    [0.8, 'comments', (text) => text.includes('<!--')],
    [0.5, 'comments that adjoin tags', (text) => /--><[a-zé]|[\w"'/]><!--/.test(text)],
    [0.4, 'samples', (text) => text.includes(' c="0"')],
    [0.4, 'CDATA', (text) => text.includes('<![CDATA[')],
    [0.1, 'empty CDATA', (text) => text.includes('<![CDATA[]]>')],
    [0.5, 'instructions', (text) => text.includes('<?p')],
    [0.3, 'a DOCTYPE', (text) => text.includes('<!DOCTYPE')],
    [0.1, 'entities in texts', (text) => />[^<"']*&[et]\.x;/.test(text)],
    [0.1, 'entities in attributes', (text) => /=\s*["'][^<>]*&e\.x;/.test(text)],
    [0.2, '> in attributes', (text) => /="[^"<]*>[^"]*"/.test(text)],
    [0.3, 'a default namespace', (text) => /xmlns ?=/.test(text)],
    [0.2, 'prefixes', (text) => text.includes('<p:a')],
    [0.5, 'single quotes', (text) => /=\s*'/.test(text)],
    [0.3, 'no final newline', (text) => !/[\r\n]$/.test(text)],
    [0.2, 'more than five elements', (text) => text.includes('id="5"')],
  ];
  const scarce = least.filter(([share, , holds]) => shareOf(documents, holds) < share).map(([, name]) => name);
  expect(scarce).toEqual([]);
});

test('with line feeds only there is no carriage return', () => {
  expect(
    shareOf(fc.sample(generatedDocument(unixLines), { numRuns: 300, seed: 1 }), (text) => text.includes('\r')),
  ).toBe(0);
});

test('every generated document passes the gate, and its tokens are the text', () => {
  expectAlways(
    fc.property(generatedDocument(hostile), ({ text, elementCount }) => {
      const document = parseText(text, 'f.xml');
      const tokens = [...document.tokens];
      expect(tokens.map(({ span }) => sourceOf(document, span)).join('')).toBe(text);
      tokens.forEach(({ span }, index) => expect(span.start).toBe(tokens[index - 1]?.span.end ?? 0));
      expect(domOf(document).sources.size).toBe(elementCount);
    }),
  );
});
