import { promises as fs } from 'node:fs';
import { CarbonPatchError, isCarbonPatchError } from '../errors';
import { backupOf, makeBackup } from './backup';
import { existingPlacesOf, stateOf } from './file-state';
import { writeJournal } from './journal';
import type { ApplyRecord, Transaction, TransactionFile } from './journal-format';
import { closeJournal, type OpenJournal, withInPlace, withPhase } from './open-journal';
import { digestOf } from './read-file';
import { moveIntoPlace, overwriteFile, stageFile, temporaryName } from './replace-file';
import { rollBack } from './roll-back';
import { notRestored, orWriteFailed } from './system-error';

/** The contents of one file on both sides of a transaction. */
export interface FileChange {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What a finished transaction did. */
export interface TransactionResult {
  /** The files that were replaced, in the order given. */
  readonly paths: readonly string[];
  /** Those of them that are mount points: overwritten, not replaced in one step, so a reader could have seen a part. */
  readonly inPlace: readonly string[];
}

/**
 * Makes all changes or none; the lock is held and nothing is under way.
 * Backups and staged files are made first and brought down to the disk, then the journal says `committing`, then the
 * targets are replaced one by one, and last the journal says that all is done.
 * Throws PLAN_STALE where a target changes meanwhile, or WRITE_FAILED; the targets are then as they were, except after
 * a WRITE_FAILED with `restored: false`, which leaves the rest to the next recovery.
 */
export async function runTransaction(
  home: string,
  applies: readonly ApplyRecord[],
  kind: Transaction['kind'],
  record: ApplyRecord,
  changes: readonly FileChange[],
): Promise<TransactionResult> {
  const planned = changes.map((change) => ({ ...change, file: transactionFileOf(change) }));
  const files = planned.map(({ file }) => file);
  const journal: OpenJournal = { formatVersion: 1, applies, transaction: { kind, phase: 'preparing', record, files } };
  try {
    await prepare(home, journal, planned);
  } catch (error) {
    await closeJournal(home, journal, 'rolledBack').catch(() => {
      throw notRestored(error);
    });
    throw error;
  }
  const { transaction } = await replaceTargets(home, withPhase(journal, 'committing'));
  return {
    paths: transaction.files.map(({ path }) => path),
    inPlace: transaction.files.filter(({ inPlace }) => inPlace).map(({ path }) => path),
  };
}

/**
 * Replaces every target that is not replaced yet, and closes the journal, which says `committing` already; gives the
 * journal back as it was before it was closed.
 * Where that fails, the targets get their old content back. Throws as `runTransaction` does.
 */
export async function replaceTargets(home: string, journal: OpenJournal): Promise<OpenJournal> {
  let current = journal;
  try {
    for (const file of journal.transaction.files) {
      const state = await orWriteFailed(file.path, () => stateOf(home, current.transaction, file));
      if (state === 'changed') throw new CarbonPatchError('PLAN_STALE', { path: file.path });
      if (state === 'after') continue;
      await moveStaged(home, file, async () => {
        current = withInPlace(current, file.path);
        await writeJournal(home, current);
      });
    }
    await closeJournal(home, current, 'completed');
    return current;
  } catch (error) {
    // A target that somebody else changed is theirs; it was not replaced, so there is nothing to bring back.
    const stale = isCarbonPatchError(error, 'PLAN_STALE') ? error.details.path : undefined;
    await rollBack(home, current, ({ path }) => path !== stale).catch(() => {
      throw notRestored(error);
    });
    throw error;
  }
}

interface PlannedFile extends FileChange {
  readonly file: TransactionFile;
}

function transactionFileOf({ path, before, after }: FileChange): TransactionFile {
  return { path, before: digestOf(before), after: digestOf(after), temporary: temporaryName(), inPlace: false };
}

async function prepare(home: string, journal: OpenJournal, planned: readonly PlannedFile[]): Promise<void> {
  const backup = backupOf(journal.transaction);
  // First of all, so that every file made below has its name in the journal and can be removed by another run.
  await writeJournal(home, journal);
  await makeBackup(
    home,
    backup,
    planned.map(({ path, before }) => ({ path, bytes: before })),
  );
  for (const { file, after } of planned) await stage(home, file, after);
  await writeJournal(home, withPhase(journal, 'committing'));
}

async function stage(home: string, file: TransactionFile, bytes: Uint8Array): Promise<void> {
  await orWriteFailed(file.path, async () => {
    const { target, staged } = await existingPlacesOf(home, file);
    await stageFile(target, staged, bytes);
  });
}

async function moveStaged(home: string, file: TransactionFile, beforeOverwriting: () => Promise<void>): Promise<void> {
  await orWriteFailed(file.path, async () => {
    const { target, staged } = await existingPlacesOf(home, file);
    if (await moveIntoPlace(staged, target)) return;
    await beforeOverwriting();
    await overwriteFile(target, await fs.readFile(staged));
  });
}
