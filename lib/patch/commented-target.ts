import { applyEdits } from '../text/edit';
import { commentedElements, type CommentedSource } from '../xml/commented';
import { parseDecoded, type SourceDocument } from '../xml/document';
import { lastStepName, parseXPath } from '../xml/xpath-engine';
import { selectElements } from '../xml/select';
import { uncommentEdit } from '../xml/uncomment';

/** The commented-out sources that `at` would match if they were live; document order. */
export function commentedTargets(document: SourceDocument, at: string): readonly CommentedSource[] {
  const name = lastStepName(parseXPath(at));
  return commentedElements(document, document.root, 'descendants')
    .filter(({ elements }) => name === undefined || elements.some((element) => localName(element.name) === name))
    .filter((commented) => {
      const edit = uncommentEdit(document, commented);
      const { path, encoding, byteOrderMark, namespaces } = document;
      const live = parseDecoded({ text: applyEdits(document.text, [edit]), encoding, byteOrderMark }, path, namespaces);
      const end = edit.span.start + edit.newText.length;
      return selectElements(live, at).some(({ whole }) => edit.span.start <= whole.start && whole.end <= end);
    });
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
