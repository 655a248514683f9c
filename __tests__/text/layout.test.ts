import { describe, expect, test } from '@jest/globals';
import { indentBefore, lineEndAt, lineIndentAt, lineStartAt, newlineAt } from '../../lib/text/layout';

const mixed = '<a>\r\n  <b/>\n\t<c/>\r <d/>';
const at = (piece: string): number => mixed.indexOf(piece);

describe('lines', () => {
  test.each([
    { piece: '<a>', start: 0, end: 3 },
    { piece: '<b/>', start: 5, end: 11 },
    { piece: '<c/>', start: 12, end: 17 },
    { piece: '<d/>', start: 18, end: 23 },
  ])('the line of $piece starts and ends at its line ends', ({ piece, start, end }) => {
    expect(lineStartAt(mixed, at(piece))).toBe(start);
    expect(lineEndAt(mixed, at(piece))).toBe(end);
  });

  test('a text without line ends is one line', () => {
    expect(lineStartAt('abc', 2)).toBe(0);
    expect(lineEndAt('abc', 2)).toBe(3);
  });
});

describe('newlineAt', () => {
  test.each([
    { name: 'CRLF', offset: at('<a>'), newline: '\r\n' },
    { name: 'LF', offset: at('<b/>'), newline: '\n' },
    { name: 'CR', offset: at('<c/>'), newline: '\r' },
    { name: 'the line before, in a last line without one', offset: at('<d/>'), newline: '\r' },
  ])('takes the line end of the line: $name', ({ offset, newline }) => {
    expect(newlineAt(mixed, offset)).toBe(newline);
  });

  test('sees a CRLF from either of its characters', () => {
    expect(newlineAt('a\r\nb', 1)).toBe('\r\n');
    expect(newlineAt('a\r\nb', 2)).toBe('\r\n');
  });

  test('takes the CRLF before a last line without a line end', () => {
    expect(newlineAt('a\r\nb', 3)).toBe('\r\n');
    expect(newlineAt('a\nb', 2)).toBe('\n');
  });

  test('is LF in a text of one line', () => {
    expect(newlineAt('abc', 1)).toBe('\n');
  });
});

describe('indents', () => {
  test('indentBefore is what stands before on the line, where that is blank', () => {
    expect(indentBefore(mixed, at('<b/>'))).toBe('  ');
    expect(indentBefore(mixed, at('<c/>'))).toBe('\t');
    expect(indentBefore(mixed, at('<d/>'))).toBe(' ');
    expect(indentBefore(mixed, at('<a>'))).toBe('');
    expect(indentBefore(mixed, at('b/>'))).toBeUndefined();
    expect(indentBefore(' x  y', 4)).toBeUndefined();
  });

  test('a no-break space is not part of an indent', () => {
    expect(indentBefore('\n\u00a0 <a/>', 3)).toBeUndefined();
    expect(lineIndentAt('\n \u00a0<a/>', 3)).toBe(' ');
  });

  test('lineIndentAt is the indent of the line, whatever stands before the offset', () => {
    expect(lineIndentAt('\t <a><b/></a>', 6)).toBe('\t ');
    expect(lineIndentAt('   <a/>', 2)).toBe('  ');
    expect(lineIndentAt('x\n', 2)).toBe('');
  });
});
