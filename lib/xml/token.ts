import type { Span } from '../text/edit';

/** Where one attribute lies: `name="value"` as a whole, its name, and its raw value between the quotes. */
export interface AttributeToken {
  readonly name: string;
  readonly whole: Span;
  /** Between the quotes; raw, so references are not expanded. */
  readonly value: Span;
  readonly quote: '"' | "'";
}

/** A start tag or, where `empty`, an empty-element tag. */
export interface TagToken {
  readonly kind: 'startTag' | 'emptyTag';
  readonly span: Span;
  readonly name: string;
  readonly attributes: readonly AttributeToken[];
}

/** One lexical piece of an XML file. The tokens of a file lie end to end: concatenated they are the file. */
export type Token =
  | TagToken
  | { readonly kind: 'endTag'; readonly span: Span; readonly name: string }
  | { readonly kind: 'text' | 'cdata' | 'comment' | 'instruction' | 'declaration' | 'doctype'; readonly span: Span };

/** What a file consists of, as `scan` found it. */
export interface Scan {
  readonly tokens: readonly Token[];
  /** General entities with an internal value, by name: the literal value with character and parameter references expanded. */
  readonly entities: ReadonlyMap<string, string>;
}
