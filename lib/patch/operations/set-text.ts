import { CarbonPatchError } from '../../errors';
import type { TextEdit } from '../../text/edit';
import { newlineAt } from '../../text/layout';
import { positionAt } from '../../text/position';
import {
  cdataContent,
  isElement,
  textOf,
  type ElementSource,
  type LeafSource,
  type NodeSource,
  type SourceDocument,
} from '../../xml/document';
import { escapeText } from '../../xml/escape';
import { isBlank } from '../../xml/insert';
import { selectElement } from '../../xml/select';
import { required } from '../argument';
import { satisfied, type OperationKind } from '../operation';
import { refuseOpaque } from '../refuse-opaque';

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
    refuseOpaque(document, element, at);
    const edits = textEdits(document, element, value);
    return edits.length === 0
      ? satisfied
      : { status: 'edited', edits, before: textOf(document, element), after: value };
  },
};

/** The edits that give an element without child elements this text; none where it has it already. Its lines end as those of the file. */
export function textEdits(document: SourceDocument, element: ElementSource, value: string): readonly TextEdit[] {
  if (textOf(document, element) === value) return [];
  const { content } = element;
  const escaped = escapeText(value, document);
  const source = withLineEnds(document, element, escaped);
  if (content === undefined) return [openedTag(document, element, source)];
  const texts = element.children.filter(isText);
  const keeper = keeperOf(document, texts);
  if (keeper === undefined) return [{ span: { start: content.start, end: content.start }, newText: source }];
  const others = texts.filter((text) => text !== keeper);
  const isSection = keeper.kind === 'cdata' && fitsCdata(value, escaped);
  return [
    isSection
      ? { span: cdataContent(keeper), newText: withLineEnds(document, element, value) }
      : { span: keeper.whole, newText: source },
    ...others.map((text) => ({ span: text.whole, newText: '' })),
  ];
}

function withLineEnds({ text }: SourceDocument, { whole }: ElementSource, value: string): string {
  return value.includes('\n') ? value.replaceAll('\n', newlineAt(text, whole.start)) : value;
}

/** The piece that the new text takes the place of: the first that is not layout. */
function keeperOf(document: SourceDocument, texts: readonly TextSource[]): TextSource | undefined {
  return texts.find((text) => !isBlank(document, text)) ?? texts[0];
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

type TextSource = LeafSource & { readonly kind: 'text' | 'cdata' };

function isText(node: NodeSource): node is TextSource {
  return node.kind === 'text' || node.kind === 'cdata';
}
