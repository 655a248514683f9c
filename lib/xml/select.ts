import type { Element, Node } from '@xmldom/xmldom';
import { CarbonPatchError } from '../errors';
import { lineIndex } from '../text/position';
import { childElements, type ElementSource, type SourceDocument } from './document';
import { domOf } from './dom';
import { nearestNames } from './nearest';
import { followPlainPath, isPlainlyNamed, plainPathOf, type PlainPath } from './plain-path';
import { checkSoundness } from './soundness';
import { evaluateXPath, locationSteps, parseXPath, type ParsedXPath } from './xpath-engine';
import { splitSteps } from './xpath-steps';

/**
 * The elements that an XPath 1.0 expression gives, in document order; an empty list where there are none.
 * Unprefixed element names also match the default namespace of the root; prefixes are those of `document.namespaces`.
 * A relative expression starts at `from`, or at the document. What only an entity holds is text, not elements. Throws XPATH_INVALID and TARGET_NOT_ELEMENT.
 */
export function selectElements(document: SourceDocument, at: string, from?: ElementSource): readonly ElementSource[] {
  const plain = plainPathOf(at);
  if (plain !== undefined && isPlainlyNamed(document)) {
    checkSoundness(document);
    if (from === undefined) return followedFromTop(document, at, plain);
    refuseStranger(document, from);
    return followPlainPath(document, plain, from);
  }
  const { dom, sources } = domOf(document);
  const start = from === undefined ? dom : domElement(document, from);
  const nodes = evaluate(document, parse(document, at), at, start);
  if (typeof nodes === 'string') throw notElement(document, at, 'a value');
  return nodes.map((node) => {
    const source = sources.get(node as Element);
    if (source === undefined) throw notElement(document, at, nodeKind(node));
    return source;
  });
}

/** Each operation asks several times for its target: whether it is there, what it holds, and where it lies. */
function followedFromTop(document: SourceDocument, at: string, plain: PlainPath): readonly ElementSource[] {
  const known = followed.get(document) ?? new Map<string, readonly ElementSource[]>();
  followed.set(document, known);
  const elements = known.get(at) ?? followPlainPath(document, plain, undefined);
  known.set(at, elements);
  return elements;
}

const followed = new WeakMap<SourceDocument, Map<string, readonly ElementSource[]>>();

/**
 * The one element that an XPath gives. Throws TARGET_NOT_FOUND with the nearest names that do exist, and TARGET_AMBIGUOUS
 * where there are several.
 */
export function selectElement(document: SourceDocument, at: string, from?: ElementSource): ElementSource {
  const [element, ...others] = selectElements(document, at, from);
  if (element === undefined) {
    const nearest = nearestNames(document, at, (xpath) => selectElements(document, xpath, from), from);
    throw new CarbonPatchError('TARGET_NOT_FOUND', { path: document.path, at, nearest });
  }
  if (others.length === 0) return element;
  const index = lineIndex(document.text);
  const lines = [element, ...others].map(({ whole }) => index.positionAt(whole.start).line);
  throw new CarbonPatchError('TARGET_AMBIGUOUS', { path: document.path, at, lines });
}

/** The XPath of an element by names and positions, such as `/axisconfig/clustering/parameter[2]`; for messages. */
export function xpathOf(element: ElementSource): string {
  const steps: string[] = [];
  for (let current: ElementSource | undefined = element; current; current = current.parent) {
    const { name, parent } = current;
    const alike = parent ? childElements(parent, name) : [current];
    steps.push(alike.length > 1 ? `${name}[${alike.indexOf(current) + 1}]` : name);
  }
  return `/${steps.reverse().join('/')}`;
}

/**
 * The path without its last step: what must exist for the last step to be looked for. `undefined` for an expression that
 * is not one path, or a path of one step.
 */
export function parentPath(document: SourceDocument, at: string): string | undefined {
  if (plainPathOf(at) === undefined && locationSteps(parse(document, at)) === undefined) return undefined;
  const parent = splitSteps(at).slice(0, -1).join('/').replace(/\/$/, '');
  return parent === '' ? undefined : parent;
}

function parse({ path }: SourceDocument, at: string): ParsedXPath {
  try {
    return parseXPath(at);
  } catch (error) {
    throw new CarbonPatchError('XPATH_INVALID', { path, at, problem: messageOf(error) }, { cause: error });
  }
}

function evaluate(document: SourceDocument, parsed: ParsedXPath, at: string, node: Node): readonly Node[] | string {
  const { path, namespaces } = document;
  const defaultNamespace = domOf(document).dom.documentElement?.getAttribute('xmlns') ?? null;
  try {
    return evaluateXPath(parsed, { node, namespaces, defaultNamespace });
  } catch (error) {
    throw new CarbonPatchError('XPATH_INVALID', { path, at, problem: messageOf(error) }, { cause: error });
  }
}

function domElement(document: SourceDocument, element: ElementSource): Element {
  const found = domOf(document).elements.get(element);
  if (found !== undefined) return found;
  throw stranger(document, element);
}

function refuseStranger(document: SourceDocument, element: ElementSource): void {
  let top = element;
  while (top.parent !== undefined) top = top.parent;
  if (top !== document.root) throw stranger(document, element);
}

function stranger({ path }: SourceDocument, { name }: ElementSource): CarbonPatchError {
  return new CarbonPatchError('INTERNAL_MISMATCH', { path, problem: `<${name}> is not of this document` });
}

function notElement({ path }: SourceDocument, at: string, found: string): CarbonPatchError {
  return new CarbonPatchError('TARGET_NOT_ELEMENT', { path, at, found });
}

function nodeKind(node: Node): string {
  const kinds: Readonly<Record<number, string>> = {
    2: 'an attribute',
    3: 'text',
    4: 'CDATA',
    7: 'a processing instruction',
    8: 'a comment',
    9: 'the document',
  };
  return kinds[node.nodeType] ?? 'a node of another kind';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
