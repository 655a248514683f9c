import type { TextEdit } from '../text/edit';
import { indentBefore, lineEndAt, newlineAt } from '../text/layout';
import { preservesSpace, type ElementSource, type SourceDocument } from './document';

/** Removes an element: with its lines where it has them to itself, else only its own characters. */
export function removal(document: SourceDocument, { whole, parent }: ElementSource): TextEdit {
  const { text } = document;
  const own: TextEdit = { span: whole, newText: '' };
  const indent = indentBefore(text, whole.start);
  if (indent === undefined || (parent && preservesSpace(document, parent))) return own;
  const lineEnd = lineEndAt(text, whole.end);
  if (lineEnd === text.length || !/^[ \t]*$/.test(text.slice(whole.end, lineEnd))) return own;
  return { span: { start: whole.start - indent.length, end: lineEnd + newlineAt(text, lineEnd).length }, newText: '' };
}
