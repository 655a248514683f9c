import type { TextEdit } from '../text/edit';
import { indentBefore, lineIndentAt, lineStartAt, newlineAt } from '../text/layout';
import {
  isElement,
  preservesSpace,
  sourceOf,
  type ElementSource,
  type NodeSource,
  type SourceDocument,
} from './document';
import { fragmentSources, type FragmentLayout, type NewElement } from './fragment';

/**
 * Inserts elements as the next siblings of `anchor`: behind a comment that ends its line, in its indent, with its line end.
 * Where the anchor shares its line with other elements the new ones go on that line too.
 */
export function insertAfter(
  document: SourceDocument,
  parent: ElementSource,
  anchor: NodeSource,
  elements: readonly NewElement[],
): TextEdit {
  const { last, isLastOfLine } = behindComments(document, parent, anchor);
  if (!isLastOfLine || !mayStartLine(document, parent, anchor)) {
    return insertAt(last.whole.end, fragmentSources(elements, inline, document));
  }
  const newline = newlineAt(document.text, last.whole.end);
  const indent = siblingIndent(document, parent, anchor);
  const layout: FragmentLayout = { indent, unit: indentUnit(document, parent), newline };
  return insertAt(last.whole.end, newline + indent + fragmentSources(elements, layout, document));
}

/** Inserts elements before `anchor` and before the comments that stand directly above it. */
export function insertBefore(
  document: SourceDocument,
  parent: ElementSource,
  anchor: NodeSource,
  elements: readonly NewElement[],
): TextEdit {
  const first = leadingComment(document, parent, anchor);
  if (!mayStartLine(document, parent, first)) {
    return insertAt(first.whole.start, fragmentSources(elements, inline, document));
  }
  const indent = siblingIndent(document, parent, anchor);
  const lineStart = lineStartAt(document.text, first.whole.start);
  const newline = newlineAt(document.text, lineStart);
  const layout: FragmentLayout = { indent, unit: indentUnit(document, parent), newline };
  return insertAt(lineStart, indent + fragmentSources(elements, layout, document) + newline);
}

/** Inserts elements as the last children of `parent`, which may be empty or `<a/>`. */
export function insertLast(document: SourceDocument, parent: ElementSource, elements: readonly NewElement[]): TextEdit {
  const last = parent.children.findLast((child) => !isBlank(document, child));
  return last === undefined ? insertOnly(document, parent, elements) : insertAfter(document, parent, last, elements);
}

/** Inserts elements as the first children of `parent`, before any comment but one on the line of its tag. */
export function insertFirst(
  document: SourceDocument,
  parent: ElementSource,
  elements: readonly NewElement[],
): TextEdit {
  const children = parent.children.filter((child) => !isBlank(document, child));
  const [first] = children;
  const anchor = children.find((child) => child.kind !== 'comment' || startsLine(document, child)) ?? first;
  if (first === undefined || anchor === undefined) return insertOnly(document, parent, elements);
  if (mayStartLine(document, parent, anchor)) return insertBefore(document, parent, anchor, elements);
  return insertAt(first.whole.start, fragmentSources(elements, inline, document));
}

/** True for text that is nothing but white space. */
export function isBlank(document: SourceDocument, node: NodeSource): boolean {
  return node.kind === 'text' && /^[ \t\r\n]*$/.test(sourceOf(document, node.whole));
}

/** True where a new line may be begun before or after this child: it starts one, and its white space is nothing but layout. */
export function mayStartLine(document: SourceDocument, parent: ElementSource, child: NodeSource): boolean {
  return startsLine(document, child) && !preservesSpace(document, parent);
}

/** What one level of nesting adds to the indent here: as the children of `parent` show, else as most of the file does, else four blanks. */
export function indentUnit(document: SourceDocument, parent: ElementSource): string {
  const known = indentUnits.get(parent);
  if (known !== undefined) return known;
  const own = unitBelow(document, parent) ?? (parent.parent && unitBelow(document, parent.parent));
  const unit = own ?? mostCommon(unitsOf(document, document.root)) ?? '    ';
  indentUnits.set(parent, unit);
  return unit;
}

/** What was found once; a list of thousands asks for each of its entries. */
const indentUnits = new WeakMap<ElementSource, string>();

const inline: FragmentLayout = { indent: '', unit: '', newline: undefined };

