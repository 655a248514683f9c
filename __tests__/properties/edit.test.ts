import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  applyEdits,
  composeEdits,
  invertEdits,
  isResultOf,
  originalOffset,
  resultOffsets,
  type TextEdit,
} from '../../lib/text/edit';
import { propertyRuns } from './property-runs';

const numRuns = 5 * propertyRuns;

/** Edits that keep their laws, in any order, for a text of this length. */
function editsFor(length: number): fc.Arbitrary<readonly TextEdit[]> {
  const cuts = fc.array(fc.nat({ max: length }), { maxLength: 8 }).map((offsets) => offsets.sort((a, b) => a - b));
  const spans = cuts.map((offsets) =>
    offsets.flatMap((start, index) => (index % 2 === 0 ? [{ start, end: offsets[index + 1] ?? start }] : [])),
  );
  return fc
    .tuple(spans, fc.array(fc.constantFrom('', 'X', 'YY', '\r\n', '𝄞'), { minLength: 4, maxLength: 4 }))
    .map(([all, texts]) => all.map((span, index) => ({ span, newText: texts[index] ?? '' })));
}

const text = fc.string({ maxLength: 20, unit: fc.constantFrom('a', 'b', 'c', '\n', 'é') });
const textWithEdits = text.chain((source) => fc.tuple(fc.constant(source), editsFor(source.length)));
const textWithTwo = textWithEdits.chain(([source, first]) =>
  fc.tuple(fc.constant(source), fc.constant(first), editsFor(applyEdits(source, first).length)),
);

describe('edits', () => {
  test('what is applied and inverted is undone', () => {
    fc.assert(
      fc.property(textWithEdits, ([source, edits]) => {
        const inverse = invertEdits(source, edits);
        expect(applyEdits(applyEdits(source, edits), inverse)).toBe(source);
        expect(applyEdits(source, invertEdits(applyEdits(source, edits), inverse))).toBe(applyEdits(source, edits));
      }),
      { numRuns },
    );
  });

  test('a text is a result of edits where they make it, and no other is', () => {
    fc.assert(
      fc.property(textWithEdits, text, fc.nat(), ([source, edits], other, place) => {
        const result = applyEdits(source, edits);
        expect(isResultOf(source, edits, result)).toBe(true);
        expect(isResultOf(source, edits, other)).toBe(other === result);
        const cut = place % (result.length + 1);
        expect(isResultOf(source, edits, `${result.slice(0, cut)}z${result.slice(cut)}`)).toBe(false);
        if (cut < result.length)
          expect(isResultOf(source, edits, result.slice(0, cut) + result.slice(cut + 1))).toBe(false);
      }),
      { numRuns },
    );
  });

  test('composed edits do what the two lists do one after the other', () => {
    fc.assert(
      fc.property(textWithTwo, ([source, first, second]) => {
        const composed = composeEdits(source, first, second);
        expect(applyEdits(source, composed)).toBe(applyEdits(applyEdits(source, first), second));
        expect(composeEdits(source, composed, [])).toEqual(composed);
        composed.forEach(({ span, newText }, index) => {
          expect(span.start).toBeGreaterThan(composed[index - 1]?.span.end ?? -1);
          expect(newText).not.toBe(source.slice(span.start, span.end));
        });
      }),
      { numRuns },
    );
  });

  test('edits and their inverse compose to nothing', () => {
    fc.assert(
      fc.property(textWithEdits, ([source, edits]) => {
        const nothing = composeEdits(source, edits, invertEdits(source, edits));
        expect(applyEdits(source, nothing)).toBe(source);
      }),
      { numRuns },
    );
  });

  test('outside the spans every character is where the offsets say', () => {
    fc.assert(
      fc.property(textWithEdits, ([source, edits]) => {
        const result = applyEdits(source, edits);
        const resultOffset = resultOffsets(edits);
        for (let offset = 0; offset < source.length; offset++) {
          const isReplaced = edits.some(({ span }) => span.start <= offset && offset < span.end);
          const there = resultOffset(offset);
          expect(there === undefined).toBe(isReplaced);
          if (there === undefined) continue;
          expect(result[there]).toBe(source[offset]);
          expect(originalOffset(edits, there)).toBe(offset);
        }
      }),
      { numRuns },
    );
  });
});
