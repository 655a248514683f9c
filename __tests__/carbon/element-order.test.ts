import { describe, expect, test } from '@jest/globals';
import { placeInOrder } from '../../lib/carbon/element-order';

describe('placeInOrder', () => {
  test.each([
    ['a', ['besideSample', { before: 'b' }, { before: 'c' }]],
    ['b', ['besideSample', { after: 'a' }, { before: 'c' }]],
    ['c', ['besideSample', { after: 'b' }, { after: 'a' }]],
  ])(
    '%s goes behind its sample, else behind the nearest before it, else before the nearest after it',
    (name, places) => {
      expect(placeInOrder(['a', 'b', 'c'], name)).toEqual(places);
    },
  );
});
