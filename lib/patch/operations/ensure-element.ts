import { CarbonPatchError } from '../../errors';
import type { TextEdit } from '../../text/edit';
import { lineIndex } from '../../text/position';
import { commentedElements } from '../../xml/commented';
import {
  attributeOf,
  childElements,
  textOf,
  type ElementSource,
  type LeafSource,
  type SourceDocument,
} from '../../xml/document';
import { fragmentSource, type NewElement } from '../../xml/fragment';
import { insertAfter, insertBefore, insertFirst, insertLast } from '../../xml/insert';
import { selectElement, selectElements, xpathOf } from '../../xml/select';
import { optional, required } from '../argument';
import { satisfied, type OperationKind } from '../operation';
import { refuseOpaque } from '../refuse-opaque';

/** Where a new element goes. The XPath of `before` and `after` starts at the parent; the first, or the last, match counts. */
export type Place = 'first' | 'last' | 'besideSample' | { readonly before: string } | { readonly after: string };

/** The arguments of `ensureElement`. */
export interface EnsureElementArguments {
  readonly at: string;
  readonly element: NewElement;
  readonly key?: readonly string[];
  readonly place?: readonly Place[];
}

/** `<members/>` → `<members><member>…</member></members>`, once. */
export const ensureElement: OperationKind<EnsureElementArguments> = {
  summary:
    'Creates a child element where the parent has none of that name with the same key. One that is there is left as it is, whatever it holds.',
  arguments: {
    at: required('xpath', 'The parent.'),
    element: required('element', 'The element, created with this content when it is absent.'),
    key: optional(
      'keys',
      'What tells one element from another: `@name` for an attribute, `id` or `jndiConfig/name` for the text of a child. Without a key any element of that name counts.',
    ),
    place: optional(
      'places',
      'Where it goes; the first place that exists is taken, "last" where none does. "besideSample" is behind the commented-out sample of the same element. Without this: ["besideSample", "last"].',
    ),
  },
  evaluate(document, { at, element, key = [], place = ['besideSample'] }) {
    const parent = selectElement(document, at);
    const present = childElements(parent, element.name).filter((child) =>
      key.every((one) => keyOf(document, child, one) === keyOfNew(element, one)),
    );
    if (present.length === 1) return satisfied;
    refuseOpaque(document, parent, at);
    if (present.length > 1) {
      const index = lineIndex(document.text);
      const lines = present.map(({ whole }) => index.positionAt(whole.start).line);
      throw new CarbonPatchError('TARGET_AMBIGUOUS', { path: document.path, at: `${at}/${element.name}`, lines });
    }
    const edit = [...place, 'last' as const]
      .map((one) => editAt(document, parent, element, key, one))
      .find((one) => one !== undefined);
    const after = fragmentSource(element, { indent: '', unit: '', newline: undefined }, document);
    return { status: 'edited', edits: edit ? [edit] : [], before: undefined, after };
  },
};

function editAt(
  document: SourceDocument,
  parent: ElementSource,
  element: NewElement,
  key: readonly string[],
  place: Place,
): TextEdit | undefined {
  if (place === 'first') return insertFirst(document, parent, [element]);
  if (place === 'last') return insertLast(document, parent, [element]);
  if (place === 'besideSample') {
    const sample = sampleOf(document, parent, element, key);
    return sample && insertAfter(document, parent, sample, [element]);
  }
  if ('before' in place) {
    const [sibling] = childrenAt(document, parent, place.before);
    return sibling && insertBefore(document, parent, sibling, [element]);
  }
  const sibling = childrenAt(document, parent, place.after).at(-1);
  return sibling && insertAfter(document, parent, sibling, [element]);
}

function childrenAt(document: SourceDocument, parent: ElementSource, xpath: string): readonly ElementSource[] {
  const found = selectElements(document, xpath, parent);
  const stranger = found.find((element) => element.parent !== parent);
  if (stranger === undefined) return found;
  const problem = `place ${xpath} gives ${xpathOf(stranger)}, which is not a child of ${xpathOf(parent)}`;
  throw new CarbonPatchError('OPERATION_INVALID', { operation: 'ensureElement', problem });
}

/** The comment that holds the sample most like the element, among those with the same name and key. */
function sampleOf(
  document: SourceDocument,
  parent: ElementSource,
  element: NewElement,
  key: readonly string[],
): LeafSource | undefined {
  const samples = commentedElements(document, parent, { name: element.name }).flatMap((commented) =>
    commented.elements
      .filter(({ name }) => name === element.name)
      .filter((sample) => key.every((one) => keyOf(commented.document, sample, one) === keyOfNew(element, one)))
      .map((sample) => ({
        comment: commented.comments.at(-1),
        likeness: likeness(commented.document, sample, element),
      })),
  );
  return samples.sort((a, b) => b.likeness - a.likeness)[0]?.comment;
}

function likeness(document: SourceDocument, sample: ElementSource, element: NewElement): number {
  const attributes = Object.entries(element.attributes ?? {});
  const children = element.children ?? [];
  const equalAttributes = attributes.filter(([name, value]) => attributeOf(document, sample, name) === value).length;
  const sharedChildren = children.filter(({ name }) => childElements(sample, name).length > 0).length;
  return equalAttributes + sharedChildren;
}

/** The value of a key, trimmed, or `undefined` where the element does not have it. */
function keyOf(document: SourceDocument, element: ElementSource, key: string): string | undefined {
  if (key.startsWith('@')) return attributeOf(document, element, key.slice(1))?.trim();
  let current: ElementSource | undefined = element;
  for (const name of key.split('/')) current = current && childElements(current, name)[0];
  return current && textOf(document, current).trim();
}

function keyOfNew(element: NewElement, key: string): string {
  const value = key.startsWith('@')
    ? element.attributes?.[key.slice(1)]
    : key
        .split('/')
        .reduce<NewElement | undefined>(
          (current, name) => current?.children?.find((child) => child.name === name),
          element,
        )?.text;
  if (value !== undefined) return value.trim();
  const problem = `the new <${element.name}> has no ${key}, which is its key`;
  throw new CarbonPatchError('OPERATION_INVALID', { operation: 'ensureElement', problem });
}
