import { isCarbonPatchError } from '../errors';
import { originalsOf } from './backup';
import { isStaged, stateOf } from './file-state';
import { readJournal } from './journal';
import type { ApplyRecord, Transaction } from './journal-format';
import { hasLeftovers, withLock } from './lock';
import { closeJournal, type OpenJournal } from './open-journal';
import { rollBack } from './roll-back';
import { sweepStateFolder } from './state-folder';
import { notRestored, orWriteFailed } from './system-error';
import { replaceTargets } from './transaction';

/** What a recovery did. */
export type Recovery =
  | { readonly outcome: 'nothing' }
  | {
      /** Whether the files of the unfinished run now have the content it meant, all of them, or the one before it, all of them. */
      readonly outcome: 'completed' | 'rolledBack';
      /** What was unfinished. */
      readonly kind: Transaction['kind'];
      /** The apply that was being made or undone. */
      readonly record: ApplyRecord;
      readonly paths: readonly string[];
    };

/**
 * Completes or rolls back what a killed run left behind, and removes its temporary files; writes nothing otherwise.
 * A run that had made everything ready is completed; an earlier one, or one that cannot be completed, is rolled back.
 * Throws JOURNAL_DAMAGED, with every file left alone, where somebody else changed one of its files meanwhile or the
 * journal cannot be read; HOME_LOCKED while the run is still alive; and WRITE_FAILED.
 */
export async function recover(home: string): Promise<Recovery> {
  const { transaction } = await readJournal(home);
  if (!transaction && !(await hasLeftovers(home))) return { outcome: 'nothing' };
  return withLock(home, async () => (await settle(home)).recovery);
}

/** As `recover`, for a caller that holds the lock; also gives the applies that can be undone now. */
export async function settle(
  home: string,
): Promise<{ readonly applies: readonly ApplyRecord[]; readonly recovery: Recovery }> {
  const { transaction, ...journal } = await readJournal(home);
  if (!transaction) {
    await sweepStateFolder(home, new Set(journal.applies.map(originalsOf)));
    return { applies: journal.applies, recovery: { outcome: 'nothing' } };
  }
  const outcome = await close(home, { ...journal, transaction });
  const { applies } = await readJournal(home);
  const paths = transaction.files.map(({ path }) => path);
  return { applies, recovery: { outcome, kind: transaction.kind, record: transaction.record, paths } };
}

async function close(home: string, journal: OpenJournal): Promise<'completed' | 'rolledBack'> {
  try {
    const outcome = await outcomeOf(home, journal);
    if (outcome === 'completed') return await complete(home, journal);
    if (journal.transaction.phase === 'preparing') await closeJournal(home, journal, outcome);
    else await rollBack(home, journal);
    return outcome;
  } catch (error) {
    throw isCarbonPatchError(error, 'WRITE_FAILED') ? notRestored(error) : error;
  }
}

async function complete(home: string, journal: OpenJournal): Promise<'completed' | 'rolledBack'> {
  try {
    await replaceTargets(home, journal);
    return 'completed';
  } catch (error) {
    // A file that cannot be replaced now sends all of them back; that is an end too, unless it failed as well.
    if ((await readJournal(home)).transaction) throw error;
    return 'rolledBack';
  }
}

/** Where an unfinished transaction can and should go from here. */
async function outcomeOf(home: string, { transaction }: OpenJournal): Promise<'completed' | 'rolledBack'> {
  if (transaction.phase === 'preparing') return 'rolledBack';
  let isReplaced = true;
  for (const file of transaction.files) {
    const state = await orWriteFailed(file.path, () => stateOf(home, transaction, file));
    if (state === 'after') continue;
    isReplaced = false;
    const isReady = state !== 'changed' && (await orWriteFailed(file.path, () => isStaged(home, file)));
    if (!isReady) return 'rolledBack';
  }
  // Also a rollback ends here where somebody copied the new contents back by hand: all of them is as good as none.
  return isReplaced || transaction.phase === 'committing' ? 'completed' : 'rolledBack';
}
