import { expect, test } from '@jest/globals';
import { detachTexts } from '../../lib/plan/detach-texts';

test('a copy is the same, through objects, lists and maps', () => {
  const value = {
    text: 'ä\u{1f600}\ud800',
    list: ['a', 1, undefined, null, true],
    map: new Map([['key', { inner: new Map([['x', ['y']]]) }]]),
  };
  const copy = detachTexts(value);
  expect(copy).toEqual(value);
  expect(copy.map).not.toBe(value.map);
});
