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

/** A token of any other kind. */
export interface PlainToken {
  readonly kind: 'endTag' | 'text' | 'cdata' | 'comment' | 'instruction' | 'declaration' | 'doctype';
  readonly span: Span;
}

/** One lexical piece of an XML file. The tokens of a file lie end to end: concatenated they are the file. */
export type Token = TagToken | PlainToken;

/** What a token can be. */
export type TokenKind = Token['kind'];
