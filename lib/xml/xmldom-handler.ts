import { ParseError } from '@xmldom/xmldom';
import type { LineIndex } from '../text/position';

/** What xmldom reads, in the order of the text. Nothing is thrown, since xmldom would go on: the first problem is kept. */
export interface SecondReader {
  startElement(name: string, offset: number | undefined, attributes: readonly ReadAttribute[]): void;
  endElement(): void;
  text(value: string): void;
  leaf(kind: 'cdata' | 'comment' | 'instruction', value: string): void;
  refuse(problem: string): void;
  /** What the parser itself has to say. */
  complain(level: string, message: string): void;
  /** Once all is read: the first thing in which the readings disagree, or `undefined`. */
  problem(): string | undefined;
}

/** One attribute as xmldom reads it. */
export interface ReadAttribute {
  readonly name: string;
  readonly value: string;
  /** Of the opening quote. */
  readonly offset: number | undefined;
}

/** Where the parser of xmldom is; lines and columns from 1. */
interface Locator {
  lineNumber: number;
  columnNumber: number;
}

/** The attributes of a tag as the parser of xmldom gives them. */
interface ParsedAttributes {
  readonly length: number;
  getQName(index: number): string;
  getValue(index: number): string;
  getLocator(index: number): Locator;
}

/** The handler that xmldom's parser calls, which tells everything to `reader`; `lines` are those of the text that is parsed. */
export function xmldomHandler(reader: SecondReader, lines: LineIndex): object {
  const offsetOf = ({ lineNumber, columnNumber }: Locator): number | undefined =>
    lines.offsetAt(lineNumber, columnNumber);
  const nothing = (): void => undefined;
  const outside = {
    appendChild: nothing,
    createTextNode: () => ({}),
    documentElement: undefined as object | undefined,
  };
  const inside = { tagName: '' };
  let depth = 0;
  let isCdata = false;
  const handler = {
    mimeType: 'text/xml',
    doc: outside,
    /** What the parser asks to know whether it is in the root element. */
    currentElement: undefined as object | undefined,
    locator: { lineNumber: 0, columnNumber: 0 },
    setDocumentLocator: (locator: Locator): void => {
      locator.lineNumber = 0;
      handler.locator = locator;
    },
    startDocument: nothing,
    endDocument: nothing,
    startPrefixMapping: nothing,
    endPrefixMapping: nothing,
    startElement: (_namespace: string, local: string, name: string, attributes: ParsedAttributes): void => {
      depth++;
      outside.documentElement ??= inside;
      handler.currentElement = inside;
      reader.startElement(name || local, offsetOf(handler.locator), readAttributes(attributes, offsetOf));
    },
    endElement: (): void => {
      depth--;
      if (depth === 0) handler.currentElement = outside;
      reader.endElement();
    },
    characters: (chars: string, start: number, length: number): void => {
      const value = chars.substring(start, start + length);
      if (value === '') return;
      if (isCdata) reader.leaf('cdata', value);
      else reader.text(value);
    },
    comment: (chars: string, start: number, length: number): void =>
      reader.leaf('comment', chars.substring(start, start + length)),
    processingInstruction: (_target: string, data: string): void => reader.leaf('instruction', data),
    startCDATA: (): void => void (isCdata = true),
    endCDATA: (): void => void (isCdata = false),
    startDTD: (): void => reader.refuse('there is a document type in the DOM'),
    endDTD: nothing,
    warning: (message: string): void => reader.complain('warning', message),
    error: (message: string): void => reader.complain('error', message),
    fatalError: (message: string): never => {
      reader.complain('fatalError', message);
      throw new ParseError(message, handler.locator);
    },
  };
  return handler;
}

function readAttributes(
  attributes: ParsedAttributes,
  offsetOf: (locator: Locator) => number | undefined,
): readonly ReadAttribute[] {
  return Array.from({ length: attributes.length }, (_, index) => ({
    name: attributes.getQName(index),
    value: attributes.getValue(index),
    offset: offsetOf(attributes.getLocator(index)),
  }));
}
