import { describe, expect, test } from '@jest/globals';
import { alignLists } from '../../lib/patch/align-lists';

const align = (left: string, right: string): readonly string[] =>
  alignLists([...left], [...right], (one, other) => one === other).map(
    (stretch) => `${stretch.left.join('')}|${stretch.right.join('')}`,
  );

describe('alignLists', () => {
  test.each([
    { left: '', right: '', stretches: [] },
    { left: 'ab', right: 'ab', stretches: ['a|a', 'b|b'] },
    { left: 'ab', right: '', stretches: ['ab|'] },
    { left: '', right: 'ab', stretches: ['|ab'] },
    { left: 'ab', right: 'cd', stretches: ['ab|cd'] },
    { left: 'abc', right: 'ac', stretches: ['a|a', 'b|', 'c|c'] },
    { left: 'ac', right: 'abc', stretches: ['a|a', '|b', 'c|c'] },
    { left: 'axc', right: 'ayzc', stretches: ['a|a', 'x|yz', 'c|c'] },
    { left: 'ab', right: 'ba', stretches: ['a|', 'b|b', '|a'] },
    { left: 'aaa', right: 'aa', stretches: ['a|a', 'a|a', 'a|'] },
    { left: 'xabcy', right: 'zacby', stretches: ['x|z', 'a|a', 'b|', 'c|c', '|b', 'y|y'] },
  ])('of $left and $right', ({ left, right, stretches }) => {
    expect(align(left, right)).toEqual(stretches);
  });

  test('two lists of ten thousand are aligned at their ends, without a table of their product', () => {
    const left = Array.from({ length: 10_000 }, (_, index) => index);
    const right = left.map((index) => (index < 10 || index >= 9_990 ? index : -index));
    let comparisons = 0;
    const stretches = alignLists(left, right, (one, other) => {
      comparisons++;
      return one === other;
    });
    expect(stretches.filter((stretch) => stretch.left.length === 1)).toHaveLength(20);
    expect(stretches.flatMap((stretch) => stretch.left)).toEqual(left);
    expect(stretches.flatMap((stretch) => stretch.right)).toEqual(right);
    expect(comparisons).toBeLessThan(100);
  });

  test('one entry added to ten thousand is found', () => {
    const left = Array.from({ length: 10_000 }, (_, index) => index);
    const right = left.toSpliced(5_000, 0, -1);
    const stretches = alignLists(left, right, (one, other) => one === other);
    expect(stretches.filter((stretch) => stretch.left.length !== 1)).toEqual([{ left: [], right: [-1] }]);
  });
});
