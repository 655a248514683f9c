import { isCarbonPatchError } from '../errors';
import { isSpace, nameEnd, spaceEnd } from './characters';
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
 * The elements that are commented out directly inside `parent`, or anywhere below it; in document order.
 * Both styles of Carbon files are read, `<!--<a/>-->` and `<!--a …</a-->`, also with blanks after `<!--` and before `-->`.
 * With a `name`, comments that do not hold this word may be left out: they hold no element of that name.
 */
export function commentedElements(
  document: SourceDocument,
  parent: ElementSource,
  { reach = 'children', name = '' }: { readonly reach?: 'children' | 'descendants'; readonly name?: string } = {},
): readonly CommentedSource[] {
  const found: CommentedSource[] = [];
  // A stack of its own, as files may be nested more deeply than the call stack.
  const open: { readonly children: readonly NodeSource[]; next: number }[] = [{ children: parent.children, next: 0 }];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const { children } = level;
    const child = children[level.next++];
    if (child === undefined) open.pop();
    else if (isElement(child)) {
      if (reach === 'descendants') open.push({ children: child.children, next: 0 });
    } else {
      const commented = commentedAt(document, children, level.next - 1, name);
      if (commented === undefined) continue;
      found.push(commented);
      level.next += commented.comments.length - 1;
    }
  }
  return found;
}

/** A name, perhaps behind `<` and blanks, is how a commented-out element begins; prose rarely passes the parser after it. */
function beginsLikeTag(content: string): boolean {
  const start = spaceEnd(content, 0);
  const name = content[start] === '<' ? start + 1 : start;
  const end = nameEnd(content, name);
  return end > name && /^[\s/>]/.test(content.slice(end, end + 1));
}

function commentedAt(
  document: SourceDocument,
  siblings: readonly NodeSource[],
  index: number,
  name: string,
): CommentedSource | undefined {
  const first = siblings[index];
  if (first?.kind !== 'comment') return undefined;
  const content = sourceOf(document, commentContent(first));
  // Most comments are about something else, and parsing them is what takes time.
  if (!content.includes(name) && siblings[index + 1]?.kind !== 'comment') return undefined;
  if (!beginsLikeTag(content)) return undefined;
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
  const endTag = `</${content.slice(1, nameEnd(content, 1))}`;
  const comments: [LeafSource, ...LeafSource[]] = [first];
  let source = content;
  for (let next = index + 1; next + 1 < siblings.length; next += 2) {
    const nested = siblings[next];
    const piece = siblings[next + 1];
    if (nested?.kind !== 'comment' || piece?.kind !== 'comment') return undefined;
    comments.push(nested, piece);
    const last = sourceOf(document, commentContent(piece));
    source += sourceOf(document, nested.whole) + last;
    // There may be thousands of pieces, and only the last ends with the end tag: parsing each time would take too long.
    const parsed = last.startsWith(endTag, last.lastIndexOf('<')) ? parseElements(document, source) : undefined;
    if (parsed) return { comments, ...parsed };
  }
  return undefined;
}

type Parsed = Pick<CommentedSource, 'source' | 'document' | 'elements'>;

function parseStyles(document: SourceDocument, content: string): Parsed | undefined {
  const start = spaceEnd(content, 0);
  let end = content.length;
  while (end > start && isSpace(content.charCodeAt(end - 1))) end--;
  const opening = content[start] === '<' ? '' : '<';
  const closing = content[end - 1] === '>' ? '' : '>';
  const source = content.slice(0, start) + opening + content.slice(start, end) + closing + content.slice(end);
  return parseElements(document, source);
}

/** The document type comes along, so that its entities are known. */
function parseElements(document: SourceDocument, source: string): Parsed | undefined {
  const { path, encoding, namespaces, tokens, root } = document;
  const doctype = tokens.between(0, root.whole.start).find(({ kind }) => kind === 'doctype');
  try {
    const text = `${doctype ? sourceOf(document, doctype.span) : ''}<x>${source}</x>`;
    const parsed = parseDecoded({ text, encoding, byteOrderMark: false }, path, namespaces);
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
