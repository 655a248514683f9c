import { isCarbonPatchError } from '../errors';
import {
  commentContent,
  isElement,
  parseDecoded,
  sourceOf,
  type ElementSource,
  type LeafSource,
  type NodeSource,
  type SourceDocument,
} from './document';

/** An element that lies in a comment: the shipped samples of Carbon files are of this kind. */
export interface CommentedSource {
  /**
   * The comments that hold it. More than one where the element has comments of its own, which cannot stand inside a
   * comment: then pieces of the element and its own comments take turns, without anything between them.
   */
  readonly comments: readonly [LeafSource, ...LeafSource[]];
  /** The source that stands here once the comment marks are gone; it may hold several elements. */
  readonly source: string;
  /** `source` parsed, inside a root of its own. */
  readonly document: SourceDocument;
  readonly elements: readonly [ElementSource, ...ElementSource[]];
}

/**
 * The elements that are commented out directly inside `parent`, or anywhere below it where `deep`; in document order.
 * Both styles of Carbon files are read, `<!--<a/>-->` and `<!--a …</a-->`, also with blanks after `<!--` and before `-->`.
 */
export function commentedElements(
  document: SourceDocument,
  parent: ElementSource,
  reach: 'children' | 'descendants' = 'children',
): readonly CommentedSource[] {
  const found: CommentedSource[] = [];
  for (let index = 0; index < parent.children.length; index++) {
    const child = parent.children[index];
    if (child === undefined) continue;
    if (isElement(child)) {
      if (reach === 'descendants') found.push(...commentedElements(document, child, reach));
      continue;
    }
    const commented = child.kind === 'comment' ? commentedAt(document, parent.children, index) : undefined;
    if (commented === undefined) continue;
    found.push(commented);
    index += commented.comments.length - 1;
  }
  return found;
}

/** A name, perhaps behind `<` and blanks, is how a commented-out element begins; prose rarely passes the parser after it. */
const beginsLikeTag = /^[ \t\r\n]*<?[\p{L}_][^\s<>/]*[\s/>]/u;

function commentedAt(
  document: SourceDocument,
  siblings: readonly NodeSource[],
  index: number,
): CommentedSource | undefined {
  const first = siblings[index];
  if (first?.kind !== 'comment') return undefined;
  const content = sourceOf(document, commentContent(first));
  if (!beginsLikeTag.test(content)) return undefined;
  const single = parseStyles(document, content);
  if (single) return { comments: [first], ...single };
  return sliced(document, siblings, index, first, content);
}

/** Pieces and nested comments in turn: piece, comment, piece, comment, … piece. */
function sliced(
  document: SourceDocument,
  siblings: readonly NodeSource[],
  index: number,
  first: LeafSource,
  content: string,
): CommentedSource | undefined {
  if (!content.startsWith('<')) return undefined;
  const comments: [LeafSource, ...LeafSource[]] = [first];
  let source = content;
  for (let next = index + 1; next + 1 < siblings.length; next += 2) {
    const nested = siblings[next];
    const piece = siblings[next + 1];
    if (nested?.kind !== 'comment' || piece?.kind !== 'comment') return undefined;
    comments.push(nested, piece);
    source += sourceOf(document, nested.whole) + sourceOf(document, commentContent(piece));
    const parsed = parseElements(document, source);
    if (parsed) return { comments, ...parsed };
  }
  return undefined;
}

type Parsed = Pick<CommentedSource, 'source' | 'document' | 'elements'>;

function parseStyles(document: SourceDocument, content: string): Parsed | undefined {
  const [, lead = '', body = '', trail = ''] = /^([ \t\r\n]*)([^]*?)([ \t\r\n]*)$/.exec(content) ?? [];
  const opened = body.startsWith('<') ? body : `<${body}`;
  const closed = body.endsWith('>') ? opened : `${opened}>`;
  return parseElements(document, lead + closed + trail);
}

function parseElements(document: SourceDocument, source: string): Parsed | undefined {
  const { path, encoding, namespaces } = document;
  try {
    const parsed = parseDecoded({ text: `<x>${source}</x>`, encoding, byteOrderMark: false }, path, namespaces);
    const [first, ...others] = parsed.root.children.filter(isElement);
    const hasProse = parsed.root.children.some(
      ({ kind, whole }) => kind === 'text' && sourceOf(parsed, whole).trim() !== '',
    );
    return first === undefined || hasProse ? undefined : { source, document: parsed, elements: [first, ...others] };
  } catch (error) {
    if (isCarbonPatchError(error, 'NOT_WELL_FORMED')) return undefined;
    throw error;
  }
}
