import { lineIndex } from '../../text/position';
import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from '../../xml/document';
import type { Sourced } from './sourced';

/** Reads values of one document together with the places they stand at. Comments are never read. */
export interface SourceReader {
  readonly document: SourceDocument;
  /** A value with the place of an element's start tag. */
  at<Value>(element: ElementSource, value: Value): Sourced<Value>;
  /** The text of an element as it stands, references resolved; not trimmed. */
  text(element: ElementSource): Sourced<string>;
  /** The trimmed text of an element. */
  trimmed(element: ElementSource): Sourced<string>;
  /** An attribute with the place of its value, or an empty string with that of the start tag where there is none. */
  attribute(element: ElementSource, name: string): Sourced<string>;
}

/** The reader of a document. */
export function sourceReader(document: SourceDocument): SourceReader {
  const lines = lineIndex(document.text);
  const place = <Value>(offset: number, value: Value): Sourced<Value> => ({
    value,
    path: document.path,
    ...lines.positionAt(offset),
  });
  const at = <Value>(element: ElementSource, value: Value): Sourced<Value> => place(element.whole.start, value);
  return {
    document,
    at,
    text: (element) => at(element, textOf(document, element)),
    trimmed: (element) => at(element, textOf(document, element).trim()),
    attribute: (element, name) =>
      place(
        element.attributes.get(name)?.value.start ?? element.whole.start,
        attributeOf(document, element, name) ?? '',
      ),
  };
}

/** Values by the names of the elements they come from; of two of one name the first, or the last, counts. */
export function byName<Value>(
  elements: readonly ElementSource[],
  counts: 'first' | 'last',
  read: (element: ElementSource) => Value,
  nameOf: (element: ElementSource) => string = ({ name }) => name,
): ReadonlyMap<string, Value> {
  const ordered = counts === 'last' ? elements : elements.toReversed();
  // A map keeps the place of a name that is set again, so the order is made by the first of each name.
  const values = new Map(ordered.map((element) => [nameOf(element), read(element)]));
  const names = new Set(elements.map(nameOf));
  return new Map([...names].flatMap((name) => entryOf(values, name)));
}

/** Child elements that hold no elements themselves. */
export function leafElements(element: ElementSource, name?: string): readonly ElementSource[] {
  return childElements(element, name).filter((child) => childElements(child).length === 0);
}

function entryOf<Value>(values: ReadonlyMap<string, Value>, name: string): readonly (readonly [string, Value])[] {
  const value = values.get(name);
  return value === undefined ? [] : [[name, value]];
}