function insertAt(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

/** The first child of an element that has none: the element is opened up, and its white space serves as the last line's indent. */
function insertOnly(document: SourceDocument, parent: ElementSource, elements: readonly NewElement[]): TextEdit {
  const { text } = document;
  const blank = parent.content && sourceOf(document, parent.content);
  const hasLines = blank !== undefined && /[\r\n]/.test(blank);
  if (preservesSpace(document, parent) || (!hasLines && !mayHaveLines(document, parent))) {
    const flat = fragmentSources(elements, inline, document);
    return blank === undefined ? openElement(document, parent, flat) : insertAt(parent.openTag.end, flat);
  }
  const newline = newlineAt(text, parent.openTag.end);
  const outer = lineIndentAt(text, parent.whole.start);
  const unit = indentUnit(document, parent);
  const indent = outer + unit;
  const source = newline + indent + fragmentSources(elements, { indent, unit, newline }, document);
  if (hasLines) return insertAt(parent.openTag.end, source);
  const lines = source + newline + outer;
  return parent.content ? { span: parent.content, newText: lines } : openElement(document, parent, lines);
}

/** Makes `<a/>` an element with this content. */
function openElement({ text }: SourceDocument, { whole, name }: ElementSource, source: string): TextEdit {
  const kept = text.slice(whole.start, whole.end - '/>'.length).trimEnd();
  return { span: { start: whole.start + kept.length, end: whole.end }, newText: `>${source}</${name}>` };
}

/** False for an element amid others on one line, and in a file of one line. */
function mayHaveLines(document: SourceDocument, parent: ElementSource): boolean {
  return startsLine(document, parent) && /[\r\n]/.test(document.text);
}

function startsLine({ text }: SourceDocument, { whole }: NodeSource): boolean {
  return indentBefore(text, whole.start) !== undefined;
}

/** Comments that begin on the line on which the anchor ends belong to it; told is also whether anything else follows on that line. */
function behindComments(
  document: SourceDocument,
  parent: ElementSource,
  anchor: NodeSource,
): { readonly last: NodeSource; readonly isLastOfLine: boolean } {
  let last = anchor;
  for (let index = parent.children.indexOf(anchor) + 1; index < parent.children.length; index++) {
    const node = parent.children[index];
    if (node === undefined || (isBlank(document, node) && /[\r\n]/.test(sourceOf(document, node.whole)))) break;
    if (isBlank(document, node)) continue;
    if (node.kind !== 'comment') return { last, isLastOfLine: false };
    last = node;
  }
  return { last, isLastOfLine: true };
}

/** Comments on the lines directly above an anchor, without an empty line between, belong to it. */
function leadingComment(document: SourceDocument, parent: ElementSource, anchor: NodeSource): NodeSource {
  let first = anchor;
  for (let index = parent.children.indexOf(anchor) - 1; index > 0; index -= 2) {
    const blank = parent.children[index];
    const comment = parent.children[index - 1];
    if (blank === undefined || comment?.kind !== 'comment' || !isBlank(document, blank)) break;
    if (!startsLine(document, comment) || !startsLine(document, first)) break;
    if (sourceOf(document, blank.whole).split(/\r\n|\r|\n/).length !== 2) break;
    first = comment;
  }
  return first;
}

/**
 * The indent of the anchor where it is an element. A comment's own indent is taken where a sibling element has it too, for
 * samples are often indented by another hand; elsewhere the one that most sibling elements have.
 */
function siblingIndent(document: SourceDocument, parent: ElementSource, anchor: NodeSource): string {
  const indentOf = ({ whole }: NodeSource): string => lineIndentAt(document.text, whole.start);
  const own = indentOf(anchor);
  if (isElement(anchor)) return own;
  const indents = parent.children
    .filter(isElement)
    .filter((child) => startsLine(document, child))
    .map(indentOf);
  return indents.includes(own) ? own : (mostCommon(indents) ?? own);
}

function unitBelow(document: SourceDocument, parent: ElementSource): string | undefined {
  return mostCommon(childUnits(document, parent));
}

function unitsOf(document: SourceDocument, element: ElementSource): readonly string[] {
  const units: string[] = [];
  const pending = [element];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const unit of childUnits(document, next)) units.push(unit);
    for (const child of next.children) if (isElement(child)) pending.push(child);
  }
  return units;
}

function childUnits(document: SourceDocument, parent: ElementSource): readonly string[] {
  const outer = indentBefore(document.text, parent.whole.start);
  if (outer === undefined) return [];
  return parent.children.filter(isElement).flatMap((child) => {
    const inner = indentBefore(document.text, child.whole.start);
    const isDeeper = inner !== undefined && inner.length > outer.length && inner.startsWith(outer);
    return isDeeper ? [inner.slice(outer.length)] : [];
  });
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.entries()].sort(([, a], [, b]) => b - a)[0]?.[0];
}
