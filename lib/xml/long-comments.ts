import type { Document, Node } from '@xmldom/xmldom';
import { commentContent, sourceOf, type SourceDocument } from './document';
import { normaliseLineEnds } from './escape';
import type { Token } from './token';

// xmldom 0.9 reads a comment with a regular expression that needs stack for each of its characters, and gives up at some
// millions of them. Processing instructions of any length it reads, so a long comment goes to it as one, of the same length
// and with the same line ends, and becomes a comment again in the DOM.

/** Comments of more characters than this are hidden. */
const longest = 1_000_000;

/** What a token is, and where. */
type Piece = Pick<Token, 'kind' | 'span'>;

/** True for a comment that xmldom may not be able to read. */
export function isLongComment({ kind, span }: Piece): boolean {
  return kind === 'comment' && span.end - span.start > longest;
}

/** The source of a long comment as an instruction that takes the same place. */
export function hiddenComment(raw: string): string {
  return `<?c ${raw.slice('<!--'.length, -'-->'.length).replaceAll('?>', '??')} ?>`;
}

/** Makes comments again of the instructions that stand for long ones. */
export function revealComments(dom: Document, document: SourceDocument): void {
  const tokens = instructionTokens(document);
  if (!tokens.some(isLongComment)) return;
  const instructions = instructionsOf(dom);
  tokens.forEach((token, index) => {
    const node = instructions[index];
    if (node === undefined || token.kind === 'instruction') return;
    const value = sourceOf(document, commentContent({ kind: 'comment', whole: token.span }));
    node.parentNode?.replaceChild(dom.createComment(normaliseLineEnds(value)), node);
  });
}

/** The instructions and the long comments of the source, in document order. */
function instructionTokens({ tokens }: SourceDocument): readonly Piece[] {
  const found: Piece[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens.kindAt(index);
    if (kind !== 'instruction' && kind !== 'comment') continue;
    const piece = { kind, span: { start: tokens.startAt(index), end: tokens.endAt(index) } };
    if (kind === 'instruction' || isLongComment(piece)) found.push(piece);
  }
  return found;
}

/** All processing instructions in document order; without recursion, as files may be nested more deeply than the call stack. */
function instructionsOf(dom: Document): readonly Node[] {
  const found: Node[] = [];
  for (let node: Node | null = dom.firstChild; node; node = node.firstChild ?? nextAfter(node)) {
    if (node.nodeType === 7) found.push(node);
  }
  return found;
}

function nextAfter(node: Node): Node | null {
  for (let current: Node | null = node; current; current = current.parentNode) {
    if (current.nextSibling) return current.nextSibling;
  }
  return null;
}
