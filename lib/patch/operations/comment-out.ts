import { sourceOf } from '../../xml/document';
import { commentOutEdit } from '../../xml/comment-out';
import { selectElement, selectElements } from '../../xml/select';
import { required } from '../argument';
import { commentedTargets } from '../commented-target';
import { satisfied, type OperationKind } from '../operation';

/** `<HostName>a</HostName>` → `<!--<HostName>a</HostName>-->`. */
export const commentOut: OperationKind<{ readonly at: string }> = {
  summary:
    'Puts an element into a comment. Comments inside it stay as they are: the element is cut into pieces around them, which `uncomment` joins again.',
  arguments: {
    at: required('xpath', 'The element. Where it is commented out already, nothing is done.'),
  },
  evaluate(document, { at }) {
    if (selectElements(document, at).length === 0 && commentedTargets(document, at).length > 0) return satisfied;
    const element = selectElement(document, at);
    const edit = commentOutEdit(document, element, at);
    return { status: 'edited', edits: [edit], before: sourceOf(document, element.whole), after: edit.newText };
  },
};
