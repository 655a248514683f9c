import type { Change } from '../patch/patch-document';
import { applyEdits, type TextEdit } from '../text/edit';
import type { Encoding } from '../text/encoding';

/** One setting that will be different in a file that is no XML. */
export interface SettingChange {
  /** The names on the way to it, such as `services/esb/domains/wso2.esb.domain/hosts`. */
  readonly setting: string;
  /** The line in the file as it is now, from 1. */
  readonly line: number;
  /** `undefined` where there was nothing before. */
  readonly before: string | undefined;
  /** `undefined` where there is nothing afterwards. */
  readonly after: string | undefined;
}

/** One thing that will be different in a file: what an operation asks of an XML file, or a setting of another file. */
export type FileChange = Change | SettingChange;

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
  readonly changes: readonly FileChange[];
}

/** A file that a home gets as it is, such as the jar of a JDBC driver. */
export interface NewFile {
  /** Relative to the home, with forward slashes. Nothing is there yet. */
  readonly path: string;
  /** SHA-256 (hexadecimal) of the bytes. */
  readonly digest: string;
  /** Shared by the plans of all homes that get the file. */
  readonly bytes: Uint8Array;
  /** Where it was read from, as the caller gave it. */
  readonly source: string;
}

/** The whole intended effect on one home. Plain data; applied without reading the topology again. */
export interface Plan {
  readonly formatVersion: 1;
  /** The name of the cluster node that the home becomes. */
  readonly node: string;
  /** Every file that was looked at, in the order in which they are shown; those without edits stay untouched. */
  readonly patches: readonly FilePatch[];
  /** Files that are made; they are written, and taken back, together with the patches. */
  readonly newFiles: readonly NewFile[];
  /** What the operator should know; whole sentences. */
  readonly notes: readonly string[];
}

/** The text of the file once the patch is applied. */
export function patchedText({ text, edits }: FilePatch): string {
  return applyEdits(text, edits);
}

/** True where applying the plan would change nothing. */
export function isNoOp({ patches, newFiles }: Plan): boolean {
  return newFiles.length === 0 && patches.every(({ edits }) => edits.length === 0);
}
