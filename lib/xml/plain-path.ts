import {
  attributeOf,
  childElements,
  sourceOf,
  stringValueOf,
  type ElementSource,
  type SourceDocument,
} from './document';
import { unescapeAttribute } from './escape';
import { isTag } from './token-list';

/** A location path of child steps by plain names, which can be followed in the source tree, without a DOM. */
export interface PlainPath {
  /** True where the path starts at the document, wherever it is asked. */
  readonly isAbsolute: boolean;
  readonly steps: readonly [PlainStep, ...PlainStep[]];
}

/** `parameter[@name='domain']`: a name, and what each of its predicates compares. */
export interface PlainStep {
  readonly name: string;
  readonly predicates: readonly PlainPredicate[];
}

/** `[@name='domain']`, `[normalize-space(jndiConfig/name)='jdbc/WSO2UMDB']` or `[starts-with(@name, 'port.mapping.')]`. */
export interface PlainPredicate {
  readonly test: 'equals' | 'normalize-space' | 'starts-with';
  /** The attribute that is looked at; `undefined` where it is a child. */
  readonly attribute: string | undefined;
  /** The names of the child steps; empty where an attribute is looked at. */
  readonly path: readonly string[];
  readonly value: string;
}

/** The plain path that an XPath is, or `undefined` for every other expression, right or wrong. */
export function plainPathOf(at: string): PlainPath | undefined {
  const known = readBefore.get(at);
  if (known !== undefined) return known ?? undefined;
  const path = readPath(at);
  if (readBefore.size === mostRead) readBefore.clear();
  readBefore.set(at, path ?? null);
  return path;
}

/**
 * True where names alone decide what a plain path finds, as XPath and our rule for default namespaces have it: only the root
 * declares a default namespace, no prefix stands for the same one, and no document type adds attributes or entities.
 */
export function isPlainlyNamed(document: SourceDocument): boolean {
  const known = plainlyNamed.get(document);
  if (known !== undefined) return known;
  const isPlain = !hidesNames(document);
  plainlyNamed.set(document, isPlain);
  return isPlain;
}

/** The elements that a plain path gives in a plainly named document, in document order. It starts at `from`, or at the document. */
export function followPlainPath(
  document: SourceDocument,
  { isAbsolute, steps }: PlainPath,
  from: ElementSource | undefined,
): readonly ElementSource[] {
  const [first, ...others] = steps;
  const start = isAbsolute || from === undefined ? rootNamed(document, first.name) : childElements(from, first.name);
  return others.reduce(
    (found, step) => found.flatMap((element) => kept(document, childElements(element, step.name), step)),
    kept(document, start, first),
  );
}

const readBefore = new Map<string, PlainPath | null>();
const mostRead = 500;
const plainlyNamed = new WeakMap<SourceDocument, boolean>();

const name = String.raw`[A-Za-z_][\w.-]*`;
const literal = String.raw`(?:'[^']*'|"[^"]*")`;
// A declaration of a namespace is no attribute to XPath.
const operandForm = String.raw`(?:@(?!xmlns\b)${name}|${name}(?:/${name})*)`;
const predicate = String.raw`\[(?:${operandForm}=${literal}|normalize-space\(${operandForm}\)=${literal}|starts-with\(${operandForm}, ?${literal}\))\]`;
const step = String.raw`${name}(?:${predicate})*`;
const wholePath = new RegExp(`^/?${step}(?:/${step})*$`);
const eachStep = new RegExp(step, 'g');
const eachPredicate = new RegExp(predicate, 'g');

function readPath(at: string): PlainPath | undefined {
  if (!wholePath.test(at)) return undefined;
  const [first, ...others] = at.match(eachStep) ?? [];
  if (first === undefined) return undefined;
  return { isAbsolute: at.startsWith('/'), steps: [readStep(first), ...others.map(readStep)] };
}

function readStep(source: string): PlainStep {
  const predicates = (source.match(eachPredicate) ?? []).map(readPredicate);
  return { name: source.split('[', 1)[0] ?? '', predicates };
}

function readPredicate(source: string): PlainPredicate {
  const [, test = 'equals', operand = ''] = /^\[(?:(normalize-space|starts-with)\()?([^=,)]*)/.exec(source) ?? [];
  const [value = ''] = new RegExp(`${literal}(?=\\)?\\]$)`).exec(source) ?? [];
  const isAttribute = operand.startsWith('@');
  return {
    test: test === 'normalize-space' || test === 'starts-with' ? test : 'equals',
    attribute: isAttribute ? operand.slice(1) : undefined,
    path: isAttribute ? [] : operand.split('/'),
    value: value.slice(1, -1),
  };
}

function hidesNames(document: SourceDocument): boolean {
  const { tokens, entities, text } = document;
  // Behind the last place where a declaration can be, there is nothing to look for.
  const last = text.lastIndexOf('xmlns');
  const outer = attributeOf(document, document.root, 'xmlns');
  for (let index = 0; index < tokens.rootIndex || (index < tokens.length && tokens.startAt(index) < last); index++) {
    const kind = tokens.kindAt(index);
    if (kind === 'doctype') return true;
    if (!isTag(kind)) continue;
    for (const { name, value } of tokens.tagAt(index).attributes) {
      if (name === 'xmlns' && index !== tokens.rootIndex) return true;
      if (!name.startsWith('xmlns:')) continue;
      if (unescapeAttribute(sourceOf(document, value), entities) === outer) return true;
    }
  }
  return false;
}

function rootNamed({ root }: SourceDocument, wanted: string): readonly ElementSource[] {
  return root.name === wanted ? [root] : [];
}

function kept(
  document: SourceDocument,
  elements: readonly ElementSource[],
  { predicates }: PlainStep,
): readonly ElementSource[] {
  if (predicates.length === 0) return elements;
  return elements.filter((element) => predicates.every((one) => holds(document, element, one)));
}

function holds(document: SourceDocument, element: ElementSource, predicate: PlainPredicate): boolean {
  const { test, value } = predicate;
  const found = valuesOf(document, element, predicate);
  if (test === 'equals') return found.includes(value);
  // A function takes the first of several nodes, and an empty string for none.
  const [first = ''] = found;
  return test === 'starts-with' ? first.startsWith(value) : normalized(first) === value;
}

function valuesOf(
  document: SourceDocument,
  element: ElementSource,
  { attribute, path }: PlainPredicate,
): readonly string[] {
  if (attribute !== undefined) {
    const value = attributeOf(document, element, attribute);
    return value === undefined ? [] : [value];
  }
  const found = path.reduce<readonly ElementSource[]>(
    (elements, child) => elements.flatMap((one) => childElements(one, child)),
    [element],
  );
  return found.map((one) => stringValueOf(document, one));
}

function normalized(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}
