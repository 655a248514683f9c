import { readJournal } from './journal';
import { hasLeftovers } from './lock';
import type { Recovery } from './settle';
import { withSettledHomes } from './settled-homes';

export type { Recovery } from './settle';

/**
 * Completes or rolls back what a killed run left behind, and removes its temporary files; writes nothing otherwise.
 * A run that had made everything ready is completed; an earlier one, or one that cannot be completed, is rolled back.
 * Where the run was about several homes, all of them are brought to the same side, whichever of them is given.
 * Throws JOURNAL_DAMAGED, with every file left alone, where somebody else changed one of its files meanwhile, a journal
 * cannot be read, or a home is not there without which nothing can be decided; HOME_LOCKED while the run is still alive;
 * FILE_UNREADABLE; and WRITE_FAILED.
 */
export async function recover(home: string): Promise<Recovery> {
  const { transaction } = await readJournal(home);
  if (!transaction && !(await hasLeftovers(home))) return { outcome: 'nothing' };
  return withSettledHomes([{ path: home }], ([{ recovery }]) => Promise.resolve(recovery));
}
