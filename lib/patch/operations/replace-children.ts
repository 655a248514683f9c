import { CarbonPatchError } from '../../errors';
import type { TextEdit } from '../../text/edit';
import { lineIndentAt, newlineAt } from '../../text/layout';
import {
  childElements,
  isElement,
  sourceOf,
  textOf,
  type ElementSource,
  type NodeSource,
  type SourceDocument,
} from '../../xml/document';
import {
  fragmentSource,
  fragmentSources,
  sameAttributes,
  sameElement,
  type FragmentLayout,
  type NewElement,
} from '../../xml/fragment';
import { indentUnit, insertAfter, insertLast, mayStartLine } from '../../xml/insert';
import { removal } from '../../xml/remove';
import { selectElement } from '../../xml/select';
import { alignLists } from '../align-lists';
import { required } from '../argument';
import { satisfied, type OperationKind } from '../operation';
import { refuseOpaque } from '../refuse-opaque';
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
    checkNames(name, children);
    const parent = selectElement(document, at);
    refuseOpaque(document, parent, at);
    const existing = childElements(parent, name);
    const edits = listEdits(document, parent, existing, children);
    if (edits.length === 0) return satisfied;
    const before = existing.map(({ whole }) => sourceOf(document, whole).replace(/\s*[\r\n]\s*/g, '')).join(' ');
    const after = fragmentSources(children, { indent: ' ', unit: '', newline: undefined }, document);
    return { status: 'edited', edits, before: before || undefined, after: after || undefined };
  },
};

function checkNames(name: string, children: readonly NewElement[]): void {
  const stranger = children.find((child) => child.name !== name);
  if (stranger === undefined) return;
  const problem = `the list of <${name}> elements has a <${stranger.name}>`;
  throw new CarbonPatchError('OPERATION_INVALID', { operation: 'replaceChildren', problem });
}

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
          : [removalKeepingComments(document, parent, element)]),
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
  const layout = layoutBeside(document, parent, first);
  const newText = fragmentSources(added, layout, document) + separator(layout);
  return { span: { start: first.whole.start, end: first.whole.start }, newText };
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
  const layout = layoutBeside(document, parent, element);
  const source = fragmentSource(wanted, layout, document);
  const newText = [...commentsIn(document, element), source].join(separator(layout));
  return [{ span: element.whole, newText }];
}

/** `undefined` where more than texts differs. */
function textOnlyEdits(
  document: SourceDocument,
  element: ElementSource,
  wanted: NewElement,
): readonly TextEdit[] | undefined {
  const existing = childElements(element);
  const children = wanted.children ?? [];
  const isAlike =
    element.name === wanted.name && existing.length === children.length && sameAttributes(document, element, wanted);
  if (!isAlike) return undefined;
  if (sameElement(document, element, wanted)) return [];
  if (children.length === 0) return textEdits(document, element, wanted.text ?? '');
  if (textOf(document, element).trim() !== '') return undefined;
  const edits: TextEdit[] = [];
  for (const [index, child] of children.entries()) {
    const twin = existing[index];
    const some = twin && textOnlyEdits(document, twin, child);
    if (some === undefined) return undefined;
    edits.push(...some);
  }
  return edits;
}

function removalKeepingComments(document: SourceDocument, parent: ElementSource, element: ElementSource): TextEdit {
  const comments = commentsIn(document, element);
  if (comments.length === 0) return removal(document, element);
  return { span: element.whole, newText: comments.join(separator(layoutBeside(document, parent, element))) };
}

/** That of an entry with a line to itself; entries that share a line get no lines. */
function layoutBeside(document: SourceDocument, parent: ElementSource, entry: ElementSource): FragmentLayout {
  if (!mayStartLine(document, parent, entry)) return { indent: '', unit: '', newline: undefined };
  const { start } = entry.whole;
  return {
    indent: lineIndentAt(document.text, start),
    unit: indentUnit(document, parent),
    newline: newlineAt(document.text, start),
  };
}

function separator({ newline, indent }: FragmentLayout): string {
  return newline === undefined ? '' : newline + indent;
}

/** In document order; without recursion, as files may be nested more deeply than the call stack. */
function commentsIn(document: SourceDocument, element: ElementSource): readonly string[] {
  const comments: string[] = [];
  const pending: NodeSource[] = [element];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isElement(node)) for (const child of node.children.toReversed()) pending.push(child);
    else if (node.kind === 'comment') comments.push(sourceOf(document, node.whole));
  }
  return comments;
}
