import { join } from 'node:path';
import { CarbonPatchError, isCarbonPatchError } from '../errors';
import { originalsOf, readBackup } from './backup';
import type { AppliedFile, ApplyRecord } from './journal-format';
import { withLock } from './lock';
import { type FileContent, fileExists, readFile } from './read-file';
import { type Recovery, settle } from './recover';
import { hasStateFolder } from './state-folder';
import { type FileChange, runTransaction, type TransactionResult } from './transaction';

/** What an undo did. */
export interface UndoResult extends TransactionResult {
  /** The apply that was undone. */
  readonly record: ApplyRecord;
  /** What was found unfinished and dealt with first. */
  readonly recovery: Recovery;
}

/**
 * Brings every file of the last apply back byte for byte, all or none, and forgets that apply, so that a second undo goes
 * one apply further back; after the last one nothing of this library is left in the home.
 * Modes and owners are kept as they are now: an apply does not change them. A file that already has its original content
 * is left alone.
 * What a killed run left is recovered first. Where that already takes an apply back, because it rolls back a killed apply
 * or completes a killed undo, that is the undo, and no other apply is undone. Throws, with every file as it was: NOTHING_TO_UNDO; UNDO_CONFLICT with every
 * file that was changed or removed since the apply; HOME_LOCKED; JOURNAL_DAMAGED where an original is not there whole;
 * and WRITE_FAILED, where `restored: false` leaves work to `recover`.
 */
export async function undo(home: string): Promise<UndoResult> {
  // Asked first, so that a home that was never touched stays so.
  if (!(await hasStateFolder(home))) throw new CarbonPatchError('NOTHING_TO_UNDO', { home });
  return withLock(home, async () => {
    const { applies, recovery } = await settle(home);
    if (hasUndone(recovery)) return { record: recovery.record, paths: recovery.paths, inPlace: [], recovery };
    const record = applies.at(-1);
    if (!record) throw new CarbonPatchError('NOTHING_TO_UNDO', { home });
    const changes = await readChanges(home, record);
    try {
      return { record, recovery, ...(await runTransaction(home, applies, 'undo', record, changes)) };
    } catch (error) {
      if (!isCarbonPatchError(error, 'PLAN_STALE')) throw error;
      throw new CarbonPatchError('UNDO_CONFLICT', { paths: [error.details.path] }, { cause: error });
    }
  });
}

type Undone = Exclude<Recovery, { readonly outcome: 'nothing' }>;

function hasUndone(recovery: Recovery): recovery is Undone {
  return recovery.outcome !== 'nothing' && recovery.kind === (recovery.outcome === 'completed' ? 'undo' : 'apply');
}

async function readChanges(home: string, record: ApplyRecord): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  const conflicts: string[] = [];
  for (const file of record.files) {
    const current = await readIfThere(home, file);
    if (current?.digest === file.before) continue;
    if (current?.digest !== file.after) {
      conflicts.push(file.path);
      continue;
    }
    changes.push({ path: file.path, before: current.bytes, after: await readBackup(home, originalsOf(record), file) });
  }
  if (conflicts.length > 0) throw new CarbonPatchError('UNDO_CONFLICT', { paths: conflicts });
  return changes;
}

async function readIfThere(home: string, { path }: AppliedFile): Promise<FileContent | undefined> {
  const place = join(home, path);
  return (await fileExists(place)) ? readFile(place, path) : undefined;
}
