import type { Element, Node } from 'slimdom';
import { parseIndependently } from '../independent-parser';

/** What an XML text means, apart from the layout of its tags, as slimdom reads it, which the library does not use. */
export interface Meaning {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Part[];
}

/** An element, a text (joined across CDATA), a comment or a processing instruction. */
export type Part =
  Meaning | { readonly text: string } | { readonly comment: string } | { readonly instruction: string };

/** The meaning of a text, in an element around its root, with entities expanded. Throws where slimdom refuses the text. */
export function meaningOf(text: string): Meaning {
  const { documentElement } = parseIndependently(text);
  if (!documentElement) throw new Error('no root');
  return { name: '#document', attributes: {}, children: [elementMeaning(documentElement)] };
}

export function isElement(part: Part): part is Meaning {
  return 'name' in part;
}

export function isText(part: Part | undefined): part is { readonly text: string } {
  return part !== undefined && 'text' in part;
}

export function isComment(part: Part): part is { readonly comment: string } {
  return 'comment' in part;
}

/** All elements of a meaning, in document order, the one around the root first. */
export function elementsOf(meaning: Meaning): readonly Meaning[] {
  return [meaning, ...meaning.children.filter(isElement).flatMap(elementsOf)];
}

/** All comments of a meaning, sorted. */
export function commentsOf(meaning: Meaning): readonly string[] {
  return elementsOf(meaning)
    .flatMap(({ children }) => children.filter(isComment))
    .map(({ comment }) => comment)
    .sort();
}

/** The text and CDATA directly in an element. */
export function directText({ children }: Meaning): string {
  return children
    .filter(isText)
    .map(({ text }) => text)
    .join('');
}

/** The meaning with every element that `isMeant` changed; texts that then touch are joined. */
export function change(
  meaning: Meaning,
  isMeant: (element: Meaning) => boolean,
  by: (element: Meaning) => Meaning,
): Meaning {
  const children = meaning.children.map((part) => (isElement(part) ? change(part, isMeant, by) : part));
  const changed = isMeant(meaning) ? by({ ...meaning, children }) : { ...meaning, children };
  return { ...changed, children: joinTexts(changed.children) };
}

/** An element without the white space in its own texts. */
export function withoutLayout(element: Meaning): Meaning {
  const children = element.children.map((part) => (isText(part) ? { text: part.text.replace(/[ \t\n]+/g, '') } : part));
  return { ...element, children: joinTexts(children) };
}

function elementMeaning(element: Element): Meaning {
  const attributes = Array.from(element.attributes, ({ name, value }): [string, string] => [name, value]);
  return {
    name: element.nodeName,
    attributes: Object.fromEntries(attributes.sort(([a], [b]) => (a < b ? -1 : 1))),
    children: joinTexts(Array.from(element.childNodes, partOf)),
  };
}

function partOf(node: Node): Part {
  const value = node.nodeValue ?? '';
  if (node.nodeType === 1) return elementMeaning(node as Element);
  if (node.nodeType === 8) return { comment: value };
  return node.nodeType === 7 ? { instruction: `${node.nodeName} ${value}` } : { text: value };
}

function joinTexts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (isText(part) && isText(last)) joined[joined.length - 1] = { text: last.text + part.text };
    else if (!isText(part) || part.text !== '') joined.push(part);
  }
  return joined;
}
