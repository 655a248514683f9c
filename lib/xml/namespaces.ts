import type { CarbonPatchError } from '../errors';
import { scanDoctype, type Doctype } from './doctype';
import { attributeOf, isElement, type ElementSource, type SourceDocument } from './document';
import { fromDoctype, outermostScope, xmlNamespace, type Binding, type Scope } from './namespace-scope';
import { scanInstruction, scanXmlDeclaration } from './scan-markup';
import { isQualifiedName, notQualified } from './scan-name';
import { fileSource, notWellFormed } from './scan-source';

/**
 * Throws NOT_WELL_FORMED, with the place, where the document breaks a rule of Namespaces in XML 1.0, third edition: an
 * element or attribute with two colons in its name, a prefix that is not declared, a declaration that touches `xml` or
 * `xmlns` or takes a prefix back, two attributes of one expanded name; a colon in the name of an entity or a notation, or in
 * the target of a processing instruction. Without it an XPath has no meaning, and parsers that know namespaces, as those of
 * Carbon do, refuse the file. What only the replacement text of an entity holds is text here, and its names are not looked at.
 */
export function checkNamespaces(document: SourceDocument): void {
  const declared = checkOutsideOfElements(document);
  const scope = outermostScope();
  // `undefined` stands for the way out of an element: a loop with a stack of its own, as files may be nested deeply.
  const pending: (ElementSource | undefined)[] = [document.root];
  while (pending.length > 0) {
    const element = pending.pop();
    if (element === undefined) {
      scope.leave();
      continue;
    }
    const attributes = declared.get(element.name) ?? noAttributes;
    scope.enter(bindingsOf(document, element, attributes));
    checkNames(document, element, attributes, scope);
    pending.push(undefined);
    // The first child comes off the stack first, so that the first problem of the file is the one that is told.
    for (const child of element.children.toReversed()) if (isElement(child)) pending.push(child);
  }
}

type DeclaredAttributes = NonNullable<ReturnType<Doctype['attributes']['get']>>;

const noAttributes: DeclaredAttributes = new Map();
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';
const xmlnsPrefix = 'xmlns:';

/** Scans instructions and the DOCTYPE once more, by the rules for their names; gives what the DOCTYPE says of attributes. */
function checkOutsideOfElements({ tokens, text, path }: SourceDocument): Doctype['attributes'] {
  const source = fileSource(text, path, 'namespaces');
  let attributes: Doctype['attributes'] = new Map();
  for (const { kind, span } of tokens) {
    if (kind === 'instruction') scanInstruction(source, span.start);
    if (kind === 'doctype')
      attributes = scanDoctype(source, span.start, scanXmlDeclaration(source).isStandalone).attributes;
  }
  return attributes;
}

/** What the prefixes stand for that the tag declares or else, by a default value, the DOCTYPE. */
function bindingsOf(
  document: SourceDocument,
  element: ElementSource,
  declared: DeclaredAttributes,
): ReadonlyMap<string, Binding> {
  const bindings = new Map<string, Binding>();
  for (const { name, defaultValue } of declared.values()) {
    if (defaultValue !== undefined && name.startsWith(xmlnsPrefix)) bindings.set(prefixOf(name), fromDoctype);
  }
  for (const { name, whole } of element.attributes.values()) {
    if (name !== 'xmlns' && !name.startsWith(xmlnsPrefix)) continue;
    const value = attributeOf(document, element, name) ?? '';
    const namespace = declared.get(name)?.isTokenized ? value.replace(/ +/g, ' ').replace(/^ | $/g, '') : value;
    const problem = problemWithDeclaration(name, namespace);
    if (problem !== undefined) throw broken(document, whole.start, problem);
    if (name !== 'xmlns') bindings.set(prefixOf(name), namespace);
  }
  return bindings;
}

/** The `p` of `xmlns:p`. */
function prefixOf(declaration: string): string {
  return declaration.slice(xmlnsPrefix.length);
}

function problemWithDeclaration(name: string, namespace: string): string | undefined {
  if (!isQualifiedName(name)) return notQualified(name);
  if (namespace === xmlnsNamespace || name === 'xmlns:xmlns')
    return `${name} declares what only stands for declarations`;
  if (name === 'xmlns:xml' && namespace !== xmlNamespace) return 'xmlns:xml gives the prefix xml another meaning';
  if (name !== 'xmlns:xml' && namespace === xmlNamespace) return `${name} declares the namespace of the prefix xml`;
  if (name !== 'xmlns' && namespace === '') return `${name} is empty, though a prefix cannot be taken back in XML 1.0`;
  return undefined;
}

function checkNames(
  document: SourceDocument,
  { name, attributes, whole }: ElementSource,
  declared: DeclaredAttributes,
  scope: Scope,
): void {
  expandedName(document, name, whole.start, scope);
  if (name.startsWith(xmlnsPrefix)) throw broken(document, whole.start, `${name} has the prefix of declarations`);
  const taken = new Set<string>();
  const take = (attribute: string, offset: number): void => {
    const expanded = expandedName(document, attribute, offset, scope);
    if (expanded === undefined) return;
    if (taken.has(expanded)) {
      const problem = `<${name}> has attribute ${attribute} twice, under two prefixes of one namespace`;
      throw broken(document, offset, problem);
    }
    taken.add(expanded);
  };
  for (const attribute of attributes.values()) take(attribute.name, attribute.whole.start);
  for (const { name: missing, defaultValue } of declared.values()) {
    if (defaultValue !== undefined && !attributes.has(missing)) take(missing, whole.start);
  }
}

/** Namespace and local name of a name with a prefix; `undefined` for one without. */
function expandedName(document: SourceDocument, name: string, offset: number, scope: Scope): string | undefined {
  if (!isQualifiedName(name)) throw broken(document, offset, notQualified(name));
  const [prefix = '', local] = name.split(':');
  if (local === undefined || prefix === 'xmlns') return undefined;
  const namespace = scope.find(prefix);
  if (namespace === undefined) throw broken(document, offset, `the prefix of ${name} is not declared`);
  if (namespace === fromDoctype) {
    throw broken(document, offset, `the prefix of ${name} is declared in the DOCTYPE alone; declare it in a tag`);
  }
  return `${namespace} ${local}`;
}

function broken({ path, text }: SourceDocument, offset: number, problem: string): CarbonPatchError {
  return notWellFormed(path, text, offset, problem);
}
