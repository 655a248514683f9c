import { folderExists } from '../disk/read-file';
import { absent } from '../disk/journal-format';
import { isJournalOpen, readJournal } from '../disk/journal';
import { liveHolderOf } from '../disk/lock';
import { recover, type Recovery } from '../disk/recover';
import { undo, undoAll, type UndoResult } from '../disk/undo';
import { CarbonPatchError } from '../errors';
import { withUndoDrift } from './drift';

export type { ApplyRecord } from '../disk/journal-format';
export type { Recovery } from '../disk/recover';
export type { UndoResult } from '../disk/undo';

/**
 * Brings every file of the last apply on a home back byte for byte, all or none; once more goes one apply further back.
 * The home is a path, so that a home that is no longer recognised can be undone too.
 * Throws HOME_NOT_FOUND, NOTHING_TO_UNDO, UNDO_CONFLICT with every file that was changed since and its contents, HOME_LOCKED,
 * WRITE_FAILED.
 */
export async function undoApply(home: string): Promise<UndoResult> {
  await refuseNoFolder(home);
  return orDrift([home], () => undo(home));
}

/** As `undoApply` for several homes, all files of all of them or none; the results are in the order of the homes. */
export async function undoApplies(homes: readonly string[]): Promise<readonly UndoResult[]> {
  for (const home of homes) await refuseNoFolder(home);
  return orDrift(homes, () => undoAll(homes));
}

async function orDrift<Result>(homes: readonly string[], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw await withUndoDrift(error, homes);
  }
}

/** How many files an undo removed, because the apply had made them. */
export function removedCount({ record, paths }: Pick<UndoResult, 'record' | 'paths'>): number {
  return record.files.filter(({ path, before }) => before === absent && paths.includes(path)).length;
}

/** True where a home has an apply that can be taken back, or one that a killed run left unfinished; reads only. Throws HOME_NOT_FOUND. */
export async function hasApply(home: string): Promise<boolean> {
  await refuseNoFolder(home);
  const { applies, transaction } = await readJournal(home);
  return applies.length > 0 || transaction !== undefined;
}

/** Completes or rolls back what a killed run left in a home; writes nothing where there is nothing. Throws as `undoApply` does. */
export async function recoverHome(home: string): Promise<Recovery> {
  await refuseNoFolder(home);
  return recover(home);
}

/** True where a killed run left a home unfinished; reads only. */
export async function isUnfinished(home: string): Promise<boolean> {
  return isJournalOpen(home);
}

/** Which run works on a home right now, in words; `undefined` where none does. Reads only. Throws WRITE_FAILED. */
export async function runAtWork(home: string): Promise<string | undefined> {
  return liveHolderOf(home);
}

async function refuseNoFolder(home: string): Promise<void> {
  if (await folderExists(home)) return;
  throw new CarbonPatchError('HOME_NOT_FOUND', { home, problem: 'there is no such folder' });
}
