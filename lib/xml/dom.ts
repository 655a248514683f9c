import { DOMParser, type Attr, type Document, type Element, type Node } from '@xmldom/xmldom';
import { CarbonPatchError } from '../errors';
import { lineIndex } from '../text/position';
import {
  attributeOf,
  sourceOf,
  type ElementSource,
  type LeafSource,
  type NodeSource,
  type SourceDocument,
} from './document';
import { unescapeText } from './escape';

/** The DOM of a document, joined with its source: for each DOM element the place it came from. */
export interface JoinedDom {
  readonly dom: Document;
  readonly sources: ReadonlyMap<Element, ElementSource>;
  /** The way back. */
  readonly elements: ReadonlyMap<ElementSource, Element>;
}

/**
 * The DOM of a document. This is the gate: every node of the DOM must have its piece of source, in the same order, with the
 * same name, attributes and start offset; where the two readings disagree nothing may be edited and INTERNAL_MISMATCH is
 * thrown. Made once for each document.
 */
export function domOf(document: SourceDocument): JoinedDom {
  const known = joined.get(document);
  if (known) return known;
  const made = join(document);
  joined.set(document, made);
  return made;
}

const joined = new WeakMap<SourceDocument, JoinedDom>();

const elementNode = 1;
const textNode = 3;

const domKinds: ReadonlyMap<number, NodeSource['kind']> = new Map([
  [elementNode, 'element'],
  [textNode, 'text'],
  [4, 'cdata'],
  [7, 'instruction'],
  [8, 'comment'],
]);

function join(document: SourceDocument): JoinedDom {
  const dom = parseDom(document);
  const lines = lineIndex(document.text);
  const sources = new Map<Element, ElementSource>();
  if (!dom.documentElement) throw mismatch(document, 'there is no root in the DOM');
  const pending: [Element, ElementSource][] = [[dom.documentElement, document.root]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [element, source] = pair;
    const offset = lines.offsetAt(element.lineNumber ?? 0, element.columnNumber ?? 0);
    if (element.nodeName !== source.name || offset !== source.whole.start) {
      throw mismatch(
        document,
        `<${source.name}> at ${source.whole.start} is <${element.nodeName}> at ${offset} in the DOM`,
      );
    }
    joinAttributes(document, element, source);
    sources.set(element, source);
    pending.push(...joinChildren(document, element, source));
  }
  return { dom, sources, elements: new Map(Array.from(sources, ([element, source]) => [source, element])) };
}

/** What XPath must not see is blanked out, so that offsets stay: xmldom shows the XML declaration as a node and knows no entities. */
function parseDom(document: SourceDocument): Document {
  const { tokens, text, path } = document;
  const source = tokens
    .map(({ kind, span }) => {
      const raw = text.slice(span.start, span.end);
      return kind === 'declaration' || kind === 'doctype' ? raw.replace(/[^\r\n]/g, ' ') : raw;
    })
    .join('');
  const problems: string[] = [];
  const parser = new DOMParser({
    locator: true,
    // The XML 1.0 rule: xmldom's default also turns U+2028 into a newline, which would shift every later line number.
    normalizeLineEndings: (input) => input.replace(/\r\n?/g, '\n'),
    onError: (level, message: string) => {
      // The scanner has checked every reference; the values of declared entities are put in while joining.
      if (!message.startsWith('entity not found')) problems.push(`${level}: ${message}`);
    },
  });
  const dom = parseOrThrow(parser, source, document);
  if (problems.length > 0)
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path, problem: `the DOM parser says ${problems[0]}` });
  for (const node of Array.from(dom.childNodes)) if (node.nodeType === textNode) dom.removeChild(node);
  return dom;
}

function parseOrThrow(parser: DOMParser, source: string, { path }: SourceDocument): Document {
  try {
    return parser.parseFromString(source, 'text/xml');
  } catch (error) {
    throw new CarbonPatchError(
      'INTERNAL_MISMATCH',
      { path, problem: `the DOM parser says ${String(error)}` },
      { cause: error },
    );
  }
}

function joinAttributes(document: SourceDocument, element: Element, source: ElementSource): void {
  const attributes: readonly Attr[] = Array.from(element.attributes);
  if (attributes.length !== source.attributes.size) {
    throw mismatch(
      document,
      `<${source.name}> at ${source.whole.start} has ${attributes.length} attributes in the DOM`,
    );
  }
  for (const attribute of attributes) {
    const value = attributeOf(document, source, attribute.name);
    if (value === undefined)
      throw mismatch(document, `${attribute.name} of <${source.name}> has no place in the source`);
    if (attribute.value === value) continue;
    if (document.entities.size === 0)
      throw mismatch(document, `${attribute.name} of <${source.name}> differs in the DOM`);
    attribute.value = value;
  }
}

function joinChildren(document: SourceDocument, element: Element, source: ElementSource): [Element, ElementSource][] {
  const nodes = Array.from(element.childNodes);
  if (nodes.length !== source.children.length) {
    throw mismatch(
      document,
      `<${source.name}> at ${source.whole.start} has ${nodes.length} children in the DOM, ${source.children.length} in the source`,
    );
  }
  const pairs: [Element, ElementSource][] = [];
  nodes.forEach((node, index) => {
    const child = source.children[index];
    if (child === undefined || domKinds.get(node.nodeType) !== child.kind) {
      throw mismatch(
        document,
        `child ${index} of <${source.name}> at ${source.whole.start} is of another kind in the DOM`,
      );
    }
    if (child.kind === 'element') pairs.push([node as Element, child]);
    else if (child.kind === 'text') joinText(document, node, child);
  });
  return pairs;
}

function joinText(document: SourceDocument, node: Node, leaf: LeafSource): void {
  const value = unescapeText(sourceOf(document, leaf.whole), document.entities);
  if (node.nodeValue === value) return;
  if (document.entities.size === 0) throw mismatch(document, `the text at ${leaf.whole.start} differs in the DOM`);
  node.nodeValue = value;
}

function mismatch({ path }: SourceDocument, problem: string): CarbonPatchError {
  return new CarbonPatchError('INTERNAL_MISMATCH', { path, problem });
}
