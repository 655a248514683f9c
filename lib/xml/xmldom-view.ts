import type { Span } from '../text/edit';
import {
  cdataContent,
  commentContent,
  sourceOf,
  type LeafSource,
  type NodeSource,
  type SourceDocument,
} from './document';
import { normaliseLineEnds, unescapeText } from './escape';
import { hiddenComment, isLongComment } from './long-comments';

// What xmldom is given of a document, and what it makes of its pieces where that is another thing than they are.

/**
 * What xmldom is given: what it must not see is blanked out, so that offsets stay. That is a DOCTYPE; comments that are too
 * long for it; and, for a DOM, in which XPath would find an instruction, the XML declaration. Without anything to blank out
 * it is the text itself, which is not copied.
 */
export function sourceForXmldom({ tokens, text }: SourceDocument, hidden: 'declaration' | undefined): string {
  let source = '';
  let copied = 0;
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens.kindAt(index);
    if (kind === undefined || (kind !== 'comment' && kind !== 'doctype' && kind !== hidden)) continue;
    const span = { start: tokens.startAt(index), end: tokens.endAt(index) };
    const isLong = isLongComment({ kind, span });
    if (kind === 'comment' && !isLong) continue;
    const raw = text.slice(span.start, span.end);
    source += text.slice(copied, span.start) + (isLong ? hiddenComment(raw) : raw.replace(/[^\r\n]/g, ' '));
    copied = span.end;
  }
  return copied === 0 ? text : source + text.slice(copied);
}

/**
 * The scanner has checked every reference; of the names of entities xmldom knows only letters and digits. U+FFFD is a
 * character like any other: the bytes were decoded strictly.
 */
export function isKnownToBeFine(message: string): boolean {
  return /^(?:entity not |EntityRef: expecting ;|Unicode replacement character detected)/.test(message);
}

/** True where xmldom may differ, because it knows no declared entity. */
export function holdsEntity(document: SourceDocument, span: Span): boolean {
  return document.entities.size > 0 && /&[^#]/.test(sourceOf(document, span));
}

/** True for `<![CDATA[]]>`, of which xmldom makes no node, so that the texts around it grow together. */
export function isEmptyCdata(node: NodeSource): boolean {
  return node.kind === 'cdata' && node.whole.end - node.whole.start === emptyCdata.length;
}

/** As `isEmptyCdata`, of the token at an index. */
export function isEmptyCdataAt({ tokens }: SourceDocument, index: number): boolean {
  return tokens.kindAt(index) === 'cdata' && tokens.endAt(index) - tokens.startAt(index) === emptyCdata.length;
}

/** As what xmldom gets a leaf. */
export function kindForXmldom({ kind, whole }: LeafSource): LeafSource['kind'] {
  return kind === 'comment' && isLongComment({ kind, span: whole }) ? 'instruction' : kind;
}

const emptyCdata = '<![CDATA[]]>';

/** The value that the DOM has of a leaf; nothing for an instruction, whose value the source does not know. */
export function leafValue(document: SourceDocument, leaf: LeafSource): string {
  switch (leaf.kind) {
    case 'text':
      return unescapeText(sourceOf(document, leaf.whole), document.entities);
    case 'cdata':
      return normaliseLineEnds(sourceOf(document, cdataContent(leaf)));
    case 'comment':
      return normaliseLineEnds(sourceOf(document, commentContent(leaf)));
    case 'instruction':
      return '';
  }
}
