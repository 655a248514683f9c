import formatXml from 'xml-formatter';
import { CarbonPatchError } from '../errors';
import type { Newline } from '../text/layout';
import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from './document';
import { escapeAttribute, escapeText, type EscapeContext } from './escape';

/** An element to be written. Values are plain: what XML needs escaped is escaped when it is written. */
export interface NewElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Either text or children, not both. Neither gives `<name/>`. */
  readonly text?: string;
  readonly children?: readonly NewElement[];
}

/** How the lines of a fragment look. */
export interface FragmentLayout {
  /** What stands before the fragment on its first line; every further line starts with it. */
  readonly indent: string;
  /** What each level adds. */
  readonly unit: string;
  /** `undefined` puts the whole fragment on one line. */
  readonly newline: Newline | undefined;
}

/**
 * The source of a new element, without a line end before or after it. Text content is never padded.
 * Throws VALUE_NOT_XML, and OPERATION_INVALID for a name that is no XML name.
 */
export function fragmentSource(element: NewElement, layout: FragmentLayout, context: EscapeContext): string {
  const flat = flatSource(element, context);
  if (layout.newline === undefined || element.children === undefined) return flat;
  const lines = formatXml(flat, { indentation: layout.unit, lineSeparator: '\n', collapseContent: true });
  return lines.replaceAll('\n', `${layout.newline}${layout.indent}`);
}

/** The sources of several new elements, each on a line of its own where the layout has lines. */
export function fragmentSources(
  elements: readonly NewElement[],
  layout: FragmentLayout,
  context: EscapeContext,
): string {
  const separator = layout.newline === undefined ? '' : layout.newline + layout.indent;
  return elements.map((element) => fragmentSource(element, layout, context)).join(separator);
}

/** True where an existing element has exactly the attributes, text and child elements of `wanted`; comments and layout aside. */
export function sameElement(document: SourceDocument, element: ElementSource, wanted: NewElement): boolean {
  const attributes = Object.entries(wanted.attributes ?? {});
  const children = childElements(element);
  const wantedChildren = wanted.children ?? [];
  const text = textOf(document, element);
  return (
    element.name === wanted.name &&
    element.attributes.size === attributes.length &&
    attributes.every(([name, value]) => attributeOf(document, element, name) === value) &&
    children.length === wantedChildren.length &&
    (children.length > 0
      ? text.trim() === ''
      : text === (wanted.text ?? '') || (wanted.text === undefined && text.trim() === '')) &&
    wantedChildren.every((child, index) => {
      const existing = children[index];
      return existing !== undefined && sameElement(document, existing, child);
    })
  );
}

function flatSource({ name, attributes = {}, text, children }: NewElement, context: EscapeContext): string {
  const attributeSource = Object.entries(attributes).map(
    ([key, value]) => ` ${checkedName(key)}="${escapeAttribute(value, '"', context)}"`,
  );
  const open = `<${checkedName(name)}${attributeSource.join('')}`;
  if (text !== undefined && children !== undefined) {
    throw new CarbonPatchError('OPERATION_INVALID', {
      operation: `<${name}>`,
      problem: 'it has both text and children',
    });
  }
  const content = children?.map((child) => flatSource(child, context)).join('') ?? textSource(text, context);
  return content === undefined ? `${open}/>` : `${open}>${content}</${name}>`;
}

/** White space that a formatter could take for layout is written as references. */
function textSource(text: string | undefined, context: EscapeContext): string | undefined {
  if (text === undefined) return undefined;
  const source = escapeText(text, context).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
  return source.replace(/^ +| +$/g, (blanks) => '&#32;'.repeat(blanks.length));
}

/** A name in the repertoire of XML 1.0 names, restricted to what is also a QName. */
const qualifiedName = /^[\p{L}_][\p{L}\p{N}\p{M}._·-]*(?::[\p{L}_][\p{L}\p{N}\p{M}._·-]*)?$/u;

/** The name itself; throws OPERATION_INVALID where it is not an XML name with at most one prefix. */
export function checkedName(name: string): string {
  if (qualifiedName.test(name)) return name;
  throw new CarbonPatchError('OPERATION_INVALID', { operation: `<${name}>`, problem: `"${name}" is not an XML name` });
}
