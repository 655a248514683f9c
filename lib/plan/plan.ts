import type { Change } from '../patch/patch-document';
import { applyEdits, type TextEdit } from '../text/edit';
import type { Encoding } from '../text/encoding';

/** Everything that will happen to one file. The edits are what is applied; the changes are what is shown. */
export interface FilePatch {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  /** SHA-256 (hexadecimal) of the bytes that the edits were computed against. */
  readonly baseDigest: string;
  /** The text that the edits refer to. */
  readonly text: string;
  /** Empty where the file is already as wanted. */
  readonly edits: readonly TextEdit[];
  readonly changes: readonly Change[];
}

/** The whole intended effect on one home. Plain data; applied without reading the topology again. */
export interface Plan {
  readonly formatVersion: 1;
  /** The name of the cluster node that the home becomes. */
  readonly node: string;
  /** Every file that was looked at, in the order in which they are shown; those without edits stay untouched. */
  readonly patches: readonly FilePatch[];
  /** What the operator should know; whole sentences. */
  readonly notes: readonly string[];
}

/** The text of the file once the patch is applied. */
export function patchedText({ text, edits }: FilePatch): string {
  return applyEdits(text, edits);
}

/** True where applying the plan would change nothing. */
export function isNoOp({ patches }: Plan): boolean {
  return patches.every(({ edits }) => edits.length === 0);
}
