import { decodeXml, type DecodedText, type Encoding } from '../text/encoding';
import type { Span } from '../text/edit';
import { rootElement, type ElementSource, type LeafSource, type NodeSource } from './element-source';
import { normaliseLineEnds, unescapeAttribute, unescapeText } from './escape';
import { scan } from './scan';
import type { TokenList } from './token-list';

// Two readers of one text. The scanner owns the bytes: every element, attribute, comment and text of this tree is a span
// of the untouched source, and whatever no operation names is never printed again. @xmldom/xmldom and `xpath` decide which
// node is meant (see dom.ts and select.ts); they know no end offsets, so the start offset joins the two readings.

export type { ElementSource, LeafSource, NodeSource };

/** One parsed file: the untouched text, and for every node the place it came from. */
export interface SourceDocument {
  readonly path: string;
  readonly text: string;
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  readonly tokens: TokenList;
  readonly root: ElementSource;
  /** Internal general entities of the document type; see `Scan`. */
  readonly entities: ReadonlyMap<string, string>;
  /** The prefixes an XPath may use: those that the root element declares, and those given when parsing. */
  readonly namespaces: Readonly<Record<string, string>>;
}

/** Namespace names by prefix. */
export type Namespaces = Readonly<Record<string, string>>;

/** The document of a file's bytes. Throws UNSUPPORTED_ENCODING, ENCODING_CONFLICT, INVALID_BYTES or NOT_WELL_FORMED. */
export function parseBytes(bytes: Uint8Array, path: string, namespaces: Namespaces = {}): SourceDocument {
  return parseDecoded(decodeXml(bytes, path), path, namespaces);
}

/** The document of a text that has no byte order mark and will be written as UTF-8. Throws NOT_WELL_FORMED. */
export function parseText(text: string, path: string, namespaces: Namespaces = {}): SourceDocument {
  return parseDecoded({ text, encoding: 'UTF-8', byteOrderMark: false }, path, namespaces);
}

/** The document of a text that came from, or goes to, bytes of a known encoding. Throws NOT_WELL_FORMED. */
export function parseDecoded(decoded: DecodedText, path: string, namespaces: Namespaces = {}): SourceDocument {
  const { text, encoding, byteOrderMark } = decoded;
  const { tokens, entities } = scan(text, path);
  const root = rootElement(tokens);
  const declared = declaredNamespaces(text, root);
  return { path, text, encoding, byteOrderMark, tokens, entities, root, namespaces: { ...declared, ...namespaces } };
}

/** True for a child that is an element. */
export function isElement(node: NodeSource): node is ElementSource {
  return node.kind === 'element';
}

/** The child elements, all or those of one name, in document order. */
export function childElements(element: ElementSource, name?: string): readonly ElementSource[] {
  return element.childElements(name);
}

/** The characters of a span as they stand in the file. */
export function sourceOf({ text }: SourceDocument, { start, end }: Span): string {
  return text.slice(start, end);
}

/** The text and CDATA directly inside an element, references expanded, comments left out; not trimmed. */
export function textOf(document: SourceDocument, element: ElementSource): string {
  return element.children.map((child) => (isElement(child) ? '' : leafText(document, child))).join('');
}

function leafText(document: SourceDocument, leaf: LeafSource): string {
  if (leaf.kind === 'text') return unescapeText(sourceOf(document, leaf.whole), document.entities);
  return leaf.kind === 'cdata' ? normaliseLineEnds(sourceOf(document, cdataContent(leaf))) : '';
}

/** The string value that XPath gives an element: its text and CDATA and those of everything in it, in document order. */
export function stringValueOf(document: SourceDocument, element: ElementSource): string {
  if (!element.children.some(isElement)) return textOf(document, element);
  const texts: string[] = [];
  const pending: NodeSource[] = element.children.toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isElement(node)) pending.push(...node.children.toReversed());
    else texts.push(leafText(document, node));
  }
  return texts.join('');
}

/** The value of an attribute with references expanded, or `undefined` where the element does not have it. */
export function attributeOf(document: SourceDocument, element: ElementSource, name: string): string | undefined {
  const attribute = element.attributes.get(name);
  return attribute && unescapeAttribute(sourceOf(document, attribute.value), document.entities);
}

/** True where `xml:space` says that white space in the element is part of its text, so that no layout may be added. */
export function preservesSpace(document: SourceDocument, element: ElementSource): boolean {
  for (let current: ElementSource | undefined = element; current; current = current.parent) {
    const space = attributeOf(document, current, 'xml:space');
    if (space !== undefined) return space === 'preserve';
  }
  return false;
}

/** What stands between `<![CDATA[` and `]]>`. */
export function cdataContent({ whole }: LeafSource): Span {
  return { start: whole.start + '<![CDATA['.length, end: whole.end - ']]>'.length };
}

/** What stands between `<!--` and `-->`. */
export function commentContent({ whole }: LeafSource): Span {
  return { start: whole.start + '<!--'.length, end: whole.end - '-->'.length };
}

function declaredNamespaces(text: string, { attributes }: ElementSource): Namespaces {
  const declared = [...attributes.values()].filter(({ name }) => name.startsWith('xmlns:'));
  return Object.fromEntries(
    declared.map(({ name, value }) => [
      name.slice('xmlns:'.length),
      unescapeAttribute(text.slice(value.start, value.end), noEntities),
    ]),
  );
}

const noEntities: ReadonlyMap<string, string> = new Map();
