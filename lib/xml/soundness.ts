import type { SourceDocument } from './document';
import { checkExpansion } from './expansion';
import { checkNamespaces } from './namespaces';

/**
 * Throws where a well-formed document is not fit to be looked into or edited: NOT_WELL_FORMED where it breaks a rule of
 * namespaces (see `checkNamespaces`), BEYOND_LIMITS where it is made to use up whoever reads it. Looks at each document once.
 */
export function checkSoundness(document: SourceDocument): void {
  if (sound.has(document)) return;
  checkExpansion(document);
  checkNamespaces(document);
  sound.add(document);
}

const sound = new WeakSet<SourceDocument>();
