import { isNoOp, type FileChange, type FilePatch, type Plan } from '../plan/plan';
import { shownChanges, type SecretOptions } from './mask-change';
import { maskProse } from './mask-secrets';
import { diffString } from './unified-diff';

/**
 * A plan, or what became of one, as JSON for other programs. Fields are added without a new `formatVersion`; a field that
 * goes or means something else raises it.
 */
export interface PlanJson {
  readonly formatVersion: 1;
  /** The name of the cluster node that the home becomes. */
  readonly node: string;
  /** True where at least one file is not yet as wanted. */
  readonly changed: boolean;
  /** True where the files were written, and false for a plan. */
  readonly written: boolean;
  /** True where secrets are shown as `********`. */
  readonly secretsMasked: boolean;
  /** Every file that was looked at, also those that are as wanted already. */
  readonly files: readonly FileJson[];
  /** Files that are made, such as the jar of a JDBC driver. */
  readonly newFiles: readonly NewFileJson[];
  /** What the operator should know; whole sentences. */
  readonly notes: readonly string[];
}

/** What happens to one file. */
export interface FileJson {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  readonly encoding: string;
  readonly changed: boolean;
  readonly changes: readonly ChangeJson[];
  /** The unified diff; empty where nothing changes. */
  readonly diff: string;
}

/** A file that a home gets as it is. */
export interface NewFileJson {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Where it is copied from. */
  readonly source: string;
}

/** One change, with the operation that asks for it. */
export interface ChangeJson {
  /** The line in the file before the change, from 1. */
  readonly line: number;
  /** The name of the operation, such as `setText`; `setting` in a file that is no XML. */
  readonly operation: string;
  /** The XPath of its target; in a file that is no XML the names on the way to the setting. */
  readonly at: string;
  /** The attribute, where the operation is about one; else null. */
  readonly attribute: string | null;
  /** Null where there was nothing before. */
  readonly before: string | null;
  /** Null where there is nothing afterwards. */
  readonly after: string | null;
}

/** How a plan is reported. */
export interface PlanJsonOptions extends SecretOptions {
  /** True where the plan was carried out; without it the report is that of a plan. */
  readonly written?: boolean;
}

/** The JSON form of a plan, ready for `JSON.stringify`. Secrets are masked unless they are to be shown. */
export function planJson(plan: Plan, { showSecrets = false, written = false }: PlanJsonOptions): PlanJson {
  return {
    formatVersion: 1,
    node: plan.node,
    changed: !isNoOp(plan),
    written,
    secretsMasked: !showSecrets,
    files: plan.patches.map((patch) => fileJson(patch, { showSecrets })),
    newFiles: plan.newFiles.map(({ path, bytes, digest, source }) => ({
      path,
      size: bytes.length,
      sha256: digest,
      source,
    })),
    notes: plan.notes.map((note) => (showSecrets ? note : maskProse(note))),
  };
}

function fileJson(patch: FilePatch, options: SecretOptions): FileJson {
  return {
    path: patch.path,
    encoding: patch.encoding,
    changed: patch.edits.length > 0,
    changes: shownChanges(patch, options).map(({ change, at, before, after }) => ({
      line: change.line,
      operation: 'setting' in change ? 'setting' : change.operation.op,
      at,
      attribute: attributeOf(change),
      before: before ?? null,
      after: after ?? null,
    })),
    diff: diffString(patch, options),
  };
}

function attributeOf(change: FileChange): string | null {
  if ('setting' in change) return null;
  const { operation } = change;
  return operation.op === 'setAttribute' || operation.op === 'removeAttribute' ? operation.name : null;
}
