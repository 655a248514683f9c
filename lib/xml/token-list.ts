import { CarbonPatchError } from '../errors';
import { nameEnd } from './characters';
import { fileSource } from './scan-source';
import { scanStartTag } from './scan-tag';
import type { TagToken, Token, TokenKind } from './token';

/**
 * The tokens of one text, end to end over it, in nine bytes each: a file of 100 MB has millions of them. What else is known
 * of a token, as the attributes of a tag, is read from the text when it is asked for. An index outside of the list gives
 * `undefined`, or 0 for an offset.
 */
export interface TokenList extends Iterable<Token> {
  readonly length: number;
  /** Where the root element begins. */
  readonly rootIndex: number;
  kindAt(index: number): TokenKind | undefined;
  startAt(index: number): number;
  endAt(index: number): number;
  /** The index of the end tag that belongs to a start tag; of any other token its own. */
  closeAt(index: number): number;
  /** The start tag or empty-element tag at an index where one is. */
  tagAt(index: number): TagToken;
  /** True where the tag at an index has this name. */
  isNamed(index: number, name: string): boolean;
  /** The tokens from one offset to another, at both of which a token begins or the text ends. */
  between(start: number, end: number): readonly Token[];
}

/** Takes the tokens of a text in their order. */
export interface TokenSink {
  push(kind: TokenKind, start: number, end: number): void;
}

/** A sink that is filled once, and then gives the list. */
export interface TokenListBuilder extends TokenSink {
  /** Throws INTERNAL_MISMATCH unless the tokens cover the text and every start tag has its end tag. */
  finish(): TokenList;
}

/** For tokens that nobody asks for, such as those of replacement text. */
export const noTokens: TokenSink = { push: () => undefined };

/** An empty list for the tokens of a text. `push` throws INTERNAL_MISMATCH for a token that does not follow the one before it. */
export function tokenListBuilder(text: string, path: string): TokenListBuilder {
  const refuse = (problem: string): never => {
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path, problem });
  };
  const most = mostTokens(text);
  const kinds = new Uint8Array(most);
  const starts = new Int32Array(most + 1);
  const closes = new Int32Array(most);
  const open: number[] = [];
  let length = 0;
  let position = 0;
  return {
    push: (kind, start, end) => {
      if (start !== position || end <= start || length === most) refuse(`no token covers what is at ${position}`);
      if (kind === 'startTag') open.push(length);
      if (kind === 'endTag') closes[open.pop() ?? refuse(unbalanced)] = length;
      kinds[length] = codes[kind];
      starts[length] = start;
      closes[length] = length;
      length++;
      position = end;
      starts[length] = end;
    },
    finish: () => {
      if (position !== text.length) refuse(`no token covers what is at ${position}`);
      const rootIndex = kinds.subarray(0, length).findIndex((code) => isTag(kindNames[code]));
      if (open.length > 0 || rootIndex === -1) refuse(unbalanced);
      return new PackedTokens({ text, path, kinds, starts, closes, length, rootIndex });
    },
  };
}

/** True for the tags that begin an element. */
export function isTag(kind: TokenKind | undefined): kind is TagToken['kind'] {
  return kind === 'startTag' || kind === 'emptyTag';
}

const unbalanced = 'the scanner let unbalanced tags through';

/** Each `<` begins at most one token, and at most one text lies before it. */
function mostTokens(text: string): number {
  let count = 1;
  for (let index = text.indexOf('<'); index !== -1; index = text.indexOf('<', index + 1)) count += 2;
  return count;
}

const kindNames = [
  'text',
  'cdata',
  'comment',
  'instruction',
  'declaration',
  'doctype',
  'startTag',
  'emptyTag',
  'endTag',
] as const satisfies readonly TokenKind[];
const codes = Object.fromEntries(kindNames.map((kind, code) => [kind, code])) as Readonly<Record<TokenKind, number>>;

interface Packed {
  readonly text: string;
  readonly path: string;
  readonly kinds: Uint8Array;
  /** One more than there are tokens: where the last ends. */
  readonly starts: Int32Array;
  readonly closes: Int32Array;
  readonly length: number;
  readonly rootIndex: number;
}

class PackedTokens implements TokenList {
  readonly #packed: Packed;
  readonly length: number;
  readonly rootIndex: number;

  constructor(packed: Packed) {
    this.#packed = packed;
    this.length = packed.length;
    this.rootIndex = packed.rootIndex;
  }

  kindAt(index: number): TokenKind | undefined {
    return index < this.length ? kindNames[this.#packed.kinds[index] ?? -1] : undefined;
  }

  startAt(index: number): number {
    return this.#packed.starts[index] ?? 0;
  }

  endAt(index: number): number {
    return this.#packed.starts[index + 1] ?? 0;
  }

  closeAt(index: number): number {
    return this.#packed.closes[index] ?? index;
  }

  tagAt(index: number): TagToken {
    const { text, path } = this.#packed;
    // The references in it were checked when it was scanned first.
    return scanStartTag(fileSource(text, path), this.startAt(index), () => undefined);
  }

  isNamed(index: number, name: string): boolean {
    const { text } = this.#packed;
    const start = this.startAt(index) + 1;
    return text.startsWith(name, start) && nameEnd(text, start) === start + name.length;
  }

  between(start: number, end: number): readonly Token[] {
    const tokens: Token[] = [];
    for (let index = this.#indexAt(start); index < this.length && this.startAt(index) < end; index++)
      tokens.push(this.#tokenAt(index));
    return tokens;
  }

  /** The index of the token that an offset lies in. */
  #indexAt(offset: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.endAt(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  *[Symbol.iterator](): Iterator<Token> {
    for (let index = 0; index < this.length; index++) yield this.#tokenAt(index);
  }

  #tokenAt(index: number): Token {
    const kind = this.kindAt(index) ?? 'text';
    if (isTag(kind)) return this.tagAt(index);
    return { kind, span: { start: this.startAt(index), end: this.endAt(index) } };
  }
}
