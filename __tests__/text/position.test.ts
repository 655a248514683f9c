import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineIndex, positionAt, sourceLineAt } from '../../lib/text/position';

const text = 'one\r\ntwo\nthree\rfour\n\n';

describe('positionAt', () => {
  test.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 1, 4],
    [4, 1, 5],
    [5, 2, 1],
    [8, 2, 4],
    [9, 3, 1],
    [14, 3, 6],
    [15, 4, 1],
    [19, 4, 5],
    [20, 5, 1],
    [21, 6, 1],
  ])('offset %i is line %i, column %i: CRLF, LF and a lone CR each end one line', (offset, line, column) => {
    expect(positionAt(text, offset)).toEqual({ line, column });
    expect(lineIndex(text).positionAt(offset)).toEqual({ line, column });
  });

  test('takes an offset outside the text for the nearest end of it', () => {
    expect(positionAt(text, -1)).toEqual({ line: 1, column: 1 });
    expect(positionAt(text, 99)).toEqual({ line: 6, column: 1 });
    expect(lineIndex(text).positionAt(-1)).toEqual({ line: 1, column: 1 });
    expect(lineIndex(text).positionAt(99)).toEqual({ line: 6, column: 1 });
  });

  test('counts columns in UTF-16 units, and ends no line at other separators', () => {
    expect(positionAt('\u{1F600}\u2028\u0085x', 4)).toEqual({ line: 1, column: 5 });
  });

  test('knows the only place of an empty text', () => {
    expect(positionAt('', 0)).toEqual({ line: 1, column: 1 });
  });
});

describe('sourceLineAt', () => {
  test.each([
    [0, 'one'],
    [3, 'one'],
    [4, 'one'],
    [5, 'two'],
    [10, 'three'],
    [14, 'three'],
    [15, 'four'],
    [20, ''],
    [21, ''],
    [-1, 'one'],
    [99, ''],
  ])('offset %i lies in the line %j, given without its line end', (offset, line) => {
    expect(sourceLineAt(text, offset)).toBe(line);
  });

  test('gives the last line where no line end follows', () => {
    expect(sourceLineAt('a\nbc', 3)).toBe('bc');
  });
});

describe('lineIndex', () => {
  test('counts the lines, an empty last one included', () => {
    expect(lineIndex(text).lineCount).toBe(6);
    expect(lineIndex('').lineCount).toBe(1);
    expect(lineIndex('a').lineCount).toBe(1);
  });

  test('finds the offset of a place', () => {
    expect(lineIndex(text).offsetAt(1, 1)).toBe(0);
    expect(lineIndex(text).offsetAt(1, 5)).toBe(4);
    expect(lineIndex(text).offsetAt(3, 2)).toBe(10);
    expect(lineIndex(text).offsetAt(6, 1)).toBe(21);
  });

  test('finds nothing where there is no such line, or the line is shorter', () => {
    expect(lineIndex(text).offsetAt(0, 1)).toBeUndefined();
    expect(lineIndex(text).offsetAt(7, 1)).toBeUndefined();
    expect(lineIndex(text).offsetAt(1, 0)).toBeUndefined();
    expect(lineIndex(text).offsetAt(1, 6)).toBeUndefined();
    expect(lineIndex(text).offsetAt(6, 2)).toBeUndefined();
  });

  test('offset to place and back is the same offset, and the index agrees with the plain function', () => {
    const lines = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\t', 'é', '\u{10000}'), maxLength: 60 });
    fc.assert(
      fc.property(lines, fc.nat(60), (source, number) => {
        const offset = Math.min(number, source.length);
        const index = lineIndex(source);
        const place = index.positionAt(offset);
        expect(positionAt(source, offset)).toEqual(place);
        expect(index.offsetAt(place.line, place.column)).toBe(offset);
      }),
    );
  });
});
