import type { NewElement } from '../xml/fragment';
import type { PatchOperation } from './operations';
import type { EnsureElementArguments } from './operations/ensure-element';

/**
 * True where an element may get another place once the operation is made: one that names a sibling which the operation
 * makes, removes or renames by an attribute. Where that is hard to tell, it is true too.
 */
export function mayMovePlaces(operation: PatchOperation, { place = [] }: EnsureElementArguments): boolean {
  return place.some((one) => {
    if (typeof one === 'string') return false;
    const sibling = plainSibling('before' in one ? one.before : one.after);
    return sibling === undefined || mayChange(operation, sibling);
  });
}

/** `parameter[@name='domain']` in its parts. */
interface PlainSibling {
  readonly name: string;
  readonly attribute: string | undefined;
  readonly value: string | undefined;
}

/** `undefined` for an XPath of another form. */
function plainSibling(xpath: string): PlainSibling | undefined {
  const [, name, attribute, value] = /^([\p{L}_][\p{L}\p{N}_.:-]*)(?:\[@([\w.:-]+)='([^']*)'\])?$/u.exec(xpath) ?? [];
  return name === undefined ? undefined : { name, attribute, value };
}

function mayChange(operation: PatchOperation, sibling: PlainSibling): boolean {
  switch (operation.op) {
    case 'setText':
      return false;
    case 'setAttribute':
    case 'removeAttribute':
      return operation.name === sibling.attribute;
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

function isFoundAs({ name, attributes = {} }: NewElement, sibling: PlainSibling): boolean {
  return name === sibling.name && (sibling.attribute === undefined || attributes[sibling.attribute] === sibling.value);
}
