import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PatchOperation } from '../../lib/patch/operations';
import { childElements, parseText, type ElementSource, type SourceDocument } from '../../lib/xml/document';
import { selectElement, selectElements } from '../../lib/xml/select';
import { generatedDocument } from './generated-document';
import { generatedOperation } from './generated-operation';
import {
  change,
  commentsOf,
  directText,
  elementsOf,
  isComment,
  isElement,
  isText,
  meaningOf,
  withoutLayout,
  type Meaning,
} from './meaning';
import { patchOrRefusal } from './patch-or-refusal';
import { expectAlways, propertyRuns } from './property-runs';

const hasId = (id: string) => (element: Meaning) => element.attributes['id'] === id;
const without = (element: Meaning, ...kinds: readonly ((part: Meaning['children'][number]) => boolean)[]): Meaning => ({
  ...element,
  children: element.children.filter((part) => !kinds.some((kind) => kind(part))),
});
const isNew = (part: Meaning['children'][number]): boolean => isElement(part) && part.attributes['id'] === undefined;

/** The meaning as far as an operation must leave it alone. */
function rest(meaning: Meaning, operation: PatchOperation): Meaning {
  const id = /'(.*)'/.exec(operation.at)?.[1] ?? '';
  const isTarget = hasId(id);
  const isParent = ({ children }: Meaning): boolean => children.some((part) => isElement(part) && isTarget(part));
  switch (operation.op) {
    case 'setText':
      return change(meaning, isTarget, (element) => without(element, isText));
    case 'setAttribute':
    case 'removeAttribute':
      return change(meaning, isTarget, ({ attributes, ...element }) => {
        const others = Object.entries(attributes).filter(([name]) => name !== operation.name);
        return { ...element, attributes: Object.fromEntries(others) };
      });
    case 'ensureElement':
      return change(meaning, isTarget, (element) => withoutLayout(without(element, isNew)));
    case 'replaceChildren':
      return change(meaning, isTarget, (element) =>
        withoutLayout(without(element, isComment, (part) => isElement(part) && part.name === operation.name)),
      );
    case 'removeElement':
      return change(meaning, isParent, (element) =>
        withoutLayout(without(element, (part) => isElement(part) && isTarget(part))),
      );
    case 'commentOut':
      return change(meaning, isParent, (element) =>
        without(element, isComment, (part) => isElement(part) && isTarget(part)),
      );
    case 'uncomment':
      return change(
        meaning,
        () => true,
        (element) => withoutLayout(without(element, isComment, isNew)),
      );
  }
}

/** After removing the target its parent is no longer known by it: name the parent by its own id. */
function restAfter(before: Meaning, after: Meaning, operation: PatchOperation): Meaning {
  if (operation.op !== 'removeElement' && operation.op !== 'commentOut') return rest(after, operation);
  const id = /'(.*)'/.exec(operation.at)?.[1] ?? '';
  const parent = elementsOf(before).find(({ children }) => children.some((part) => isElement(part) && hasId(id)(part)));
  const isParent = hasId(parent?.attributes['id'] ?? '');
  return operation.op === 'removeElement'
    ? change(after, isParent, withoutLayout)
    : change(after, isParent, (element) => without(element, isComment));
}

/** What an operation must have brought about. */
function expectDone(after: Meaning, document: SourceDocument, operation: PatchOperation): void {
  const found = selectElements(document, operation.at);
  const id = /'(.*)'/.exec(operation.at)?.[1] ?? '';
  const target = elementsOf(after).find(hasId(id));
  switch (operation.op) {
    case 'setText':
      expect(target && directText(target)).toBe(operation.value);
      return;
    case 'setAttribute':
      expect(target?.attributes[operation.name]).toBe(operation.value);
      return;
    case 'removeAttribute':
      expect(target?.attributes).not.toHaveProperty([operation.name]);
      return;
    case 'ensureElement':
      expect(target?.children.filter((part) => isElement(part) && part.name === operation.element.name)).toHaveLength(
        1,
      );
      return;
    case 'replaceChildren':
      expect(childElements(onlyOne(found), operation.name)).toHaveLength(operation.children.length);
      return;
    case 'removeElement':
    case 'commentOut':
      expect(found).toEqual([]);
      return;
    case 'uncomment':
      expect(found).toHaveLength(1);
  }
}

function onlyOne(elements: readonly ElementSource[]): ElementSource {
  const [element] = elements;
  if (!element) throw new Error('the target is gone');
  return element;
}

describe('what a patch means', () => {
  test('the target is as asked, and everything else means what it meant', () => {
    expectAlways(
      fc.property(generatedDocument(), generatedOperation(), (generated, choose) => {
        const operation = choose(generated);
        const patch = patchOrRefusal(parseText(generated.text, 'f.xml'), [operation]);
        if (!('edits' in patch) || patch.edits.length === 0) return;
        const before = meaningOf(generated.text);
        const after = meaningOf(patch.result.text);
        expect(restAfter(before, after, operation)).toEqual(rest(before, operation));
        expectDone(after, patch.result, operation);
        if (!['removeElement', 'commentOut', 'uncomment'].includes(operation.op)) {
          expect(commentsOf(after)).toEqual(commentsOf(before));
        }
      }),
      3 * propertyRuns,
    );
  });

  test('the edits lie where the operation is about', () => {
    expectAlways(
      fc.property(generatedDocument(), generatedOperation(), (generated, choose) => {
        const operation = choose(generated);
        const document = parseText(generated.text, 'f.xml');
        const patch = patchOrRefusal(document, [operation]);
        if (!('edits' in patch) || operation.op === 'uncomment' || patch.edits.length === 0) return;
        const { whole, openTag } = selectElement(document, operation.at);
        const isOfTag = operation.op === 'setAttribute' || operation.op === 'removeAttribute';
        const { start, end } = isOfTag ? openTag : whole;
        for (const { span } of patch.edits) {
          const outside = generated.text.slice(span.start, start) + generated.text.slice(end, span.end);
          expect(outside).toMatch(operation.op === 'removeElement' ? /^[ \t\r\n]*$/ : /^$/);
        }
      }),
    );
  });

  test('what is commented out and made live again means the same, and is the same where no hyphens meet', () => {
    expectAlways(
      fc.property(generatedDocument(), fc.nat(), (generated, choice) => {
        const at = `//*[@id='${choice % generated.elementCount}']`;
        const document = parseText(generated.text, 'f.xml');
        const out = patchOrRefusal(document, [{ op: 'commentOut', at }]);
        if (!('edits' in out)) return;
        const back = patchOrRefusal(out.result, [{ op: 'uncomment', at }]);
        if (!('edits' in back)) throw back;
        expect(meaningOf(back.result.text)).toEqual(meaningOf(generated.text));
        const { whole } = selectElement(document, at);
        const pieces = generated.text.slice(whole.start, whole.end).split(/<!--[^]*?-->/);
        const hasHyphens =
          pieces.some((piece) => piece.includes('--')) || pieces.slice(0, -1).some((piece) => piece.endsWith('-'));
        if (!hasHyphens) expect(back.result.text).toBe(generated.text);
      }),
    );
  });
});
