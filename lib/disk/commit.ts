import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { CarbonPatchError } from '../errors';
import type { ApplyRecord } from './journal-format';
import { isInnerPath } from './journal-format';
import { withLock } from './lock';
import { digestOf, readFile } from './read-file';
import { settle } from './recover';
import { type FileChange, runTransaction, type TransactionResult } from './transaction';

/** The new content of one existing file of a home. */
export interface FileReplacement {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  /** The SHA-256 digest of the content that the new one was made from. */
  readonly baseDigest: string;
  readonly bytes: Uint8Array;
}

/**
 * Replaces all files or none, and remembers the originals under `.carbon-patch` so that `undo` can bring them back;
 * `label` is remembered with them. Links are followed and stay; modes and owners stay (see `replaceFile` for hard links).
 * What a killed run left is recovered first. Replacements that change nothing are left out; where none is left, nothing is
 * written at all, and the result is empty.
 * Throws, with every file as it was: PLAN_STALE where a file is not what its replacement was made from, HOME_LOCKED,
 * FILE_UNREADABLE, JOURNAL_DAMAGED, and WRITE_FAILED, also where two paths lead to one file. Only a WRITE_FAILED with
 * `restored: false` leaves work to `recover`.
 */
export async function commit(
  home: string,
  replacements: readonly FileReplacement[],
  label: ApplyRecord['label'],
): Promise<TransactionResult> {
  const wanted = replacements.filter(({ bytes, baseDigest }) => digestOf(bytes) !== baseDigest);
  if (wanted.length === 0) return { paths: [], inPlace: [] };
  return withLock(home, async () => {
    const { applies } = await settle(home);
    await checkTargets(home, wanted);
    const changes: FileChange[] = [];
    for (const replacement of wanted) changes.push(await readChange(home, replacement));
    const record: ApplyRecord = {
      number: (applies.at(-1)?.number ?? 0) + 1,
      time: new Date().toISOString(),
      label,
      files: changes.map(({ path, before, after }) => ({ path, before: digestOf(before), after: digestOf(after) })),
    };
    return runTransaction(home, applies, 'apply', record, changes);
  });
}

async function readChange(home: string, { path, baseDigest, bytes }: FileReplacement): Promise<FileChange> {
  const current = await readFile(join(home, path), path);
  if (current.digest !== baseDigest) throw new CarbonPatchError('PLAN_STALE', { path });
  return { path, before: current.bytes, after: bytes };
}

async function checkTargets(home: string, replacements: readonly FileReplacement[]): Promise<void> {
  const paths = new Map<string, string>();
  for (const { path } of replacements) {
    if (!isInnerPath(path)) {
      throw new CarbonPatchError('INTERNAL_MISMATCH', { path, problem: 'the path leads out of the home' });
    }
    const target = await fs.realpath(join(home, path)).catch(() => join(home, path));
    const other = paths.get(target);
    if (other !== undefined) {
      throw new CarbonPatchError('WRITE_FAILED', { path, problem: `it is the same file as ${other}`, restored: true });
    }
    paths.set(target, path);
  }
}
