import { parseXmlDocument, type Document } from 'slimdom';

/**
 * The document of a text as slimdom reads it: a parser that shares no line with this library or with xmldom, checks
 * well-formedness and namespaces, reads the internal subset of a DOCTYPE, and runs wherever Node does. Throws where it
 * refuses the text.
 */
export function parseIndependently(text: string): Document {
  return parseXmlDocument(text);
}

/** What slimdom has against a text, `undefined` where it reads it. */
export function independentRefusal(text: string): string | undefined {
  try {
    parseIndependently(text);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
