import { CarbonPatchError } from '../errors';
import { backupOf, readBackup } from './backup';
import { type FileState, existingPlacesOf, stateOf } from './file-state';
import { journalName, writeJournal } from './journal';
import type { Transaction, TransactionFile } from './journal-format';
import { closeJournal, type OpenJournal, withInPlace, withPhase } from './open-journal';
import { moveIntoPlace, overwriteFile, stageFile } from './replace-file';
import { orWriteFailed } from './system-error';

/**
 * Gives every target that `includes` its old content back, and closes the journal.
 * Throws JOURNAL_DAMAGED where somebody else changed a target, naming all of them, before any target is touched; and
 * WRITE_FAILED. The journal then stays open, for the next recovery.
 */
export async function rollBack(
  home: string,
  journal: OpenJournal,
  includes: (file: TransactionFile) => boolean = () => true,
): Promise<void> {
  let current = withPhase(journal, 'rollingBack');
  await writeJournal(home, current);
  const found = await findStates(home, current.transaction, includes);
  const changed = found.filter(({ state }) => state === 'changed').map(({ file }) => file.path);
  if (changed.length > 0) {
    const problem = `${changed.join(', ')} changed while an ${current.transaction.kind} was unfinished`;
    throw new CarbonPatchError('JOURNAL_DAMAGED', { path: journalName, problem });
  }
  for (const { file, state } of found) {
    if (state === 'before') continue;
    await restoreTarget(home, current.transaction, file, async () => {
      current = withInPlace(current, file.path);
      await writeJournal(home, current);
    });
  }
  await closeJournal(home, current, 'rolledBack');
}

async function findStates(
  home: string,
  transaction: Transaction,
  includes: (file: TransactionFile) => boolean,
): Promise<readonly { readonly file: TransactionFile; readonly state: FileState }[]> {
  const found: { readonly file: TransactionFile; readonly state: FileState }[] = [];
  for (const file of transaction.files.filter(includes)) {
    found.push({ file, state: await orWriteFailed(file.path, () => stateOf(home, transaction, file)) });
  }
  return found;
}

async function restoreTarget(
  home: string,
  transaction: Transaction,
  file: TransactionFile,
  beforeOverwriting: () => Promise<void>,
): Promise<void> {
  const bytes = await readBackup(home, backupOf(transaction), file);
  await orWriteFailed(file.path, async () => {
    const { target, staged } = await existingPlacesOf(home, file);
    // What is staged for a file that is overwritten in place must stay: it tells a mixture from the work of others.
    if (!file.inPlace) {
      await stageFile(target, staged, bytes);
      if (await moveIntoPlace(staged, target)) return;
      await beforeOverwriting();
    }
    await overwriteFile(target, bytes);
  });
}
