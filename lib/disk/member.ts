import { type Home, inHome } from './home';
import { writeJournal } from './journal';
import type { Transaction } from './journal-format';
import type { NonEmpty } from './non-empty';
import { closeJournal, type OpenJournal, type Outcome, settleTargets, withPhase } from './open-journal';

/** One home of a transaction, with its open journal. */
export interface Member extends Home {
  /** The journal as it was written last, or was to be written. */
  readonly journal: () => OpenJournal;
  /** Writes the journal. Throws WRITE_FAILED. */
  readonly write: (journal: OpenJournal) => Promise<void>;
}

/** All homes of a transaction. The journal of the first one, the decider, says for all of them where they go. */
export type Members = NonEmpty<Member>;

/** A home whose journal says this, or is about to. */
export function memberOf(home: Home, journal: OpenJournal): Member {
  let current = journal;
  return {
    ...home,
    journal: () => current,
    write: async (next) => {
      current = next;
      await writeJournal(home.path, next);
    },
  };
}

/** Brings the journal of a home to a phase; one that is there already is left. Throws WRITE_FAILED. */
export async function advance(member: Member, phase: Transaction['phase']): Promise<void> {
  const journal = member.journal();
  if (journal.transaction.phase === phase) return;
  await inHome(member, () => member.write(withPhase(journal, phase)));
}

/** Closes the journal of one home; of a completed one the targets are settled already. Throws WRITE_FAILED. */
export async function closeMember(member: Member, outcome: Outcome): Promise<void> {
  await inHome(member, async () => {
    if (outcome === 'rolledBack') await settleTargets(member.path, member.journal(), outcome);
    await closeJournal(member.path, member.journal(), outcome);
  });
}

/**
 * Closes the journals of all homes. That of the decider comes last, and stays open where another could not be closed, so
 * that an open journal always finds out where it is to go. Throws the first WRITE_FAILED, after trying all.
 */
export async function closeMembers([decider, ...others]: Members, outcome: Outcome): Promise<void> {
  await forAll(others, (member) => closeMember(member, outcome));
  await closeMember(decider, outcome);
}

/** Does `work` for all of the homes, also after a failure, so that one bad disk does not stop the others; throws the first error. */
export async function forAll(members: readonly Member[], work: (member: Member) => Promise<void>): Promise<void> {
  const errors: unknown[] = [];
  for (const member of members) {
    try {
      await work(member);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
