import { describe, expect, test } from '@jest/globals';
import {
  applyEdits,
  composeEdits,
  invertEdits,
  originalOffset,
  resultOffsets,
  type TextEdit,
} from '../../lib/text/edit';
import { caughtError } from '../caught-error';

const edit = (start: number, end: number, newText: string): TextEdit => ({ span: { start, end }, newText });

describe('applyEdits', () => {
  const cases: readonly { readonly name: string; readonly edits: readonly TextEdit[]; readonly result: string }[] = [
    { name: 'no edits', edits: [], result: 'abcdef' },
    { name: 'a replacement', edits: [edit(1, 3, 'XYZ')], result: 'aXYZdef' },
    { name: 'a removal', edits: [edit(0, 2, '')], result: 'cdef' },
    { name: 'an insert at the start', edits: [edit(0, 0, 'X')], result: 'Xabcdef' },
    { name: 'an insert at the end', edits: [edit(6, 6, 'X')], result: 'abcdefX' },
    { name: 'edits given in reverse', edits: [edit(4, 5, 'Y'), edit(1, 2, 'X')], result: 'aXcdYf' },
    { name: 'inserts at one offset, in their order', edits: [edit(2, 2, '1'), edit(2, 2, '2')], result: 'ab12cdef' },
    {
      name: 'an insert before the replacement at its offset',
      edits: [edit(2, 4, 'Y'), edit(2, 2, 'X')],
      result: 'abXYef',
    },
    { name: 'an insert behind a replacement', edits: [edit(4, 4, 'X'), edit(2, 4, 'Y')], result: 'abYXef' },
    { name: 'touching replacements', edits: [edit(0, 3, 'X'), edit(3, 6, 'Y')], result: 'XY' },
  ];

  test.each(cases)('makes $name', ({ edits, result }) => {
    expect(applyEdits('abcdef', edits)).toBe(result);
  });

  test.each(cases)('is undone by invertEdits: $name', ({ edits, result }) => {
    expect(applyEdits(result, invertEdits('abcdef', edits))).toBe('abcdef');
  });

  test.each([
    { name: 'overlapping spans', edits: [edit(0, 3, ''), edit(2, 4, '')], details: { start: 2, end: 4 } },
    {
      name: 'an insert inside a replaced span',
      edits: [edit(0, 3, ''), edit(1, 1, 'X')],
      details: { start: 1, end: 1 },
    },
    { name: 'one span twice', edits: [edit(0, 3, 'X'), edit(0, 3, 'X')], details: { start: 0, end: 3 } },
    { name: 'a span beyond the end', edits: [edit(6, 7, '')], details: { start: 6, end: 7 } },
    { name: 'a span before the start', edits: [edit(-1, 0, '')], details: { start: -1, end: 0 } },
    { name: 'a span that ends before it starts', edits: [edit(3, 2, '')], details: { start: 3, end: 2 } },
  ])('refuses $name', ({ edits, details }) => {
    const error = caughtError(() => applyEdits('abcdef', edits));
    expect(error).toMatchObject({ code: 'EDIT_CONFLICT', details });
    expect(caughtError(() => invertEdits('abcdef', edits)).code).toBe('EDIT_CONFLICT');
  });

  test('leaves the list of edits as it was', () => {
    const edits = Object.freeze([edit(4, 5, 'Y'), edit(1, 2, 'X')]);
    applyEdits('abcdef', edits);
    expect(edits).toEqual([edit(4, 5, 'Y'), edit(1, 2, 'X')]);
  });
});

describe('composeEdits', () => {
  test.each([
    {
      name: 'edits apart',
      first: [edit(0, 1, 'X')],
      second: [edit(5, 6, 'Y')],
      composed: [edit(0, 1, 'X'), edit(5, 6, 'Y')],
    },
    {
      name: 'an edit of new text',
      first: [edit(1, 2, 'XYZ')],
      second: [edit(2, 3, '-')],
      composed: [edit(1, 2, 'X-Z')],
    },
    { name: 'edits that touch', first: [edit(1, 2, 'X')], second: [edit(2, 3, 'Y')], composed: [edit(1, 3, 'XY')] },
    {
      name: 'an edit over new text and old',
      first: [edit(2, 2, 'XYZ')],
      second: [edit(1, 6, '-')],
      composed: [edit(1, 3, '-')],
    },
    { name: 'one that takes the other back', first: [edit(1, 2, 'X')], second: [edit(1, 2, 'b')], composed: [] },
    { name: 'an insert that is removed', first: [edit(3, 3, 'XY')], second: [edit(3, 5, '')], composed: [] },
    { name: 'nothing and nothing', first: [], second: [], composed: [] },
    {
      name: 'touching edits of one list',
      first: [edit(0, 1, ''), edit(1, 2, 'X')],
      second: [],
      composed: [edit(0, 2, 'X')],
    },
  ])('makes one list of $name', ({ first, second, composed }) => {
    expect(composeEdits('abcdef', first, second)).toEqual(composed);
    const twice = applyEdits(applyEdits('abcdef', first), second);
    expect(applyEdits('abcdef', composed)).toBe(twice);
  });

  test('refuses a second list that reaches beyond the result of the first', () => {
    const error = caughtError(() => composeEdits('abcdef', [edit(0, 6, 'X')], [edit(1, 2, '')]));
    expect(error).toMatchObject({ code: 'EDIT_CONFLICT', details: { start: 1, end: 2 } });
  });

  test('refuses lists that break their laws', () => {
    const overlapping = [edit(0, 3, ''), edit(2, 4, '')];
    expect(caughtError(() => composeEdits('abcdef', overlapping, [])).code).toBe('EDIT_CONFLICT');
    expect(caughtError(() => composeEdits('abcdef', [], overlapping)).code).toBe('EDIT_CONFLICT');
  });

  test('takes ten thousand edits on ten thousand edits in a moment', () => {
    const text = 'abcdefghij'.repeat(10_000);
    const everyTen = (newText: string): TextEdit[] =>
      Array.from({ length: 10_000 }, (_, index) => edit(index * 10, index * 10 + 1, newText));
    const composed = composeEdits(text, everyTen('A'), everyTen('B'));
    expect(composed).toEqual(everyTen('B'));
  });
});

describe('offsets', () => {
  const edits = [edit(4, 6, ''), edit(1, 2, 'XYZ'), edit(8, 8, '-')];

  test('resultOffsets leads from the text to the result, and nowhere from what was replaced', () => {
    const resultOffset = resultOffsets(edits);
    expect(Array.from('abcdefghij', (_, offset) => resultOffset(offset))).toEqual([
      0,
      undefined,
      4,
      5,
      undefined,
      undefined,
      6,
      7,
      9,
      10,
    ]);
  });

  test('originalOffset leads back, and from new text to where it was put', () => {
    expect(applyEdits('abcdefghij', edits)).toBe('aXYZcdgh-ij');
    expect(Array.from('aXYZcdgh-ij', (_, offset) => originalOffset(edits, offset))).toEqual([
      0, 1, 1, 1, 2, 3, 6, 7, 8, 8, 9,
    ]);
  });
});
