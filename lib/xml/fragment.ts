import formatXml from 'xml-formatter';
import { CarbonPatchError } from '../errors';
import { canEncode } from '../text/encoding';
import type { Newline } from '../text/layout';
import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from './document';
import { escapeAttribute, escapeText, type EscapeContext } from './escape';
import { isQualifiedName } from './scan-name';

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
  const lines = formatted(flat, layout.unit);
  return lines.replaceAll('\n', `${layout.newline}${layout.indent}`);
}

/** The fragment on one line where xml-formatter cannot read it (it knows not all names of XML) or changes more than layout. */
function formatted(flat: string, unit: string): string {
  try {
    const lines = formatXml(flat, { indentation: unit, lineSeparator: '\n', collapseContent: true });
    return lines.replace(/\n[ \t]*/g, '') === flat ? lines : flat;
  } catch {
    return flat;
  }
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
  const children = childElements(element);
  const wantedChildren = wanted.children ?? [];
  return (
    element.name === wanted.name &&
    children.length === wantedChildren.length &&
    sameAttributes(document, element, wanted) &&
    sameText(textOf(document, element), wanted) &&
    wantedChildren.every((child, index) => {
      const existing = children[index];
      return existing !== undefined && sameElement(document, existing, child);
    })
  );
}

/** True where an existing element has exactly the attributes of `wanted`, in any order. */
export function sameAttributes(
  document: SourceDocument,
  element: ElementSource,
  { attributes = {} }: NewElement,
): boolean {
  const wanted = Object.entries(attributes);
  return (
    element.attributes.size === wanted.length &&
    wanted.every(([name, value]) => attributeOf(document, element, name) === value)
  );
}

/** Where no text is asked for, white space is none. */
function sameText(text: string, wanted: NewElement): boolean {
  return wanted.text === undefined ? text.trim() === '' : text === wanted.text;
}

function flatSource({ name, attributes = {}, text, children }: NewElement, context: EscapeContext): string {
  const attributeSource = Object.entries(attributes).map(
    ([key, value]) => ` ${checkedName(key, context)}="${escapeAttribute(value, '"', context)}"`,
  );
  const open = `<${checkedName(name, context)}${attributeSource.join('')}`;
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

/**
 * The name itself; throws OPERATION_INVALID where it is not an XML name with at most one prefix, or holds a character that the
 * encoding of the file does not: unlike text, a name has no other way to be written.
 */
export function checkedName(name: string, { encoding }: EscapeContext): string {
  const refuse = (problem: string): never => {
    throw new CarbonPatchError('OPERATION_INVALID', { operation: `<${name}>`, problem: `"${name}" ${problem}` });
  };
  if (!isQualifiedName(name)) refuse('is not an XML name');
  if (!Array.from(name).every((char) => canEncode(char.codePointAt(0) ?? 0, encoding))) {
    refuse(`cannot be written in ${encoding}, the encoding of the file`);
  }
  return name;
}
