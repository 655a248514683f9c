/** A namespace name; `fromDoctype` where only a default value in the DOCTYPE declares the prefix. */
export type Binding = string | typeof fromDoctype;

/** Marks a prefix that no tag declares. */
export const fromDoctype = Symbol('declared by the DOCTYPE');

/** The prefixes that are declared at one place of a document, while that is walked over from tag to tag. */
export interface Scope {
  /** Goes into an element that declares these prefixes. */
  enter(declared: ReadonlyMap<string, Binding>): void;
  /** Goes back out of the element that was entered last. */
  leave(): void;
  /** What a prefix stands for here; `undefined` where it is not declared. */
  find(prefix: string): Binding | undefined;
}

/** The scope around the root element, where only `xml` is declared. */
export function outermostScope(): Scope {
  // A stack for each prefix, so that elements in elements which all declare something cost no more than their declarations.
  const bindings = new Map<string, Binding[]>([['xml', [xmlNamespace]]]);
  const entered: (readonly string[])[] = [];
  return {
    enter(declared) {
      entered.push(declared.size === 0 ? none : [...declared.keys()]);
      for (const [prefix, binding] of declared) {
        const known = bindings.get(prefix);
        if (known) known.push(binding);
        else bindings.set(prefix, [binding]);
      }
    },
    leave() {
      for (const prefix of entered.pop() ?? none) bindings.get(prefix)?.pop();
    },
    find: (prefix) => bindings.get(prefix)?.at(-1),
  };
}

/** The namespace of the prefix `xml`, which no other may stand for. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

const none: readonly string[] = [];
