import { describe, expect, test } from '@jest/globals';
import { disagreement, type Claim, type Wanted } from '../../lib/check/disagreement';
import { emptyNode } from './check-result';

/** `worker1=A` claims A for worker1; `worker1=` claims nothing. */
function claims(...texts: readonly string[]): readonly Claim[] {
  return texts.map((text) => {
    const [name = '', value = ''] = text.split('=');
    const key = value === '' ? undefined : value.toLowerCase();
    return { node: emptyNode(name), key, shown: value, place: undefined };
  });
}

function told(given: readonly Claim[], wanted?: Wanted): string | undefined {
  const found = disagreement(given, wanted);
  return found && `${found.odd.map(({ node }) => node.name).join()}: ${found.what}`;
}

describe('without a cluster file the majority is right', () => {
  test.each<[string, readonly string[], string | undefined]>([
    ['nobody claims anything', [], undefined],
    ['one node has nobody to differ from', ['a=X'], undefined],
    ['all agree', ['a=X', 'b=X'], undefined],
    ['keys decide, not what is shown', ['a=X', 'b=x'], undefined],
    ['one differs', ['a=X', 'b=X', 'c=Y'], 'c: is Y on c, but X on a and b'],
    ['the odd one may come first', ['a=Y', 'b=X', 'c=X'], 'a: is Y on a, but X on b and c'],
    ['of two the first is right, and both are named', ['a=X', 'b=Y'], 'b: is Y on b, but X on a'],
    ['several odd values', ['a=X', 'b=X', 'c=Y', 'd=Z', 'e=Y'], 'c,d,e: is Y on c and e, Z on d, but X on a and b'],
    ['who claims nothing is neither right nor wrong', ['a=', 'b=X', 'c=X', 'd='], undefined],
  ])('%s', (_, given, expected) => {
    expect(told(claims(...given))).toBe(expected);
  });
});

describe('with a cluster file that is right', () => {
  test.each<[string, readonly string[], string | undefined]>([
    ['all are as planned', ['a=X', 'b=X'], undefined],
    ['the majority can be wrong', ['a=Y', 'b=Y', 'c=X'], 'a,b: is Y on a and b, but the cluster file says X'],
    ['who claims nothing is not wrong', ['a='], undefined],
  ])('%s', (_, given, expected) => {
    expect(told(claims(...given), { shown: 'X', keyFor: () => 'x' })).toBe(expected);
  });

  test('what is wanted may depend on the node, and be unknown', () => {
    const wanted: Wanted = { shown: 'its own', keyFor: ({ name }) => (name === 'c' ? undefined : name) };
    expect(told(claims('a=A', 'b=A', 'c=A'), wanted)).toBe('b: is A on b, but the cluster file says its own');
  });
});
