import { childElements, type ElementSource } from '../xml/document';

/**
 * True where a child has a `secretAlias` of the secure vault, whatever its prefix, or `encrypted`: Carbon replaces such a
 * text at start, so it must not be overwritten.
 */
export function isAliased(parent: ElementSource, child: string): boolean {
  return childElements(parent, child).some(({ attributes }) =>
    [...attributes.keys()].some((name) => /(?:^|:)secretAlias$/.test(name) || name === 'encrypted'),
  );
}
