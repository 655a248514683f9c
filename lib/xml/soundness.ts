import type { SourceDocument } from './document';
import { checkExpansion } from './expansion';
import { checkNamespaces } from './namespaces';

/**
 * Throws where a well-formed document is not fit to be looked into or edited: NOT_WELL_FORMED where it breaks a rule of
 * namespaces (see `checkNamespaces`), BEYOND_LIMITS where it is made to use up whoever reads it.
 */
export function checkSoundness(document: SourceDocument): void {
  checkExpansion(document);
  checkNamespaces(document);
}
