import type { TextEdit } from '../text/edit';
import { indentBefore, lineEndAt, lineStartAt, newlineAt } from '../text/layout';
import type { CommentedSource } from './commented';
import type { SourceDocument } from './document';

/**
 * Makes what a comment holds live. Comment marks that had a line to themselves take the line with them, and the blanks that
 * parted them from the element go too.
 */
export function uncommentEdit({ text }: SourceDocument, { comments, source }: CommentedSource): TextEdit {
  const start = comments[0].whole.start;
  const end = comments.at(-1)?.whole.end ?? start;
  const head = firstLineEnd(text, start, source);
  const tail = lastLineEnd(text, end, source);
  const span = {
    start: head === '' ? start : lineStartAt(text, start),
    end: tail === '' ? end : lineEndAt(text, end) + newlineAt(text, end).length,
  };
  const live = source.slice(head.length, source.length - tail.length) + tail.replace(/[ \t]+$/, '');
  return { span, newText: withoutOuterBlanks(live, head === '', tail === '') };
}

/** Blanks behind a line end stay: they are the indent of what comes next. */
function withoutOuterBlanks(live: string, atStart: boolean, atEnd: boolean): string {
  const inner = atStart ? live.replace(/^[ \t]+/, '') : live;
  return atEnd ? inner.replace(/>[ \t]+$/, '>') : inner;
}

/** The white space up to the first line end inside the comment, where `<!--` starts its line; else nothing. */
function firstLineEnd(text: string, start: number, source: string): string {
  return indentBefore(text, start) === undefined ? '' : (/^[ \t]*(?:\r\n|\r|\n)/.exec(source)?.[0] ?? '');
}

/** The last line end inside the comment and the white space after it, where `-->` ends a line; else nothing. */
function lastLineEnd(text: string, end: number, source: string): string {
  const lineEnd = lineEndAt(text, end);
  const endsLine = lineEnd < text.length && /^[ \t]*$/.test(text.slice(end, lineEnd));
  return endsLine ? (/(?:\r\n|\r|\n)[ \t]*$/.exec(source)?.[0] ?? '') : '';
}
