import type { Document, Element, Node } from 'slimdom';
import { diffArrays } from 'diff/lib/diff/array.js';
import { parseIndependently } from '../../independent-parser';
import type { EditedFile, Step, WantedEdit } from './wanted-edits';

/** What a tool made of one file. */
export interface Verdict {
  /** The elements, attributes and texts are those that the edits ask for, white space around texts aside. */
  readonly isRight: boolean;
  /** Comments that are gone or other than they were. */
  readonly lostComments: number;
  /** Lines that no edit names, and that are not what they were, byte for byte. */
  readonly changedLines: number;
  /** Lines that no edit names. */
  readonly otherLines: number;
}

/** Compares the file of a tool with what slimdom makes of the same edits, and line by line with `own`, ours. */
export function judge(file: EditedFile, before: Buffer, own: Buffer, after: Buffer): Verdict {
  const expected = parseIndependently(before.toString('latin1'));
  for (const edit of file.edits) makeEdit(expected, edit, file.namespace ?? null);
  const others = commonLines(before, own);
  const found = tryToParse(after);
  return {
    isRight: found !== undefined && meaningOf(found) === meaningOf(expected),
    lostComments: found === undefined ? NaN : missing(commentsOf(expected), commentsOf(found)),
    changedLines: missing(others, linesOf(after)),
    otherLines: others.length,
  };
}

function tryToParse(bytes: Buffer): Document | undefined {
  try {
    return parseIndependently(bytes.toString('latin1'));
  } catch {
    return undefined;
  }
}

function makeEdit(document: Document, { at, set, value }: WantedEdit, namespace: string | null): void {
  const target = at.reduce<Document | Element>((parent, step) => childOf(parent, step), document) as Element;
  if (set === 'text') target.textContent = value;
  else if ('attribute' in set) target.setAttribute(set.attribute, value);
  else {
    const added = document.createElementNS(namespace, set.newElementBehind);
    added.textContent = value;
    target.parentNode?.insertBefore(added, target.nextSibling);
  }
}

function childOf(parent: Document | Element, { name, where }: Step): Element {
  const fits = (element: Element): boolean => {
    if (where === undefined) return true;
    if (where.attribute !== undefined) return element.getAttribute(where.attribute) === where.value;
    return childOf(element, { name: where.child ?? '' }).textContent === where.value;
  };
  const found = parent.children.filter((child) => child.localName === name && fits(child));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} elements ${name}, not one`);
  return only;
}

/** The elements with their attributes and texts, in order, as lines. */
function meaningOf(document: Document): string {
  return nodesBelow(document)
    .map((node) => {
      if (isElement(node)) {
        const attributes = node.attributes.map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
        return `${'>'.repeat(depthOf(node))} {${node.namespaceURI}}${node.localName} ${attributes.toSorted().join(' ')}`;
      }
      const isText = node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE;
      return isText ? (node.nodeValue ?? '').trim() : '';
    })
    .filter((line) => line !== '')
    .join('\n');
}

function commentsOf(document: Document): readonly string[] {
  return nodesBelow(document)
    .filter((node) => node.nodeType === node.COMMENT_NODE)
    .map((node) => node.nodeValue ?? '');
}

function isElement(node: Node): node is Element {
  return node.nodeType === node.ELEMENT_NODE;
}

function nodesBelow(node: Node): readonly Node[] {
  return node.childNodes.flatMap((child) => [child, ...nodesBelow(child)]);
}

function depthOf(node: Node): number {
  return node.parentNode === null ? 0 : 1 + depthOf(node.parentNode);
}

/** The lines, with their ends, one character for each byte. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').split(/(?<=\n)/);
}

function commonLines(before: Buffer, after: Buffer): readonly string[] {
  const parts = diffArrays(linesOf(before), linesOf(after));
  return parts.flatMap(({ added, removed, value }) => (added || removed ? [] : value));
}

/** How many of some strings are not among others in the same order. */
function missing(wanted: readonly string[], found: readonly string[]): number {
  const parts = diffArrays([...wanted], [...found]);
  return parts.reduce((sum, { removed, value }) => sum + (removed ? value.length : 0), 0);
}
