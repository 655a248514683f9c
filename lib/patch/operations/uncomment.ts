import { CarbonPatchError } from '../../errors';
import { positionAt } from '../../text/position';
import { sourceOf } from '../../xml/document';
import { selectElement, selectElements } from '../../xml/select';
import { uncommentEdit } from '../../xml/uncomment';
import { required } from '../argument';
import { commentedTargets } from '../commented-target';
import { satisfied, type OperationKind } from '../operation';

/** `<!--HostName>www.example.org</HostName-->` → `<HostName>www.example.org</HostName>`. */
export const uncomment: OperationKind<{ readonly at: string }> = {
  summary:
    'Makes a commented-out element live, in both styles: `<!--<a/>-->` and `<!--a …</a-->`. A comment that holds several elements becomes live as a whole.',
  arguments: {
    at: required('xpath', 'The XPath that the element has once it is live. Where it matches already, nothing is done.'),
  },
  evaluate(document, { at }) {
    if (selectElements(document, at).length > 0) return satisfied;
    const [commented, ...others] = commentedTargets(document, at);
    if (commented === undefined) {
      selectElement(document, at);
      return satisfied;
    }
    if (others.length > 0) {
      const lines = [commented, ...others].map(
        ({ comments }) => positionAt(document.text, comments[0].whole.start).line,
      );
      throw new CarbonPatchError('TARGET_AMBIGUOUS', { path: document.path, at, lines });
    }
    const before = commented.comments.map(({ whole }) => sourceOf(document, whole)).join('');
    return { status: 'edited', edits: [uncommentEdit(document, commented)], before, after: commented.source.trim() };
  },
};
