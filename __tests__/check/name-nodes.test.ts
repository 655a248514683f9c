import { describe, expect, test } from '@jest/globals';
import { listWords, nameNodes } from '../../lib/check/name-nodes';
import { emptyNode } from './check-result';

describe('nodes are named as in a sentence', () => {
  test.each<[readonly string[], string]>([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'a'], 'a and b'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], 'a, b, c, d, e, f, g and h'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'], 'a, b, c, d, e, f, g and 3 more'],
  ])('%j', (names, expected) => {
    expect(nameNodes(names.map((name) => emptyNode(name)))).toBe(expected);
  });

  test('and words as those, with a word for what is left out', () => {
    expect(listWords([...'abcdefghi'], 'others')).toBe('a, b, c, d, e, f, g and 2 others');
  });
});
