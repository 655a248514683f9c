import type { TextEdit } from '../text/edit';
import { indentBefore, lineEndAt, lineStartAt, newlineAt } from '../text/layout';
import type { ElementSource, SourceDocument } from './document';

/** Removes an element: with its lines where it has them to itself, else only its own characters. */
export function removal({ text }: SourceDocument, { whole }: ElementSource): TextEdit {
  const lineEnd = lineEndAt(text, whole.end);
  const alone = indentBefore(text, whole.start) !== undefined && /^[ \t]*$/.test(text.slice(whole.end, lineEnd));
  if (!alone || lineEnd === text.length) return { span: whole, newText: '' };
  const end = lineEnd + newlineAt(text, whole.end).length;
  return { span: { start: lineStartAt(text, whole.start), end }, newText: '' };
}
