import type { TextEdit } from '../../text/edit';
import { newlineAt } from '../../text/layout';
import { childElements, isElement, sourceOf, type ElementSource, type SourceDocument } from '../../xml/document';
import { fragmentSource, fragmentSources, sameElement, type NewElement } from '../../xml/fragment';
import { indentUnit, insertAfter, insertLast, startsLine } from '../../xml/insert';
import { lineIndentAt } from '../../text/layout';
import { removal } from '../../xml/remove';
import { selectElement } from '../../xml/select';
import { alignLists } from '../align-lists';
import { required } from '../argument';
import { satisfied, type OperationKind } from '../operation';
import { textEdits } from './set-text';

/** The arguments of `replaceChildren`. */
export interface ReplaceChildrenArguments {
  readonly at: string;
  readonly name: string;
  readonly children: readonly NewElement[];
}

/** Makes the `<member>` elements of `<members>` exactly the given ones, in the given order. */
export const replaceChildren: OperationKind<ReplaceChildrenArguments> = {
  summary:
    'Makes the child elements of one name exactly this list, in this order. Those that are right stay, comments and other elements stay; an empty list clears it.',
  arguments: {
    at: required('xpath', 'The parent.'),
    name: required('name', 'The name of the child elements that form the list.'),
    children: required('elements', 'The list as it should be.'),
  },
  evaluate(document, { at, name, children }) {
    const parent = selectElement(document, at);
    const existing = childElements(parent, name);
    const edits = listEdits(document, parent, existing, children);
    if (edits.length === 0) return satisfied;
    const before = existing.map(({ whole }) => sourceOf(document, whole).replace(/\s*[\r\n]\s*/g, '')).join(' ');
    const after = fragmentSources(children, { indent: ' ', unit: '', newline: undefined }, document);
    return { status: 'edited', edits, before: before || undefined, after: after || undefined };
  },
};

function listEdits(
  document: SourceDocument,
  parent: ElementSource,
  existing: readonly ElementSource[],
  wanted: readonly NewElement[],
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let anchor: ElementSource | undefined;
  for (const { left, right } of alignLists(existing, wanted, (one, other) => sameElement(document, one, other))) {
    left.forEach((element, index) => {
      const replacement = right[index];
      edits.push(
        ...(replacement
          ? updateEdits(document, parent, element, replacement)
          : [removalKeepingComments(document, element)]),
      );
    });
    anchor = left.at(-1) ?? anchor;
    const added = right.slice(left.length);
    if (added.length > 0)
      edits.push(
        anchor ? insertAfter(document, parent, anchor, added) : insertBeforeList(document, parent, existing, added),
      );
  }
  return edits;
}

/** New first entries of a list that has others go before these, not behind the comments that follow the list. */
function insertBeforeList(
  document: SourceDocument,
  parent: ElementSource,
  [first]: readonly ElementSource[],
  added: readonly NewElement[],
): TextEdit {
  if (first === undefined) return insertLast(document, parent, added);
  const indent = lineIndentAt(document.text, first.whole.start);
  const newline = startsLine(document, first) ? newlineAt(document.text, first.whole.start) : undefined;
  const source = fragmentSources(added, { indent, unit: indentUnit(document, parent), newline }, document);
  return {
    span: { start: first.whole.start, end: first.whole.start },
    newText: source + (newline === undefined ? '' : newline + indent),
  };
}

/** Where only texts differ, only texts are written; else the element is written anew and its comments go before it. */
function updateEdits(
  document: SourceDocument,
  parent: ElementSource,
  element: ElementSource,
  wanted: NewElement,
): readonly TextEdit[] {
  if (sameElement(document, element, wanted)) return [];
  const texts = textOnlyEdits(document, element, wanted);
  if (texts) return texts;
  const indent = lineIndentAt(document.text, element.whole.start);
  const newline = startsLine(document, element) ? newlineAt(document.text, element.whole.start) : undefined;
  const source = fragmentSource(wanted, { indent, unit: indentUnit(document, parent), newline }, document);
  return [
    {
      span: element.whole,
      newText: [...commentsIn(document, element), source].join(newline === undefined ? '' : newline + indent),
    },
  ];
}

function textOnlyEdits(
  document: SourceDocument,
  element: ElementSource,
  wanted: NewElement,
): readonly TextEdit[] | undefined {
  const existing = childElements(element);
  const children = wanted.children ?? [];
  const sameShape =
    existing.length === children.length &&
    element.attributes.size === 0 &&
    wanted.attributes === undefined &&
    children.length > 0 &&
    existing.every((child, index) => {
      const other = children[index];
      const isLeaf = child.attributes.size === 0 && !child.children.some(isElement);
      return isLeaf && other?.name === child.name && other.attributes === undefined && other.children === undefined;
    });
  if (!sameShape) return undefined;
  return existing.flatMap((child, index) => textEdits(document, child, children[index]?.text ?? ''));
}

function removalKeepingComments(document: SourceDocument, element: ElementSource): TextEdit {
  const comments = commentsIn(document, element);
  if (comments.length === 0) return removal(document, element);
  const indent = lineIndentAt(document.text, element.whole.start);
  return { span: element.whole, newText: comments.join(newlineAt(document.text, element.whole.start) + indent) };
}

function commentsIn(document: SourceDocument, element: ElementSource): readonly string[] {
  return element.children.flatMap((child) => {
    if (isElement(child)) return commentsIn(document, child);
    return child.kind === 'comment' ? [sourceOf(document, child.whole)] : [];
  });
}
