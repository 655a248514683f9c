import type { CarbonPatchError } from '../errors';
import { nameEnd } from './characters';
import { attributeOf, isElement, type ElementSource, type SourceDocument } from './document';
import { notWellFormed } from './scan-source';

/** True for an XML name with at most one prefix: what an element or attribute may be called where namespaces are used. */
export function isQualifiedName(name: string): boolean {
  const parts = name.split(':');
  return parts.length <= 2 && parts.every((part) => part !== '' && nameEnd(part, 0) === part.length);
}

/**
 * Throws NOT_WELL_FORMED, with the place, where the document breaks a rule of Namespaces in XML 1.0: a name with
 * two colons, a prefix that is not declared, two attributes of one name. Without it an XPath has no meaning.
 */
export function checkNamespaces(document: SourceDocument): void {
  const pending: { readonly element: ElementSource; readonly scope: Scope }[] = [
    { element: document.root, scope: new Map([['xml', xmlNamespace]]) },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { element } = next;
    const scope = innerScope(document, element, next.scope);
    checkNames(document, element, scope);
    for (const child of element.children) if (isElement(child)) pending.push({ element: child, scope });
  }
}

/** Namespace names by prefix. */
type Scope = ReadonlyMap<string, string>;

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';
const xmlnsPrefix = 'xmlns:';

function innerScope(document: SourceDocument, element: ElementSource, outer: Scope): Scope {
  const declarations = [...element.attributes.values()].filter(({ name }) => /^xmlns(?::|$)/.test(name));
  if (declarations.length === 0) return outer;
  const scope = new Map(outer);
  for (const { name, whole } of declarations) {
    const namespace = attributeOf(document, element, name) ?? '';
    if (namespace === xmlnsNamespace || name === 'xmlns:xmlns') {
      throw broken(document, whole.start, `${name} declares what only stands for declarations`);
    }
    if (name.startsWith(xmlnsPrefix)) scope.set(name.slice(xmlnsPrefix.length), namespace);
  }
  return scope;
}

function checkNames(document: SourceDocument, { name, attributes, whole }: ElementSource, scope: Scope): void {
  expandedName(document, name, whole.start, scope);
  const taken = new Set<string>();
  for (const attribute of attributes.values()) {
    const { start } = attribute.whole;
    const expanded = expandedName(document, attribute.name, start, scope);
    if (expanded === undefined) continue;
    if (taken.has(expanded)) {
      throw broken(
        document,
        start,
        `<${name}> has attribute ${attribute.name} twice, under two prefixes of one namespace`,
      );
    }
    taken.add(expanded);
  }
}

/** Namespace and local name of a name with a prefix; `undefined` for one without. */
function expandedName(document: SourceDocument, name: string, offset: number, scope: Scope): string | undefined {
  if (!isQualifiedName(name)) throw broken(document, offset, `${name} is not a name with at most one prefix`);
  const [prefix = '', local] = name.split(':');
  if (local === undefined || prefix === 'xmlns') return undefined;
  const namespace = scope.get(prefix);
  if (!namespace) throw broken(document, offset, `the prefix of ${name} is not declared`);
  return `${namespace} ${local}`;
}

function broken({ path, text }: SourceDocument, offset: number, problem: string): CarbonPatchError {
  return notWellFormed(path, text, offset, problem);
}
