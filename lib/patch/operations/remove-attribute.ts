import { isSpace } from '../../xml/characters';
import { attributeOf } from '../../xml/document';
import { selectElement } from '../../xml/select';
import { required } from '../argument';
import { satisfied, type OperationKind } from '../operation';

/** `<a b="1" c="2"/>` → `<a c="2"/>`. */
export const removeAttribute: OperationKind<{ readonly at: string; readonly name: string }> = {
  summary: 'Removes one attribute and the white space before it. An element that does not have it is left as it is.',
  arguments: {
    at: required('xpath', 'The element that has the attribute.'),
    name: required('name', 'The name of the attribute, with its prefix where it has one.'),
  },
  evaluate(document, { at, name }) {
    const element = selectElement(document, at);
    const attribute = element.attributes.get(name);
    if (attribute === undefined) return satisfied;
    let { start } = attribute.whole;
    while (isSpace(document.text.charCodeAt(start - 1))) start--;
    const edits = [{ span: { start, end: attribute.whole.end }, newText: '' }];
    return { status: 'edited', edits, before: attributeOf(document, element, name), after: undefined };
  },
};
