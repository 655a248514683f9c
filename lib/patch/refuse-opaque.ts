import { CarbonPatchError } from '../errors';
import { positionAt } from '../text/position';
import type { ElementSource, SourceDocument } from '../xml/document';
import { opaqueReference } from '../xml/opaque-reference';

/**
 * Throws TARGET_UNSUITABLE where an element holds a reference to an entity that is not plain text: whether it holds already
 * what an operation asks for cannot be told.
 */
export function refuseOpaque(document: SourceDocument, element: ElementSource, at: string): void {
  const reference = opaqueReference(document, element);
  if (reference === undefined) return;
  const problem = `holds ${reference.source}, which stands for more than plain text; write out what it stands for first`;
  const place = positionAt(document.text, reference.offset);
  throw new CarbonPatchError('TARGET_UNSUITABLE', { path: document.path, ...place, at, problem });
}
