import { CarbonPatchError } from '../errors';
import type { TextEdit } from '../text/edit';
import { positionAt } from '../text/position';
import { sourceOf, type ElementSource, type SourceDocument } from './document';
import type { TagToken, Token } from './token';

/**
 * Puts an element into a comment, or into several where it has comments of its own, which stay byte for byte. Two hyphens
 * in a row cannot stand in a comment: in texts and attribute values the second becomes a character reference.
 * Throws TARGET_UNSUITABLE for the root, and where they stand in a name, a CDATA section or a processing instruction.
 */
export function commentOutEdit(document: SourceDocument, element: ElementSource, at: string): TextEdit {
  if (element.parent === undefined) {
    throw unsuitable(
      document,
      element.whole.start,
      at,
      'is the root of the file, which cannot be a comment; name an element inside it',
    );
  }
  const { start, end } = element.whole;
  const tokens = document.tokens.between(start, end);
  const pieces = tokens.map((token, index) => {
    if (token.kind === 'comment') return `-->${sourceOf(document, token.span)}<!--`;
    const piece = pieceOf(document, token, at);
    // No hyphen may stand before the end of a comment.
    return tokens[index + 1]?.kind === 'comment' ? piece.replace(/-$/, hyphen) : piece;
  });
  return { span: element.whole, newText: `<!--${pieces.join('')}-->` };
}

function pieceOf(document: SourceDocument, token: Token, at: string): string {
  const raw = sourceOf(document, token.span);
  if (token.kind === 'text') return withoutHyphenPairs(raw);
  if (!raw.includes('--')) return raw;
  const safe = token.kind === 'startTag' || token.kind === 'emptyTag' ? tagWithoutHyphenPairs(document, token) : raw;
  if (!safe.includes('--')) return safe;
  throw unsuitable(
    document,
    token.span.start,
    at,
    'holds `--`, which cannot stand in a comment; remove the element instead',
  );
}

function tagWithoutHyphenPairs(document: SourceDocument, token: TagToken): string {
  let source = '';
  let position = token.span.start;
  for (const { value } of token.attributes) {
    source += document.text.slice(position, value.start) + withoutHyphenPairs(sourceOf(document, value));
    position = value.end;
  }
  return source + document.text.slice(position, token.span.end);
}

const hyphen = '&#45;';

function withoutHyphenPairs(raw: string): string {
  return raw.replace(/(?<=-)-/g, hyphen);
}

function unsuitable(document: SourceDocument, offset: number, at: string, problem: string): CarbonPatchError {
  return new CarbonPatchError('TARGET_UNSUITABLE', {
    path: document.path,
    ...positionAt(document.text, offset),
    at,
    problem,
  });
}
