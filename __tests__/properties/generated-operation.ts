import fc from 'fast-check';
import type { PatchOperation } from '../../lib/patch/operations';
import type { NewElement } from '../../lib/xml/fragment';
import { plainValue, type GeneratedDocument } from './generated-document';

/** An operation for some element of a document; `choose` picks the elements once the document is known. */
export type GeneratedOperation = (document: GeneratedDocument) => PatchOperation;

const attributeNames = ['k', 'j', 'name', 'p:k', 'xml:lang', 'new'];
const elementNames = ['a', 'b', 'm', 'p:a', 'n-1', 'é'];

/** An element to be created, with texts that a formatter would spoil. */
const newElement: fc.Arbitrary<NewElement> = fc.letrec<{ element: NewElement }>((tie) => ({
  element: fc.oneof(
    { maxDepth: 2 },
    fc.record({ name: fc.constantFrom(...elementNames) }),
    fc.record({ name: fc.constantFrom(...elementNames), text: plainValue() }),
    fc.record({
      name: fc.constantFrom(...elementNames),
      attributes: fc.record({ k: plainValue(), new: plainValue() }),
    }),
    fc.record({ name: fc.constantFrom(...elementNames), children: fc.array(tie('element'), { maxLength: 3 }) }),
  ),
})).element;

/** Any operation, at an element that is there, seldom at one that is not. */
export function generatedOperation(): fc.Arbitrary<GeneratedOperation> {
  return fc
    .record({ target: fc.nat(), other: fc.nat(), isLost: fc.nat({ max: 30 }) })
    .chain(({ target, other, isLost }) => {
      const at = ({ elementCount }: GeneratedDocument): string =>
        isLost === 0 ? `//*[@id='none']` : `//*[@id='${target % elementCount}']`;
      const sample = ({ sampleCount }: GeneratedDocument): string =>
        `//*[@c='${sampleCount === 0 ? 0 : other % sampleCount}']`;
      return fc.oneof(
        ...fixedOperations(at),
        ...listOperations(at),
        fc.constant<GeneratedOperation>((document) => ({ op: 'uncomment', at: sample(document) })),
      );
    });
}

type At = (document: GeneratedDocument) => string;

function fixedOperations(at: At): readonly fc.Arbitrary<GeneratedOperation>[] {
  const name = fc.constantFrom(...attributeNames);
  return [
    plainValue().map((value) => (document) => ({ op: 'setText', at: at(document), value })),
    fc
      .tuple(name, plainValue())
      .map(([key, value]) => (document) => ({ op: 'setAttribute', at: at(document), name: key, value })),
    name.map((key) => (document) => ({ op: 'removeAttribute', at: at(document), name: key })),
    fc.constant((document) => ({ op: 'removeElement', at: at(document) })),
    fc.constant((document) => ({ op: 'commentOut', at: at(document) })),
  ];
}

function listOperations(at: At): readonly fc.Arbitrary<GeneratedOperation>[] {
  const place = fc.constantFrom(
    'first',
    'last',
    'besideSample',
    { before: '*' },
    { after: '*[1]' },
    { after: 'nowhere' },
  );
  const list = fc.constantFrom(...elementNames).chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.array(
        newElement.map((element) => ({ ...element, name })),
        { maxLength: 3 },
      ),
    ),
  );
  return [
    fc
      .tuple(newElement, fc.array(place, { maxLength: 2 }))
      .map(([element, places]) => (document) => ({ op: 'ensureElement', at: at(document), element, place: places })),
    list.map(([name, children]) => (document) => ({ op: 'replaceChildren', at: at(document), name, children })),
  ] as readonly fc.Arbitrary<GeneratedOperation>[];
}
