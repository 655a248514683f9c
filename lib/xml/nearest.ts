import { attributeOf, childElements, type ElementSource, type SourceDocument } from './document';
import { splitSteps } from './xpath-steps';

/**
 * The names that come nearest to what an XPath asked for in vain: the elements that do exist where its path broke off, most
 * alike first, at most three, each with its `@name` where the path names one. Empty where nothing is known.
 * A relative path starts at `from`, or at the document; `select` takes a part of the path.
 */
export function nearestNames(
  document: SourceDocument,
  at: string,
  select: (xpath: string) => readonly ElementSource[],
  from?: ElementSource,
): readonly string[] {
  const steps = splitSteps(at);
  for (let index = steps.length - 1; index >= 0; index--) {
    const wanted = steps[index];
    // An empty step is the middle of `//`, or the beginning of an absolute path.
    if (wanted === undefined || wanted === '') continue;
    const candidates = candidatesBefore(document, steps.slice(0, index), select, from);
    if (candidates) return rank(wanted, new Set(candidates.map((one) => describe(document, one, wanted))));
  }
  return [];
}

/** What a step can choose from after the steps before it; `undefined` where these lead nowhere. */
function candidatesBefore(
  document: SourceDocument,
  steps: readonly string[],
  select: (xpath: string) => readonly ElementSource[],
  from: ElementSource | undefined,
): readonly ElementSource[] | undefined {
  const isDeep = steps.length > 1 && steps.at(-1) === '';
  const parent = (isDeep ? steps.slice(0, -1) : steps).join('/');
  if (parent !== '') {
    const parents = selectQuietly(select, parent);
    if (parents.length === 0) return undefined;
    return parents.flatMap((one) => (isDeep ? descendants(one) : childElements(one)));
  }
  if (steps.length === 0 && from) return childElements(from);
  return isDeep ? [document.root, ...descendants(document.root)] : [document.root];
}

function descendants(element: ElementSource): readonly ElementSource[] {
  const found: ElementSource[] = [];
  const pending = [element];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const child of childElements(next)) {
      found.push(child);
      pending.push(child);
    }
  }
  return found;
}

function selectQuietly(select: (xpath: string) => readonly ElementSource[], xpath: string): readonly ElementSource[] {
  try {
    return select(xpath);
  } catch {
    // Half a path need not be a path; then there is simply nothing near it.
    return [];
  }
}

function describe(document: SourceDocument, element: ElementSource, wanted: string): string {
  const attribute = /\[@([^\s=\]]+)/.exec(wanted)?.[1];
  const value = attribute === undefined ? undefined : attributeOf(document, element, attribute);
  return value === undefined ? element.name : `${element.name}[@${attribute}='${value}']`;
}

function rank(wanted: string, candidates: ReadonlySet<string>): readonly string[] {
  const plain = wanted.replace(/"/g, "'");
  return Array.from(candidates, (candidate) => ({ candidate, distance: distance(plain, candidate) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The number of characters to insert, remove or replace to get from `a` to `b` (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
