import { CarbonPatchError, type ErrorCode } from '../../lib/errors';
import type { PatchOperation } from '../../lib/patch/operations';
import { patchDocument, type DocumentPatch } from '../../lib/patch/patch-document';
import type { SourceDocument } from '../../lib/xml/document';

/** The reasons for which a sound operation on a sound document may be refused. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'TARGET_NOT_FOUND',
  'TARGET_AMBIGUOUS',
  'TARGET_UNSUITABLE',
  'OPERATION_INVALID',
]);

/** The patch, or the error that refuses it; any other error is thrown on, an INTERNAL_MISMATCH above all. */
export function patchOrRefusal(
  document: SourceDocument,
  wanted: readonly PatchOperation[],
): DocumentPatch | CarbonPatchError {
  try {
    return patchDocument(document, wanted);
  } catch (error) {
    if (error instanceof CarbonPatchError && refusals.has((error as CarbonPatchError).code))
      return error as CarbonPatchError;
    throw error;
  }
}
