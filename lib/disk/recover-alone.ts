import { CarbonPatchError } from '../errors';
import { replaceAndClose } from './complete';
import { type Home, nameIn } from './home';
import { journalName } from './journal';
import { type Group, hasCompleted, type Journal } from './journal-format';
import { advance, closeMembers, type Member, memberOf } from './member';
import type { OpenJournal, Outcome } from './open-journal';
import { changedMeanwhile, rollBack } from './roll-back';
import { orNotRestored, type Recovery, recoveryOf } from './settle';
import { standingOf } from './standing';

/** What to do about a home without which nothing can be decided; follows its name. */
export const whenMissing =
  'is not there: bring it back and run again, or if it is gone for good, put any file into a new folder of that name and run again';

/**
 * Brings one home of a group to the side that the coordinator was brought to, whose journal (`decider`) is closed; without
 * it where the coordinator is not there. The locks of both are held.
 * Throws JOURNAL_DAMAGED, with every file left alone, where nothing here tells which side that is, or where somebody else
 * changed a file; and WRITE_FAILED.
 */
export async function recoverAlone(
  home: Home,
  journal: OpenJournal,
  group: Group,
  decider: Journal | undefined,
): Promise<Recovery> {
  const member = memberOf(home, journal);
  const outcome = outcomeFor(member, group, decider);
  await orNotRestored(() => bring(member, outcome));
  return recoveryOf(member, outcome, [home.path]);
}

function outcomeFor(member: Member, group: Group, decider: Journal | undefined): Outcome {
  const { kind, phase } = member.journal().transaction;
  if (phase === 'preparing' || phase === 'rollingBack') return 'rolledBack';
  if (decider) return hasCompleted(decider, kind, group.id, group.coordinator.number) ? 'completed' : 'rolledBack';
  // All homes were prepared, and were not told to go back; each of them completes itself.
  if (phase === 'committing') return 'completed';
  const { home } = group.coordinator;
  throw new CarbonPatchError('JOURNAL_DAMAGED', {
    path: nameIn(member, journalName),
    problem: `an ${kind} over several homes was interrupted, and ${home}, which knows how it ends, ${whenMissing}`,
  });
}

async function bring(member: Member, outcome: Outcome): Promise<void> {
  if (outcome === 'completed') {
    const standing = await standingOf(member);
    if (standing.is === 'stuck') throw changedMeanwhile(member, [standing.file]);
    await advance(member, 'committing');
    await replaceAndClose(member);
    return;
  }
  if (member.journal().transaction.phase === 'preparing') await closeMembers([member], outcome);
  else await rollBack([member]);
}
