import type { TextEdit } from '../text/edit';
import { indentBefore, lineEndAt, lineIndentAt, lineStartAt, newlineAt } from '../text/layout';
import { isElement, sourceOf, type ElementSource, type NodeSource, type SourceDocument } from './document';
import { fragmentSources, type FragmentLayout, type NewElement } from './fragment';

/** Inserts elements as the next siblings of `anchor`: behind a comment that ends its line, in its indent, with its line end. */
export function insertAfter(
  document: SourceDocument,
  parent: ElementSource,
  anchor: NodeSource,
  elements: readonly NewElement[],
): TextEdit {
  const { text } = document;
  const last = trailingComment(document, parent, anchor);
  const ownLine = startsLine(document, anchor);
  if (!ownLine) return insertAt(last.whole.end, fragmentSources(elements, inline, document));
  const newline = newlineAt(text, last.whole.end);
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
  if (!startsLine(document, first)) return insertAt(first.whole.start, fragmentSources(elements, inline, document));
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

/** Inserts elements as the first children of `parent`, before any comment. */
export function insertFirst(
  document: SourceDocument,
  parent: ElementSource,
  elements: readonly NewElement[],
): TextEdit {
  const first = parent.children.find((child) => !isBlank(document, child));
  if (first === undefined) return insertOnly(document, parent, elements);
  if (!startsLine(document, first)) return insertAt(first.whole.start, fragmentSources(elements, inline, document));
  return insertBefore(document, parent, first, elements);
}

/** True for text that is nothing but white space. */
export function isBlank(document: SourceDocument, node: NodeSource): boolean {
  return node.kind === 'text' && /^[ \t\r\n]*$/.test(sourceOf(document, node.whole));
}

/** True where nothing but white space stands before the node on its line. */
export function startsLine({ text }: SourceDocument, { whole }: NodeSource): boolean {
  return indentBefore(text, whole.start) !== undefined;
}

/** What one level of nesting adds to the indent here: as the children of `parent` show, else as most of the file does, else four blanks. */
export function indentUnit(document: SourceDocument, parent: ElementSource): string {
  const own = unitBelow(document, parent) ?? (parent.parent && unitBelow(document, parent.parent));
  return own ?? mostCommon(unitsOf(document, document.root)) ?? '    ';
}

const inline: FragmentLayout = { indent: '', unit: '', newline: undefined };

function insertAt(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

/** The first child of an element that has none: the element is opened up, and its white space serves as the last line's indent. */
function insertOnly(document: SourceDocument, parent: ElementSource, elements: readonly NewElement[]): TextEdit {
  const { text } = document;
  const newline = newlineAt(text, parent.openTag.end);
  const outer = lineIndentAt(text, parent.whole.start);
  const unit = indentUnit(document, parent);
  const indent = outer + unit;
  const source = newline + indent + fragmentSources(elements, { indent, unit, newline }, document);
  if (parent.content === undefined) {
    const kept = text.slice(parent.whole.start, parent.whole.end - '/>'.length).trimEnd();
    return {
      span: { start: parent.whole.start + kept.length, end: parent.whole.end },
      newText: `>${source}${newline}${outer}</${parent.name}>`,
    };
  }
  const blank = sourceOf(document, parent.content);
  const closes = /[\r\n]/.test(blank);
  return closes
    ? insertAt(parent.content.start, source)
    : { span: parent.content, newText: `${source}${newline}${outer}` };
}

/** A comment on the line on which the anchor ends belongs to it. */
function trailingComment(document: SourceDocument, parent: ElementSource, anchor: NodeSource): NodeSource {
  const lineEnd = lineEndAt(document.text, anchor.whole.end);
  const following = parent.children.slice(parent.children.indexOf(anchor) + 1);
  let last = anchor;
  for (const node of following) {
    if (node.whole.start >= lineEnd || !(node.kind === 'comment' || isBlank(document, node))) break;
    if (node.kind === 'comment' && node.whole.end <= lineEnd) last = node;
  }
  return last;
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

/** The indent of the anchor where it is an element, else the one that most sibling elements have. */
function siblingIndent(document: SourceDocument, parent: ElementSource, anchor: NodeSource): string {
  const indentOf = ({ whole }: NodeSource): string => lineIndentAt(document.text, whole.start);
  if (isElement(anchor)) return indentOf(anchor);
  const siblings = parent.children.filter(isElement).filter((child) => startsLine(document, child));
  return mostCommon(siblings.map(indentOf)) ?? indentOf(anchor);
}

function unitBelow(document: SourceDocument, parent: ElementSource): string | undefined {
  return mostCommon(childUnits(document, parent));
}

function unitsOf(document: SourceDocument, element: ElementSource): readonly string[] {
  const units: string[] = [];
  const pending = [element];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    units.push(...childUnits(document, next));
    pending.push(...next.children.filter(isElement));
  }
  return units;
}

function childUnits(document: SourceDocument, parent: ElementSource): readonly string[] {
  if (!startsLine(document, parent)) return [];
  const outer = lineIndentAt(document.text, parent.whole.start);
  return parent.children.filter(isElement).flatMap((child) => {
    const inner = indentBefore(document.text, child.whole.start);
    return inner !== undefined && inner.length > outer.length && inner.startsWith(outer)
      ? [inner.slice(outer.length)]
      : [];
  });
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.entries()].sort(([, a], [, b]) => b - a)[0]?.[0];
}
