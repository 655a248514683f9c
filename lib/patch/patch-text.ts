import { encodeText } from '../text/encoding';
import { parseBytes, parseText, type Namespaces } from '../xml/document';
import { patchDocument, type Change } from './patch-document';
import type { PatchOperation } from './operations';

/** How a text or bytes are patched. */
export interface PatchTextOptions {
  /** What errors call the file; `document.xml` where this is left out. */
  readonly path?: string;
  /** Prefixes for the XPaths, beside those that the root element declares. */
  readonly namespaces?: Namespaces;
}

/** A patched text, and what was changed in it. */
export interface PatchedText {
  readonly text: string;
  /** Empty where the text was as wanted already; then `text` is the text that was given. */
  readonly changes: readonly Change[];
}

/** Patched bytes, and what was changed in them. */
export interface PatchedBytes {
  readonly bytes: Uint8Array;
  /** Empty where the file was as wanted already; then the bytes are those that were given. */
  readonly changes: readonly Change[];
}

/**
 * Makes one XML text what the operations ask, one after the other; everything that no operation names stays as it is.
 * The text has no byte order mark; characters are written as they are, whatever encoding its declaration names.
 * Throws NOT_WELL_FORMED and what the operations throw (see `OperationKind`).
 */
export function patchText(
  text: string,
  operations: readonly PatchOperation[],
  options: PatchTextOptions = {},
): PatchedText {
  const { result, changes } = patchDocument(
    parseText(text, options.path ?? 'document.xml', options.namespaces),
    operations,
  );
  return { text: result.text, changes };
}

/**
 * Makes one XML file what the operations ask; byte order mark and encoding are kept, and a character that the encoding
 * cannot hold becomes a character reference. Throws what `patchText` throws, and UNSUPPORTED_ENCODING, ENCODING_CONFLICT
 * or INVALID_BYTES.
 */
export function patchBytes(
  bytes: Uint8Array,
  operations: readonly PatchOperation[],
  options: PatchTextOptions = {},
): PatchedBytes {
  const path = options.path ?? 'document.xml';
  const { result, changes } = patchDocument(parseBytes(bytes, path, options.namespaces), operations);
  return { bytes: changes.length === 0 ? bytes : encodeText(result, path), changes };
}
