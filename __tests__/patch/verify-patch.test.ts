import { describe, expect, test } from '@jest/globals';
import { verifyPatch } from '../../lib/patch/verify-patch';
import { applyEdits, type TextEdit } from '../../lib/text/edit';
import { parseDecoded, parseText, type SourceDocument } from '../../lib/xml/document';
import { caughtError } from '../caught-error';

const parse = (text: string): SourceDocument => parseText(text, 'f.xml');
const edit = (start: number, end: number, newText: string): TextEdit => ({ span: { start, end }, newText });

const before = parse('<r><a>1</a><!--c--><b k="2"/></r>');
const edits = [edit(6, 7, '3')];
const after = parse(applyEdits(before.text, edits));

describe('verifyPatch', () => {
  test('passes a result that is what was meant', () => {
    expect(() => verifyPatch(before, edits, after)).not.toThrow();
  });

  test.each<{ readonly name: string; readonly edits: readonly TextEdit[] }>([
    { name: 'an insert between tags', edits: [edit(11, 11, '<n/>')] },
    { name: 'an insert at the border of text', edits: [edit(7, 7, '9')] },
    { name: 'a removal', edits: [edit(11, 19, '')] },
    { name: 'an element opened', edits: [edit(27, 29, '>x</b>')] },
    { name: 'an element put into a comment', edits: [edit(3, 11, '<!--<a>1</a>-->')] },
    { name: 'a comment made live', edits: [edit(11, 19, '<c/>')] },
    { name: 'edits in any order', edits: [edit(25, 26, '9'), edit(6, 7, '8')] },
    { name: 'no edits', edits: [] },
  ])('passes $name', ({ edits: some }) => {
    expect(() => verifyPatch(before, some, parse(applyEdits(before.text, some)))).not.toThrow();
  });

  test.each([
    { name: 'a result that the edits do not give', edits, after: before },
    { name: 'a change that no edit names', edits, after: parse(after.text.replace('--c--', '--d--')) },
    { name: 'an edit that is missing', edits: [], after },
  ])('refuses $name', ({ edits: claimed, after: result }) => {
    expect(caughtError(() => verifyPatch(before, claimed, result))).toMatchObject({
      code: 'INTERNAL_MISMATCH',
      details: { path: 'f.xml', problem: 'the edits do not give the result' },
    });
  });

  test('refuses a result in which an edit swallowed what it does not name', () => {
    const text = '<r><a>1</a>__________<b k="2"/></r>';
    const first = parse(text);
    const opened = [edit(6, 7, '<!--'), edit(15, 15, '--></a>')];
    const result = parse(applyEdits(text, opened));
    expect(caughtError(() => verifyPatch(first, opened, result))).toMatchObject({
      code: 'INTERNAL_MISMATCH',
      details: { problem: 'the endTag at 7 is not in the result' },
    });
  });

  test('refuses a result in which an untouched element has another parent', () => {
    const first = parse('<r><a/><b/></r>');
    const moved = [edit(5, 7, '>'), edit(11, 11, '</a>')];
    const result = parse(applyEdits(first.text, moved));
    expect(caughtError(() => verifyPatch(first, moved, result))).toMatchObject({
      code: 'INTERNAL_MISMATCH',
      details: { problem: 'the element at 7 changed its parent' },
    });
  });

  test('refuses a result that the gate refuses', () => {
    const renamed = { ...after, tokens: parse('<r><z>3</z><!--c--><b k="2"/></r>').tokens };
    expect(caughtError(() => verifyPatch(before, edits, renamed)).code).toBe('INTERNAL_MISMATCH');
  });

  test('refuses a result that its encoding cannot hold', () => {
    const latin1 = { encoding: 'ISO-8859-1', byteOrderMark: false } as const;
    const first = parseDecoded({ text: '<r>1</r>', ...latin1 }, 'f.xml');
    const result = parseDecoded({ text: '<r>€</r>', ...latin1 }, 'f.xml');
    expect(caughtError(() => verifyPatch(first, [edit(3, 4, '€')], result))).toMatchObject({
      code: 'INVALID_BYTES',
      details: { path: 'f.xml', encoding: 'ISO-8859-1', offset: 3 },
    });
  });

  test('refuses a result in another encoding', () => {
    const latin1 = { encoding: 'ISO-8859-1', byteOrderMark: false } as const;
    const first = parseDecoded({ text: '<r>é1</r>', ...latin1 }, 'f.xml');
    const result = parse('<r>é2</r>');
    expect(caughtError(() => verifyPatch(first, [edit(4, 5, '2')], result))).toMatchObject({
      code: 'INTERNAL_MISMATCH',
      details: { problem: 'bytes between the edits at 0 and 4 changed' },
    });
  });

  test('refuses edits that break their laws', () => {
    expect(caughtError(() => verifyPatch(before, [edit(0, 4, ''), edit(3, 5, '')], after)).code).toBe('EDIT_CONFLICT');
  });
});
