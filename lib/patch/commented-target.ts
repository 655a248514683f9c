import { isCarbonPatchError } from '../errors';
import { applyEdits } from '../text/edit';
import { commentedElements, type CommentedSource } from '../xml/commented';
import { parseDecoded, type SourceDocument } from '../xml/document';
import { lastStepName, parseXPath } from '../xml/xpath-engine';
import { selectElements } from '../xml/select';
import { uncommentEdit } from '../xml/uncomment';

/** The commented-out sources of which an outermost element would match `at` if it were live; document order. */
export function commentedTargets(document: SourceDocument, at: string): readonly CommentedSource[] {
  const name = lastStepName(parseXPath(at));
  return commentedElements(document, document.root, { reach: 'descendants', ...(name !== undefined && { name }) })
    .filter(({ elements }) => name === undefined || elements.some((element) => localName(element.name) === name))
    .filter((commented) => wouldMatch(document, commented, at));
}

function wouldMatch(document: SourceDocument, commented: CommentedSource, at: string): boolean {
  const { path, encoding, byteOrderMark, namespaces } = document;
  const edit = uncommentEdit(document, commented);
  const { start } = edit.span;
  const end = start + edit.newText.length;
  try {
    const live = parseDecoded({ text: applyEdits(document.text, [edit]), encoding, byteOrderMark }, path, namespaces);
    return selectElements(live, at).some(
      ({ whole, parent }) =>
        start <= whole.start && whole.end <= end && parent !== undefined && parent.whole.start < start,
    );
  } catch (error) {
    // A sample may use a prefix that nobody declares; it cannot be made live, and is nobody's target.
    if (isCarbonPatchError(error, 'NOT_WELL_FORMED')) return false;
    throw error;
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
