import type { TextEdit } from '../../text/edit';
import { attributeOf, type ElementSource, type SourceDocument } from '../../xml/document';
import { escapeAttribute } from '../../xml/escape';
import { checkedName } from '../../xml/fragment';
import { selectElement } from '../../xml/select';
import { required } from '../argument';
import { satisfied, type OperationKind } from '../operation';

/** `<clustering enable="false">` → `<clustering enable="true">`. */
export const setAttribute: OperationKind<{ readonly at: string; readonly name: string; readonly value: string }> = {
  summary:
    'Sets one attribute, keeping the quotes it had. A missing one is added after the last, on a line of its own where the tag has one attribute a line.',
  arguments: {
    at: required('xpath', 'The element that has the attribute.'),
    name: required('name', 'The name of the attribute, with its prefix where it has one.'),
    value: required('string', 'The plain value; what XML needs escaped is escaped when it is written.'),
  },
  evaluate(document, { at, name, value }) {
    const element = selectElement(document, at);
    const edits = attributeEdits(document, element, name, value);
    if (edits.length === 0) return satisfied;
    return { status: 'edited', edits, before: attributeOf(document, element, name), after: value };
  },
};

/** The edits that give an element this attribute; none where it has it already. */
function attributeEdits(
  document: SourceDocument,
  element: ElementSource,
  name: string,
  value: string,
): readonly TextEdit[] {
  if (attributeOf(document, element, name) === value) return [];
  const attribute = element.attributes.get(name);
  if (attribute) return [{ span: attribute.value, newText: escapeAttribute(value, attribute.quote, document) }];
  const last = [...element.attributes.values()].at(-1);
  const offset = last?.whole.end ?? element.openTag.start + 1 + element.name.length;
  const quote = last?.quote ?? '"';
  const source = `${checkedName(name, document)}=${quote}${escapeAttribute(value, quote, document)}${quote}`;
  return [{ span: { start: offset, end: offset }, newText: spaceBefore(document, element) + source }];
}

/** What stands before the last attribute, where that starts a line; elsewhere one blank. */
function spaceBefore({ text }: SourceDocument, { attributes, openTag, name }: ElementSource): string {
  const [last, previous] = [...attributes.values()].reverse();
  if (last === undefined) return ' ';
  const space = text.slice(previous?.whole.end ?? openTag.start + 1 + name.length, last.whole.start);
  return /[\r\n]/.test(space) ? space : ' ';
}
