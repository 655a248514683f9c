import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PatchOperation } from '../../lib/patch/operations';
import { patchDocument } from '../../lib/patch/patch-document';
import { parseText } from '../../lib/xml/document';
import { selectElements } from '../../lib/xml/select';
import { generatedDocument, type GeneratedDocument } from './generated-document';
import { generatedOperation } from './generated-operation';
import { patchOrRefusal } from './patch-or-refusal';
import { expectAlways, propertyRuns } from './property-runs';

/** True where neither of the elements lies in the other or beside it, so that the operations have no place in common. */
function areApart({ text }: GeneratedDocument, first: PatchOperation, second: PatchOperation): boolean {
  const document = parseText(text, 'f.xml');
  const [one] = selectElements(document, first.at);
  const [other] = selectElements(document, second.at);
  if (!one || !other || !one.parent || !other.parent || one.parent === other.parent) return false;
  const isIn = (inner: typeof one, outer: typeof one): boolean =>
    outer.whole.start <= inner.whole.start && inner.whole.end <= outer.whole.end;
  return !isIn(one.parent, other.parent) && !isIn(other.parent, one.parent);
}

test('operations that have no place in common give the same file in either order', () => {
  let compared = 0;
  expectAlways(
    fc.property(generatedDocument(), generatedOperation(), generatedOperation(), (generated, one, other) => {
      const first = one(generated);
      const second = other(generated);
      fc.pre(areApart(generated, first, second));
      const document = parseText(generated.text, 'f.xml');
      const apart = [first, second].map((operation) => patchOrRefusal(document, [operation]));
      if (!apart.every((patch) => 'edits' in patch)) return;
      compared++;
      const forth = patchDocument(document, [first, second]).result.text;
      expect(patchDocument(document, [second, first]).result.text).toBe(forth);
    }),
  );
  expect(compared).toBeGreaterThan(propertyRuns / 4);
});
