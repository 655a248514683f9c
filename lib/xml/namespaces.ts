import type { CarbonPatchError } from '../errors';
import { scanDoctype, type Doctype } from './doctype';
import { sourceOf, type SourceDocument } from './document';
import { unescapeAttribute } from './escape';
import { beyondLimits, mostAttributes, mostDefaults } from './limits';
import { fromDoctype, outermostScope, xmlNamespace, type Binding, type Scope } from './namespace-scope';
import { scanInstruction, scanXmlDeclaration } from './scan-markup';
import { isQualifiedName, notQualified } from './scan-name';
import { fileSource, notWellFormed } from './scan-source';
import type { TagToken } from './token';
import { isTag } from './token-list';

/**
 * Throws NOT_WELL_FORMED, with the place, where the document breaks a rule of Namespaces in XML 1.0, third edition: an
 * element or attribute with two colons in its name, a prefix that is not declared, a declaration that touches `xml` or
 * `xmlns` or takes a prefix back, two attributes of one expanded name; a colon in the name of an entity or a notation, or in
 * the target of a processing instruction. Without it an XPath has no meaning, and parsers that know namespaces, as those of
 * Carbon do, refuse the file. Throws BEYOND_LIMITS where the DOCTYPE adds too many attributes to look at. What only the replacement text of an entity holds is text here, and its names are not looked at.
 */
export function checkNamespaces(document: SourceDocument): void {
  const declaredFor = declarationsByElement(scanOutsideOfElements(document));
  const scope = outermostScope();
  let defaults = 0;
  const { tokens } = document;
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens.kindAt(index);
    if (kind === 'endTag') scope.leave();
    if (!isTag(kind)) continue;
    const tag = tokens.tagAt(index);
    const declared = declaredFor(tag.name);
    defaults += declared.defaults.length;
    if (defaults > mostDefaults)
      throw beyondLimits(document.path, `its DOCTYPE adds more than ${mostDefaults} attributes`);
    if (tag.attributes.length > mostAttributes) {
      throw beyondLimits(document.path, `<${tag.name}> has more than ${mostAttributes} attributes`);
    }
    scope.enter(bindingsOf(document, tag, declared));
    checkNames(document, tag, declared, scope);
    if (kind === 'emptyTag') scope.leave();
  }
}

/** What the DOCTYPE says of the attributes of one element. */
interface Declared {
  /** The names with a prefix, `xmlns` too, of the attributes that each such element has whether it writes them or not. */
  readonly defaults: readonly string[];
  /** The names of attributes in whose values white space does not count. */
  readonly tokenized: ReadonlySet<string>;
}

const nothingDeclared: Declared = { defaults: [], tokenized: new Set() };
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';
const xmlnsPrefix = 'xmlns:';

/** Scans instructions and the DOCTYPE once more, by the rules for their names; gives what the DOCTYPE says of attributes. */
function scanOutsideOfElements({ tokens, text, path }: SourceDocument): Doctype['attributes'] {
  const source = fileSource(text, path, 'namespaces');
  let attributes: Doctype['attributes'] = new Map();
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens.kindAt(index);
    const start = tokens.startAt(index);
    if (kind === 'instruction') scanInstruction(source, start);
    if (kind !== 'doctype') continue;
    attributes = scanDoctype(source, start, scanXmlDeclaration(source).isStandalone).attributes;
  }
  return attributes;
}

function declarationsByElement(attributes: Doctype['attributes']): (element: string) => Declared {
  const byElement = new Map<string, Declared>();
  for (const [element, declared] of attributes) {
    const all = [...declared.values()];
    const defaults = all.filter(({ name, defaultValue }) => defaultValue !== undefined && name.includes(':'));
    const tokenized = all.filter(({ isTokenized }) => isTokenized);
    byElement.set(element, {
      defaults: defaults.map(({ name }) => name),
      tokenized: new Set(tokenized.map(({ name }) => name)),
    });
  }
  return (element) => byElement.get(element) ?? nothingDeclared;
}

/** What the prefixes stand for that the tag declares or else, by a default value, the DOCTYPE. */
function bindingsOf(
  document: SourceDocument,
  { attributes }: TagToken,
  { defaults, tokenized }: Declared,
): ReadonlyMap<string, Binding> {
  if (attributes.length + defaults.length === 0) return noBindings;
  const bindings = new Map<string, Binding>();
  for (const name of defaults) if (name.startsWith(xmlnsPrefix)) bindings.set(prefixOf(name), fromDoctype);
  for (const { name, whole, value: raw } of attributes) {
    if (name !== 'xmlns' && !name.startsWith(xmlnsPrefix)) continue;
    const value = unescapeAttribute(sourceOf(document, raw), document.entities);
    const namespace = tokenized.has(name) ? value.replace(/ +/g, ' ').replace(/^ | $/g, '') : value;
    const problem = problemWithDeclaration(name, namespace);
    if (problem !== undefined) throw broken(document, whole.start, problem);
    if (name !== 'xmlns') bindings.set(prefixOf(name), namespace);
  }
  return bindings;
}

const noBindings: ReadonlyMap<string, Binding> = new Map();

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
  { name, attributes, span }: TagToken,
  { defaults }: Declared,
  scope: Scope,
): void {
  expandedName(document, name, span.start, scope);
  if (name.startsWith(xmlnsPrefix)) throw broken(document, span.start, `${name} has the prefix of declarations`);
  if (attributes.length + defaults.length === 0) return;
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
  for (const attribute of attributes) take(attribute.name, attribute.whole.start);
  for (const missing of defaults) if (!attributes.some((one) => one.name === missing)) take(missing, span.start);
}

/** Namespace and local name of a name with a prefix; `undefined` for one without. */
function expandedName(document: SourceDocument, name: string, offset: number, scope: Scope): string | undefined {
  if (!name.includes(':')) return undefined;
  if (!isQualifiedName(name)) throw broken(document, offset, notQualified(name));
  const [prefix = '', local = ''] = name.split(':');
  if (prefix === 'xmlns') return undefined;
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
