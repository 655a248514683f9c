import { describe, expect, test } from '@jest/globals';
import type { PatchOperation } from '../../lib/patch/operations';
import { patchInStages } from '../../lib/plan/patch-in-stages';
import { applyEdits } from '../../lib/text/edit';
import { parseText } from '../../lib/xml/document';
import { heldBytes } from '../held-bytes';

const stage = (...operations: readonly PatchOperation[]) => ({ namespaces: {}, operations });
const setText = (at: string, value: string): PatchOperation => ({ op: 'setText', at, value });
const add = (name: string): PatchOperation => ({ op: 'ensureElement', at: '/a', element: { name, text: '' } });

/** The text that stages make, and `line: before → after` of each change. */
function made(
  text: string,
  ...stages: readonly ReturnType<typeof stage>[]
): { readonly text: string; readonly changes: readonly string[] } {
  const document = parseText(text, 'a.xml');
  const { edits, changes } = patchInStages(document, stages);
  return {
    text: applyEdits(text, edits),
    changes: changes.map(({ line, before, after }) => `${line}: ${before ?? ''} → ${after ?? ''}`),
  };
}

const source = '<a>\n  <b>1</b>\n  <c>1</c>\n</a>\n';

describe('patchInStages', () => {
  test('lets a stage see what those before it did', () => {
    expect(made(source, stage(add('d')), stage(setText('/a/d', '2'))).text).toBe(
      source.replace('</a>', '  <d>2</d>\n</a>'),
    );
  });

  test('counts lines as they are in the file', () => {
    const first: PatchOperation = {
      op: 'ensureElement',
      at: '/a',
      element: { name: 'x', children: [{ name: 'y', text: '' }] },
      place: ['first'],
    };
    expect(made(source, stage(first), stage(setText('/a/c', '2'))).changes.at(-1)).toBe('3: 1 → 2');
  });

  test('makes one change of a value that is set twice', () => {
    const result = made(source, stage(setText('/a/b', '2'), setText('/a/c', '2')), stage(setText('/a/b', '3')));
    expect(result.text).toBe(source.replace('<b>1', '<b>3').replace('<c>1', '<c>2'));
    expect(result.changes).toEqual(['2: 1 → 3', '3: 1 → 2']);
  });

  test('makes no change of a value that comes back to what it was', () => {
    const result = made(source, stage(setText('/a/b', '2'), setText('/a/c', '2')), stage(setText('/a/b', '1')));
    expect(result).toEqual({ text: source.replace('<c>1', '<c>2'), changes: ['3: 1 → 2'] });
    expect(made(source, stage(setText('/a/b', '2')), stage(setText('/a/b', '1')))).toEqual({
      text: source,
      changes: [],
    });
  });

  test('takes the prefixes of each stage, also where they mean different things', () => {
    const text = '<a><b xmlns="urn:1">1</b><b xmlns="urn:2">1</b></a>';
    const of = (name: string, value: string): ReturnType<typeof stage> => ({
      namespaces: { p: name },
      operations: [setText('/a/p:b', value)],
    });
    expect(made(text, of('urn:1', '2'), of('urn:2', '3')).text).toBe(
      '<a><b xmlns="urn:1">2</b><b xmlns="urn:2">3</b></a>',
    );
  });

  test('does nothing without stages', () => {
    expect(made(source)).toEqual({ text: source, changes: [] });
  });
});

test('what stages made does not keep the texts alive that they went through', () => {
  const padding = `<!--${'x'.repeat(1_000_000)}-->`;
  const document = parseText(`<a>${padding}<b>1</b><c>a text that the second stage removes</c></a>`, 'a.xml');
  const before = heldBytes();
  const held = Array.from({ length: 40 }, (_, index) =>
    patchInStages(document, [stage(setText('/a/b', `${index}`)), stage({ op: 'removeElement', at: '/a/c' })]),
  );
  expect(heldBytes() - before).toBeLessThan(10_000_000);
  expect(held).toHaveLength(40);
});
