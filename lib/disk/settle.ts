import { isCarbonPatchError } from '../errors';
import { originalsOf } from './backup';
import { complete } from './complete';
import { type Home, inHome } from './home';
import { readJournal } from './journal';
import type { ApplyRecord, Journal, Transaction } from './journal-format';
import { closeMembers, type Member, memberOf, type Members } from './member';
import type { Outcome } from './open-journal';
import { rollBack } from './roll-back';
import { standingOf } from './standing';
import { sweepStateFolder } from './state-folder';
import { notRestored } from './system-error';

/** What a recovery did in a home. */
export type Recovery =
  | { readonly outcome: 'nothing' }
  | {
      /** Whether the files of the unfinished run now have the content it meant, all of them, or the one before it, all of them. */
      readonly outcome: Outcome;
      /** What was unfinished. */
      readonly kind: Transaction['kind'];
      /** The apply that was being made or undone; that of the first home where it had not come to this one, or was done here. */
      readonly record: ApplyRecord;
      /** The files of this home; empty where the run had not come to this one, or was done here. */
      readonly paths: readonly string[];
      /** All homes that the run was about, and that are as this one now; true paths where there are several. */
      readonly homes: readonly string[];
    };

/** A home in which nothing is under way. */
export interface SettledHome<Place extends Home = Home> {
  readonly home: Place;
  /** The applies that can be undone there. */
  readonly applies: readonly ApplyRecord[];
  /** What was found unfinished and dealt with first. */
  readonly recovery: Recovery;
}

/** Puts a home in order that is in no group, whose lock is held, and whose journal is this. Throws as `recover` does. */
export async function settle<Place extends Home>(
  home: Place,
  { transaction, ...journal }: Journal,
): Promise<SettledHome<Place>> {
  if (!transaction) {
    await sweepStateFolder(home.path, new Set(journal.applies.map(originalsOf)));
    return { home, applies: journal.applies, recovery: { outcome: 'nothing' } };
  }
  const member = memberOf(home, { ...journal, transaction });
  const outcome = await orNotRestored(() => bringToEnd(member));
  const { applies } = await inHome(home, () => readJournal(home.path));
  return { home, applies, recovery: recoveryOf(member, outcome, [home.path]) };
}

/** What a recovery of these homes did in one of them. */
export function recoveryOf(member: Member, outcome: Outcome, homes: readonly string[]): Recovery {
  const { kind, record, files } = member.journal().transaction;
  return { outcome, kind, record, paths: files.map(({ path }) => path), homes };
}

/** What `work`, a part of a recovery, gives; a WRITE_FAILED of it says that not every file could be brought to one side. */
export async function orNotRestored<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isCarbonPatchError(error, 'WRITE_FAILED') ? notRestored(error) : error;
  }
}

/** Completes homes that can be; where that fails and all of them could be rolled back, that is an end too. Throws as `complete` does. */
export async function completeOrRollBack(members: Members): Promise<Outcome> {
  const [decider] = members;
  try {
    await complete(members);
    return 'completed';
  } catch (error) {
    if ((await inHome(decider, () => readJournal(decider.path))).transaction) throw error;
    return 'rolledBack';
  }
}

async function bringToEnd(member: Member): Promise<Outcome> {
  const { phase } = member.journal().transaction;
  if (phase === 'preparing') {
    await closeMembers([member], 'rolledBack');
    return 'rolledBack';
  }
  const { is } = await standingOf(member);
  // Also a rollback ends here where somebody copied the new contents back by hand: all of them is as good as none.
  if (is === 'replaced' || (is === 'ready' && phase === 'committing')) return completeOrRollBack([member]);
  await rollBack([member]);
  return 'rolledBack';
}
