import { DOMParser, type Attr, type Document, type Element, type Node } from '@xmldom/xmldom';
import { CarbonPatchError } from '../errors';
import { lineIndex, type LineIndex } from '../text/position';
import { attributeOf, isElement, type ElementSource, type NodeSource, type SourceDocument } from './document';
import { revealComments } from './long-comments';
import { checkSoundness } from './soundness';
import { holdsEntity, isEmptyCdata, isKnownToBeFine, leafValue, sourceForXmldom } from './xmldom-view';

/** The DOM of a document, joined with its source: for each DOM element the place it came from. */
export interface JoinedDom {
  readonly dom: Document;
  readonly sources: ReadonlyMap<Element, ElementSource>;
  /** The way back. */
  readonly elements: ReadonlyMap<ElementSource, Element>;
}

/**
 * The DOM of a document. This is the gate: every node of the DOM must have its piece of source, in the same order, with the
 * same name, attributes, start offset and content; where the two readings disagree nothing may be edited and INTERNAL_MISMATCH
 * is thrown. Throws what `checkSoundness` throws. Made once for each document.
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
const instructionNode = 7;

const domKinds: ReadonlyMap<number, NodeSource['kind']> = new Map([
  [elementNode, 'element'],
  [textNode, 'text'],
  [4, 'cdata'],
  [instructionNode, 'instruction'],
  [8, 'comment'],
]);

function join(document: SourceDocument): JoinedDom {
  checkSoundness(document);
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
    joinAttributes(document, element, source, lines);
    sources.set(element, source);
    joinChildren(document, element, source, pending);
  }
  return { dom, sources, elements: new Map(Array.from(sources, ([element, source]) => [source, element])) };
}

/** What XPath must not see is blanked out, so that offsets stay: xmldom shows the XML declaration as a node and knows no entities. */
function parseDom(document: SourceDocument): Document {
  const { path } = document;
  const problems: string[] = [];
  const parser = new DOMParser({
    locator: true,
    // The XML 1.0 rule: xmldom's default also turns U+2028 into a newline, which would shift every later line number.
    normalizeLineEndings: (input) => input.replace(/\r\n?/g, '\n'),
    onError: (level, message: string) => {
      if (!isKnownToBeFine(message)) problems.push(`${level}: ${message}`);
    },
  });
  const dom = parseOrThrow(parser, sourceForXmldom(document, 'declaration'), document);
  if (problems.length > 0)
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path, problem: `the DOM parser says ${problems[0]}` });
  revealComments(dom, document);
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

function joinAttributes(document: SourceDocument, element: Element, source: ElementSource, lines: LineIndex): void {
  const attributes: readonly Attr[] = Array.from(element.attributes);
  const where = `<${source.name}> at ${source.whole.start}`;
  if (attributes.length !== source.attributes.size) {
    throw mismatch(document, `${where} has ${attributes.length} attributes in the DOM`);
  }
  for (const attribute of attributes) {
    const token = source.attributes.get(attribute.name);
    const value = attributeOf(document, source, attribute.name);
    if (token === undefined || value === undefined) {
      throw mismatch(document, `${attribute.name} of ${where} has no place in the source`);
    }
    // xmldom gives an attribute the place of its opening quote.
    const offset = lines.offsetAt(attribute.lineNumber ?? 0, attribute.columnNumber ?? 0);
    if (offset !== token.value.start - 1)
      throw mismatch(document, `${attribute.name} of ${where} is at ${offset} in the DOM`);
    if (attribute.value === value) continue;
    if (!holdsEntity(document, token.value))
      throw mismatch(document, `${attribute.name} of ${where} differs in the DOM`);
    attribute.value = value;
  }
}

function joinChildren(
  document: SourceDocument,
  element: Element,
  source: ElementSource,
  pairs: [Element, ElementSource][],
): void {
  const where = `<${source.name}> at ${source.whole.start}`;
  const nodes = Array.from(element.childNodes);
  const pieces = domPieces(source.children);
  if (nodes.length !== pieces.length) {
    throw mismatch(document, `${where} has ${nodes.length} children in the DOM, ${pieces.length} in the source`);
  }
  nodes.forEach((node, index) => {
    const [first, ...others] = pieces[index] ?? [];
    if (first === undefined || domKinds.get(node.nodeType) !== first.kind) {
      throw mismatch(document, `child ${index} of ${where} is of another kind in the DOM`);
    }
    if (first.kind === 'element') pairs.push([node as Element, first]);
    else joinLeaves(document, node, [first, ...others]);
  });
}

/** What becomes one node each: xmldom makes none of `<![CDATA[]]>`, so that the texts around it grow together. */
function domPieces(children: readonly NodeSource[]): readonly (readonly NodeSource[])[] {
  const pieces: NodeSource[][] = [];
  for (const child of children) {
    const last = pieces.at(-1);
    if (isEmptyCdata(child)) continue;
    if (child.kind === 'text' && last?.[0]?.kind === 'text') last.push(child);
    else pieces.push([child]);
  }
  return pieces;
}

function joinLeaves(document: SourceDocument, node: Node, leaves: readonly NodeSource[]): void {
  const value = leaves.map((leaf) => (isElement(leaf) ? '' : leafValue(document, leaf))).join('');
  if (node.nodeType === instructionNode || node.nodeValue === value) return;
  const mayDiffer = node.nodeType === textNode && leaves.some(({ whole }) => holdsEntity(document, whole));
  if (!mayDiffer) throw mismatch(document, `the ${leaves[0]?.kind} at ${leaves[0]?.whole.start} differs in the DOM`);
  node.nodeValue = value;
}

function mismatch({ path }: SourceDocument, problem: string): CarbonPatchError {
  return new CarbonPatchError('INTERNAL_MISMATCH', { path, problem });
}
