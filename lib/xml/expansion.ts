import type { SourceDocument } from './document';
import { isTag } from './token-list';
import { beyondLimits, deepestExpansion, longestExpansion } from './limits';

/**
 * Throws BEYOND_LIMITS where the entities that a document refers to stand for more characters, all in all, than any
 * configuration holds, or lie deeper in each other: such a file is made to use up whoever reads it.
 * What they stand for is reckoned, and not written out.
 */
export function checkExpansion(document: SourceDocument): void {
  const { path, tokens, text, entities } = document;
  if (entities.size === 0) return;
  const measure = measureOf(entities);
  let total = 0;
  const add = (start: number, end: number): void => {
    for (const name of referencesIn(text.slice(start, end))) {
      const { length, depth } = measure(name);
      if (depth > deepestExpansion)
        throw beyondLimits(path, `its entities lie more than ${deepestExpansion} deep in each other`);
      total += length;
      if (total > longestExpansion)
        throw beyondLimits(path, `its entities stand for more than ${longestExpansion} characters`);
    }
  };
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens.kindAt(index);
    if (kind === 'text') add(tokens.startAt(index), tokens.endAt(index));
    if (!isTag(kind)) continue;
    for (const { value } of tokens.tagAt(index).attributes) add(value.start, value.end);
  }
}

/** How long the text is that a reference stands for, and through how many entities it leads. */
interface Measure {
  readonly length: number;
  readonly depth: number;
}

const nothing: Measure = { length: 0, depth: 0 };
const endless: Measure = { length: Infinity, depth: Infinity };

/** An entity that is being measured. */
interface Visit {
  readonly name: string;
  readonly references: readonly string[];
  next: number;
  length: number;
  depth: number;
}

/** Measures entities, each of them once; one that is not declared in the file is nothing. */
function measureOf(entities: ReadonlyMap<string, string>): (name: string) => Measure {
  const known = new Map<string, Measure>();
  const visit = (name: string): Visit => {
    // Until an entity is measured it counts as endless, which one that holds itself is.
    known.set(name, endless);
    const value = entities.get(name) ?? '';
    return { name, references: referencesIn(value), next: 0, length: value.length, depth: 1 };
  };
  const measure = (wanted: string): void => {
    // A stack of its own, as chains of entities may be longer than the call stack is deep.
    const visits = [visit(wanted)];
    for (let current = visits.at(-1); current; current = visits.at(-1)) {
      const reference = current.references[current.next];
      if (reference === undefined) {
        known.set(current.name, { length: current.length, depth: current.depth });
        visits.pop();
      } else if (entities.has(reference) && !known.has(reference)) {
        visits.push(visit(reference));
      } else {
        const { length, depth } = known.get(reference) ?? nothing;
        current.length += length;
        current.depth = Math.max(current.depth, depth + 1);
        current.next++;
      }
    }
  };
  return (name) => {
    if (entities.has(name) && !known.has(name)) measure(name);
    return known.get(name) ?? nothing;
  };
}

/** The names of the entities that are referred to. */
function referencesIn(raw: string): readonly string[] {
  return raw.includes('&') ? Array.from(raw.matchAll(/&([^#;&][^;&]*);/g), ([, name = '']) => name) : [];
}
