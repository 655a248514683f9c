import { attributeOf, childElements, type ElementSource, type SourceDocument } from '../xml/document';

/**
 * True where a child has a `secretAlias` of the secure vault, whatever its prefix, or is marked as `encrypted`: Carbon
 * replaces such a text at start, so it must not be overwritten.
 */
export function isAliased(document: SourceDocument, parent: ElementSource, child: string): boolean {
  return childElements(parent, child).some((element) =>
    [...element.attributes.keys()].some(
      (name) =>
        /(?:^|:)secretAlias$/.test(name) || (name === 'encrypted' && attributeOf(document, element, name) !== 'false'),
    ),
  );
}
