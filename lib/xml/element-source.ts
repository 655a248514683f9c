import type { Span } from '../text/edit';
import type { AttributeToken, TagToken } from './token';
import { isTag, type TokenList } from './token-list';

/** Where one element lies in the source. Nothing is re-printed from this. */
export interface ElementSource {
  readonly kind: 'element';
  readonly name: string;
  readonly whole: Span;
  readonly openTag: Span;
  /** Between the tags; `undefined` for `<a/>`. */
  readonly content: Span | undefined;
  readonly attributes: ReadonlyMap<string, AttributeToken>;
  readonly children: readonly NodeSource[];
  /** `undefined` for the root. */
  readonly parent: ElementSource | undefined;
  /** The child elements, all or those of one name, in document order. */
  childElements(name?: string): readonly ElementSource[];
}

/** Text, a CDATA section, a comment or a processing instruction, with its delimiters. */
export interface LeafSource {
  readonly kind: 'text' | 'cdata' | 'comment' | 'instruction';
  readonly whole: Span;
}

/** One child of an element. */
export type NodeSource = ElementSource | LeafSource;

/**
 * The root element of the tokens. An element is made when it is asked for, so that a large file costs little but its tokens;
 * whoever asks again, in whatever way, gets the same one.
 */
export function rootElement(tokens: TokenList): ElementSource {
  return elementAt({ tokens, made: new Map() }, tokens.rootIndex, undefined);
}

interface Tree {
  readonly tokens: TokenList;
  /** The elements that were asked for, by the index of their tag. */
  readonly made: Map<number, ElementSource>;
}

function elementAt(tree: Tree, index: number, parent: ElementSource | undefined): ElementSource {
  const known = tree.made.get(index);
  if (known !== undefined) return known;
  const element = new TokenElement(tree, index, parent);
  tree.made.set(index, element);
  return element;
}

class TokenElement implements ElementSource {
  readonly kind = 'element';
  readonly name: string;
  readonly whole: Span;
  readonly openTag: Span;
  readonly content: Span | undefined;
  readonly parent: ElementSource | undefined;
  readonly attributes: ReadonlyMap<string, AttributeToken>;
  readonly #tree: Tree;
  readonly #index: number;
  #children: readonly NodeSource[] | undefined;

  constructor(tree: Tree, index: number, parent: ElementSource | undefined) {
    const { tokens } = tree;
    const { name, kind, span, attributes } = tokens.tagAt(index);
    const close = tokens.closeAt(index);
    this.name = name;
    this.openTag = span;
    this.whole = { start: span.start, end: tokens.endAt(close) };
    this.content = kind === 'emptyTag' ? undefined : { start: span.end, end: tokens.startAt(close) };
    this.attributes = attributesByName(attributes);
    this.parent = parent;
    this.#tree = tree;
    this.#index = index;
  }

  get children(): readonly NodeSource[] {
    this.#children ??= this.#childIndexes().map((index) => this.#childAt(index));
    return this.#children;
  }

  childElements(name?: string): readonly ElementSource[] {
    const { tokens } = this.#tree;
    return this.#childIndexes(
      (index) => isTag(tokens.kindAt(index)) && (name === undefined || tokens.isNamed(index, name)),
    ).map((index) => elementAt(this.#tree, index, this));
  }

  #childIndexes(isWanted: (index: number) => boolean = () => true): readonly number[] {
    const { tokens } = this.#tree;
    const indexes: number[] = [];
    const close = tokens.closeAt(this.#index);
    for (let index = this.#index + 1; index < close; index = tokens.closeAt(index) + 1)
      if (isWanted(index)) indexes.push(index);
    return indexes;
  }

  #childAt(index: number): NodeSource {
    const { tokens } = this.#tree;
    const kind = tokens.kindAt(index);
    const isLeaf = kind === 'text' || kind === 'cdata' || kind === 'comment' || kind === 'instruction';
    if (!isLeaf) return elementAt(this.#tree, index, this);
    return { kind, whole: { start: tokens.startAt(index), end: tokens.endAt(index) } };
  }
}

// One for all elements without: a map takes more than everything else of an element.
const noAttributes: ReadonlyMap<string, AttributeToken> = new Map();

function attributesByName(attributes: TagToken['attributes']): ElementSource['attributes'] {
  return attributes.length === 0 ? noAttributes : new Map(attributes.map((attribute) => [attribute.name, attribute]));
}
