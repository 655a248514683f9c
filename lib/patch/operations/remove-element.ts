import { CarbonPatchError } from '../../errors';
import { positionAt } from '../../text/position';
import { sourceOf, type ElementSource } from '../../xml/document';
import { removal } from '../../xml/remove';
import { parentPath, selectElement, selectElements } from '../../xml/select';
import { optional, required } from '../argument';
import { satisfied, type OperationKind } from '../operation';

/** Removes `<property name="port.mapping.80" value="9763"/>` and the line it had to itself. */
export const removeElement: OperationKind<{ readonly at: string; readonly occurrences?: 'one' | 'all' }> = {
  summary:
    'Removes an element, and its line where it had that to itself. Where nothing matches it is satisfied, as long as what should hold the element exists.',
  arguments: {
    at: required('xpath', 'The element. All but the last step must match something.'),
    occurrences: optional('occurrences', '"one" (the default) refuses where several match; "all" removes each.'),
  },
  evaluate(document, { at, occurrences = 'one' }) {
    const elements = selectElements(document, at);
    const [first] = elements;
    if (first === undefined) {
      const parent = parentPath(document, at);
      if (parent !== undefined && selectElements(document, parent).length === 0) selectElement(document, at);
      return satisfied;
    }
    const root = elements.find(({ parent }) => parent === undefined);
    if (root !== undefined) {
      const place = positionAt(document.text, root.whole.start);
      const problem = 'is the root of the file and cannot be removed; name an element inside it';
      throw new CarbonPatchError('TARGET_UNSUITABLE', { path: document.path, ...place, at, problem });
    }
    if (occurrences === 'one') selectElement(document, at);
    const found = new Set(elements);
    const outermost = elements.filter((element) => !liesWithin(found, element));
    const before = elements.map(({ whole }) => sourceOf(document, whole)).join('\n');
    return {
      status: 'edited',
      edits: outermost.map((element) => removal(document, element)),
      before,
      after: undefined,
    };
  },
};

/** True where one of these elements holds the element. */
function liesWithin(elements: ReadonlySet<ElementSource>, { parent }: ElementSource): boolean {
  for (let current = parent; current; current = current.parent) if (elements.has(current)) return true;
  return false;
}
