import { attributeOf, childElements, type ElementSource, type SourceDocument } from './document';
import { splitSteps } from './xpath-steps';

/**
 * The names that come nearest to what an XPath asked for in vain: the children that do exist where its path broke off,
 * most alike first, at most three, each with its `@name` where the path names one. Empty where nothing is known.
 */
export function nearestNames(
  document: SourceDocument,
  at: string,
  select: (xpath: string) => readonly ElementSource[],
): readonly string[] {
  const steps = splitSteps(at);
  for (let length = steps.length - 1; length >= 0; length--) {
    const prefix = steps.slice(0, length).join('/');
    const parents = prefix === '' ? [] : selectQuietly(select, prefix);
    const wanted = steps[length] ?? '';
    if (length === 0 || prefix === '') return rank(wanted, [document.root.name]);
    if (parents.length > 0) {
      const candidates = parents.flatMap((parent) =>
        childElements(parent).map((child) => describe(document, child, wanted)),
      );
      return rank(wanted, candidates);
    }
  }
  return [];
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

function rank(wanted: string, candidates: readonly string[]): readonly string[] {
  const plain = wanted.replace(/"/g, "'");
  const distances = new Map(candidates.map((candidate) => [candidate, distance(plain, candidate)]));
  return [...distances.entries()]
    .sort(([, a], [, b]) => a - b)
    .slice(0, 3)
    .map(([candidate]) => candidate);
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
