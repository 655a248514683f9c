import { CarbonPatchError } from '../../errors';
import type { TextEdit } from '../../text/edit';
import { positionAt } from '../../text/position';
import {
  cdataContent,
  isElement,
  textOf,
  type ElementSource,
  type LeafSource,
  type SourceDocument,
} from '../../xml/document';
import { escapeText } from '../../xml/escape';
import { selectElement } from '../../xml/select';
import { required } from '../argument';
import { satisfied, type OperationKind } from '../operation';

/** `<domain>a</domain>` → `<domain>b</domain>`. */
export const setText: OperationKind<{ readonly at: string; readonly value: string }> = {
  summary:
    'Sets the text of one element that holds no elements. Comments in it stay; a CDATA section stays one. The text is written exactly, without padding.',
  arguments: {
    at: required('xpath', 'The element.'),
    value: required('string', 'The plain text; what XML needs escaped is escaped when it is written.'),
  },
  evaluate(document, { at, value }) {
    const element = selectElement(document, at);
    const child = element.children.find(isElement);
    if (child !== undefined) {
      const place = positionAt(document.text, child.whole.start);
      const problem = `holds <${child.name}> elements, so it has no text to set; name one of them`;
      throw new CarbonPatchError('TARGET_UNSUITABLE', { path: document.path, ...place, at, problem });
    }
    const edits = textEdits(document, element, value);
    return edits.length === 0
      ? satisfied
      : { status: 'edited', edits, before: textOf(document, element), after: value };
  },
};

/** The edits that give an element without child elements this text; none where it has it already. */
export function textEdits(document: SourceDocument, element: ElementSource, value: string): readonly TextEdit[] {
  if (textOf(document, element) === value) return [];
  const { content } = element;
  const escaped = escapeText(value, document);
  if (content === undefined) return [openedTag(document, element, escaped)];
  const [first, ...others] = element.children.filter(isText);
  if (first === undefined) return [{ span: { start: content.start, end: content.start }, newText: escaped }];
  const inCdata = first.kind === 'cdata' && others.length === 0 && fitsCdata(value, escaped);
  return [
    inCdata ? { span: cdataContent(first), newText: value } : { span: first.whole, newText: escaped },
    ...others.map(({ whole }) => ({ span: whole, newText: '' })),
  ];
}

/** `<a/>` is opened for the text; its attributes stay as they are. */
function openedTag({ text }: SourceDocument, { whole, name }: ElementSource, escaped: string): TextEdit {
  const kept = text.slice(whole.start, whole.end - '/>'.length).trimEnd();
  return { span: { start: whole.start + kept.length, end: whole.end }, newText: `>${escaped}</${name}>` };
}

/** True where nothing but markup characters had to be escaped, which a CDATA section holds as they are. */
function fitsCdata(value: string, escaped: string): boolean {
  const literal = escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return literal === value && !value.includes(']]>');
}

function isText(node: { readonly kind: string }): node is LeafSource & { readonly kind: 'text' | 'cdata' } {
  return node.kind === 'text' || node.kind === 'cdata';
}
