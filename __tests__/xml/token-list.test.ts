import { describe, expect, test } from '@jest/globals';
import { parseText, type ElementSource } from '../../lib/xml/document';
import { tokenListBuilder } from '../../lib/xml/token-list';
import type { TokenKind } from '../../lib/xml/token';
import { selectElements } from '../../lib/xml/select';
import { caughtError } from '../caught-error';
import { heldBytes } from '../held-bytes';

const text = '<a>1<b/></a>';

function listOf(...tokens: readonly (readonly [TokenKind, number, number])[]): unknown {
  const builder = tokenListBuilder(text, 'f.xml');
  for (const token of tokens) builder.push(...token);
  return builder.finish();
}

describe('a list of tokens', () => {
  const { tokens } = parseText(text, 'f.xml');

  test('knows of each token where it lies, and of a start tag where its end tag is', () => {
    const places = Array.from({ length: tokens.length }, (_, index) => [
      tokens.kindAt(index),
      tokens.startAt(index),
      tokens.endAt(index),
      tokens.closeAt(index),
    ]);
    expect(places).toEqual([
      ['startTag', 0, 3, 3],
      ['text', 3, 4, 1],
      ['emptyTag', 4, 8, 2],
      ['endTag', 8, 12, 3],
    ]);
    expect(tokens.kindAt(4)).toBeUndefined();
  });

  test('gives the tokens of a stretch', () => {
    expect(tokens.between(3, 8).map(({ kind }) => kind)).toEqual(['text', 'emptyTag']);
    expect(tokens.between(8, 12).map(({ kind }) => kind)).toEqual(['endTag']);
    expect(tokens.between(12, 12)).toEqual([]);
  });

  test('knows a tag by its whole name only', () => {
    const { tokens: named } = parseText('<ab/>', 'f.xml');
    expect(['ab', 'a', 'abc', ''].map((name) => named.isNamed(0, name))).toEqual([true, false, false, false]);
  });

  test.each([
    {
      name: 'leave a gap',
      tokens: [
        ['startTag', 0, 3],
        ['emptyTag', 4, 8],
      ],
      problem: 'no token covers what is at 3',
    },
    {
      name: 'overlap',
      tokens: [
        ['startTag', 0, 3],
        ['text', 2, 4],
      ],
      problem: 'no token covers what is at 3',
    },
    { name: 'are empty', tokens: [['text', 0, 0]], problem: 'no token covers what is at 0' },
    { name: 'end early', tokens: [['emptyTag', 0, 3]], problem: 'no token covers what is at 3' },
    { name: 'open an element only', tokens: [['startTag', 0, 12]], problem: 'the scanner let unbalanced tags through' },
    { name: 'end what never began', tokens: [['endTag', 0, 12]], problem: 'the scanner let unbalanced tags through' },
    { name: 'hold no element', tokens: [['text', 0, 12]], problem: 'the scanner let unbalanced tags through' },
  ] satisfies readonly {
    readonly name: string;
    readonly tokens: readonly (readonly [TokenKind, number, number])[];
    readonly problem: string;
  }[])('is refused of tokens that $name', ({ tokens: given, problem }) => {
    expect(caughtError(() => listOf(...given))).toMatchObject({
      code: 'INTERNAL_MISMATCH',
      details: { path: 'f.xml', problem },
    });
  });
});

describe('elements', () => {
  test('are made where they are asked for only, so that a large file takes a few times its text', () => {
    const siblings = `<a>${Array.from({ length: 200_000 }, (_, index) => `<s n="${index}">x</s>`).join('')}<last/></a>`;
    const before = heldBytes();
    const document = parseText(siblings, 'f.xml');
    expect(selectElements(document, '/a/last')).toHaveLength(1);
    expect(heldBytes() - before).toBeLessThan(4 * siblings.length);
    expect(document.tokens).toHaveLength(600_003);
  });

  test('are made once, whichever way they are asked for', () => {
    const { root } = parseText('<a><b/>1<c/><b/></a>', 'f.xml');
    const [second] = root.childElements('b').slice(1);
    expect(root.children[3]).toBe(second);
    expect(root.childElements()[2]).toBe(second);
    expect(root.children).toBe(root.children);
    expect((second as ElementSource).parent).toBe(root);
  });
});
