import { describe, expect, test } from '@jest/globals';
import { expectedForm, problemWith, type ArgumentForm } from '../../lib/patch/argument';
import { operations } from '../../lib/patch/operations';
import { parseOperations } from '../../lib/patch/parse-operations';
import { caughtError } from '../caught-error';

describe('parseOperations', () => {
  const all = [
    { op: 'setText', at: '/a', value: '' },
    { op: 'setAttribute', at: '/a', name: 'p:k', value: '1' },
    { op: 'removeAttribute', at: '/a', name: 'k' },
    { op: 'ensureElement', at: '/a', element: { name: 'b' } },
    {
      op: 'ensureElement',
      at: '/a',
      element: { name: 'b', attributes: { k: '1' }, children: [{ name: 'c', text: 'x' }] },
      key: ['@k', 'c/d'],
      place: ['besideSample', { before: 'd' }, { after: 'e' }, 'first', 'last'],
    },
    { op: 'replaceChildren', at: '/a', name: 'm', children: [{ name: 'm', text: '' }] },
    { op: 'removeElement', at: '/a/b' },
    { op: 'removeElement', at: '/a/b', occurrences: 'all' },
    { op: 'commentOut', at: '/a/b' },
    { op: 'uncomment', at: '/a/b' },
  ];

  test('takes every kind of operation as it is', () => {
    expect(parseOperations(all)).toEqual(all);
    expect(new Set(all.map(({ op }) => op))).toEqual(new Set(Object.keys(operations)));
    expect(parseOperations([])).toEqual([]);
  });

  test.each([null, undefined, {}, 'setText', 1, { 0: all[0], length: 1 }])('wants a list, not %j', (values) => {
    expect(caughtError(() => parseOperations(values))).toMatchObject({
      code: 'OPERATION_INVALID',
      details: { operation: 'list', problem: 'must be a list of operations' },
    });
  });

  const names = Object.keys(operations).join(', ');
  test.each<{ readonly value: unknown; readonly problem: string }>([
    { value: null, problem: 'must be an object with "op"' },
    { value: 'setText', problem: 'must be an object with "op"' },
    { value: [], problem: 'must be an object with "op"' },
    { value: { at: '/a' }, problem: 'must be an object with "op"' },
    { value: { op: 'setTxt', at: '/a' }, problem: `"op" must be one of ${names}` },
    { value: { op: 'toString', at: '/a' }, problem: `"op" must be one of ${names}` },
    { value: { op: '__proto__', at: '/a' }, problem: `"op" must be one of ${names}` },
    { value: { op: 1, at: '/a' }, problem: `"op" must be one of ${names}` },
    {
      value: { op: 'setText', at: '/a', value: 'x', valeu: 'y' },
      problem: 'setText has no "valeu"; it takes at, value',
    },
    {
      value: { op: 'setText', at: '/a', value: 'x', toString: 'y' },
      problem: 'setText has no "toString"; it takes at, value',
    },
    { value: { op: 'setText', at: '/a' }, problem: '"value" of setText must be a string' },
    { value: { op: 'setText', at: '/a', value: 4000 }, problem: '"value" of setText must be a string' },
    { value: { op: 'setText', at: ' ', value: 'x' }, problem: '"at" of setText must be an XPath 1.0 expression' },
    { value: { op: 'setText', value: 'x' }, problem: '"at" of setText must be an XPath 1.0 expression' },
    {
      value: { op: 'setAttribute', at: '/a', name: 'a b', value: '' },
      problem: '"name" of setAttribute must be an XML name with at most one prefix',
    },
    {
      value: { op: 'removeElement', at: '/a', occurrences: 'two' },
      problem: '"occurrences" of removeElement must be "one" or "all"',
    },
  ])('says what is wrong with $value', ({ value, problem }) => {
    expect(caughtError(() => parseOperations([all[0], value]))).toMatchObject({
      code: 'OPERATION_INVALID',
      details: { operation: '2', problem },
    });
  });
});

describe('the forms of arguments', () => {
  const cases: Readonly<Record<ArgumentForm, { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }>> =
    {
      xpath: { good: ['/a', '//a[@b]'], bad: ['', ' ', 1, null, ['/a']] },
      name: { good: ['a', 'p:a', 'é'], bad: ['', 'a b', '1a', 'a:b:c', 'a\n', 1, null] },
      string: { good: ['', ' ', '\0'], bad: [1, null, undefined, true, ['a']] },
      element: {
        good: [
          { name: 'a' },
          { name: 'a', text: '' },
          { name: 'a', children: [] },
          { name: 'a', attributes: { 'p:k': '' } },
        ],
        bad: [
          {},
          { name: '' },
          { name: 'a b' },
          { name: 'a', txt: '' },
          { name: 'a', text: 1 },
          { name: 'a', text: '', children: [] },
          { name: 'a', children: {} },
          { name: 'a', children: [{ name: 'b', children: [{}] }] },
          { name: 'a', attributes: { k: 1 } },
          { name: 'a', attributes: { 'k j': '' } },
          { name: 'a', attributes: ['k'] },
          [],
          null,
          'a',
        ],
      },
      elements: { good: [[], [{ name: 'a' }]], bad: [{ name: 'a' }, ['a'], null] },
      keys: { good: [[], ['@a', 'b/c']], bad: ['@a', [''], [1], null] },
      places: {
        good: [[], ['first', 'last', 'besideSample', { before: 'a' }, { after: 'a' }]],
        bad: ['first', ['middle'], [{ before: 'a', after: 'b' }], [{ before: '' }], [{ beside: 'a' }], [null]],
      },
      occurrences: { good: ['one', 'all'], bad: ['', 'two', 1, true, null] },
    };

  test.each(Object.keys(cases) as ArgumentForm[])('%s', (form) => {
    const { good, bad } = cases[form];
    for (const value of good) expect([value, problemWith(form, value)]).toEqual([value, undefined]);
    for (const value of bad)
      expect([value, problemWith(form, value)]).toEqual([value, `must be ${expectedForm(form)}`]);
  });
});
