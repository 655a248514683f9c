import { isElement, sourceOf, type ElementSource, type SourceDocument } from './document';

/** A reference in an element's content that hides what the element holds. */
export interface OpaqueReference {
  /** As it stands in the file, such as `&members;`. */
  readonly source: string;
  readonly offset: number;
}

/**
 * The first entity reference directly in an element whose content is not plain text: the entity holds markup, or its value
 * lies outside the file. What such an element holds cannot be told by looking at the file. `undefined` where there is none.
 */
export function opaqueReference(document: SourceDocument, element: ElementSource): OpaqueReference | undefined {
  for (const child of element.children) {
    if (isElement(child) || child.kind !== 'text') continue;
    for (const match of sourceOf(document, child.whole).matchAll(namedReference)) {
      const [source, name = ''] = match;
      if (!isPlain(document.entities, name)) return { source, offset: child.whole.start + match.index };
    }
  }
  return undefined;
}

const namedReference = /&([^#;][^;]*);/g;
const predefined: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

function isPlain(entities: ReadonlyMap<string, string>, name: string): boolean {
  const pending = [name];
  const seen = new Set(predefined);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const value = entities.get(next);
    if (value === undefined || value.includes('<')) return false;
    for (const [, inner = ''] of value.matchAll(namedReference)) pending.push(inner);
  }
  return true;
}
