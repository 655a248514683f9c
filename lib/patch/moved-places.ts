import type { NewElement } from '../xml/fragment';
import { plainPathOf, type PlainStep } from '../xml/plain-path';
import type { PatchOperation } from './operations';
import type { EnsureElementArguments } from './operations/ensure-element';

/**
 * True where an element may get another place once the operation is made: one that names a sibling which the operation
 * makes, removes, or lets be found by an attribute. Where that is hard to tell, it is true too.
 */
export function mayMovePlaces(operation: PatchOperation, { place = [] }: EnsureElementArguments): boolean {
  return place.some((one) => {
    if (typeof one === 'string') return false;
    const sibling = plainSibling('before' in one ? one.before : one.after);
    return sibling === undefined || mayChange(operation, sibling);
  });
}

/** The step of an XPath such as `parameter[@name='domain']`; `undefined` for one of another form. */
function plainSibling(xpath: string): PlainStep | undefined {
  const path = plainPathOf(xpath);
  if (path === undefined || path.isAbsolute || path.steps.length > 1) return undefined;
  const [step] = path.steps;
  return step.predicates.every(({ test, attribute }) => test === 'equals' && attribute !== undefined)
    ? step
    : undefined;
}

function mayChange(operation: PatchOperation, sibling: PlainStep): boolean {
  switch (operation.op) {
    case 'setText':
      return false;
    case 'setAttribute':
    case 'removeAttribute':
      return sibling.predicates.some(({ attribute }) => attribute === operation.name);
    case 'ensureElement':
      return isFoundAs(operation.element, sibling);
    case 'replaceChildren':
      return operation.name === sibling.name;
    case 'removeElement':
    case 'commentOut':
    case 'uncomment':
      return true;
  }
}

function isFoundAs({ name, attributes = {} }: NewElement, sibling: PlainStep): boolean {
  return (
    name === sibling.name && sibling.predicates.every(({ attribute = '', value }) => attributes[attribute] === value)
  );
}
