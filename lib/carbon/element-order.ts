import type { Place } from '../patch/operations/ensure-element';

/**
 * The places for a new child by a documented order of names: behind its sample, else behind the nearest name before it
 * that is there, else before the nearest name after it.
 */
export function placeInOrder(order: readonly string[], name: string): readonly Place[] {
  const index = order.indexOf(name);
  return [
    'besideSample',
    ...order
      .slice(0, index)
      .toReversed()
      .map((before): Place => ({ after: before })),
    ...order.slice(index + 1).map((after): Place => ({ before: after })),
  ];
}
