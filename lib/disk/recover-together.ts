import { CarbonPatchError } from '../errors';
import { type Home, inHome, nameIn } from './home';
import { journalName, readJournal } from './journal';
import { type GroupHome, hasCompleted } from './journal-format';
import { closeMembers, type Member, memberOf, type Members } from './member';
import type { OpenJournal, Outcome } from './open-journal';
import { whenMissing } from './recover-alone';
import { rollBack } from './roll-back';
import { completeOrRollBack, orNotRestored, type Recovery, recoveryOf } from './settle';
import { standingOf } from './standing';

/**
 * Brings all homes of a group to one side, from the open journal of the coordinator. The locks of `there`, the homes that
 * are there, are held. Gives what was done in each of them.
 * Throws JOURNAL_DAMAGED, with every file left alone, where a home is not there that has to be completed with the others,
 * or somebody else changed a file; and WRITE_FAILED.
 */
export async function recoverTogether(
  coordinator: Home,
  journal: OpenJournal,
  homes: readonly GroupHome[],
  there: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Recovery>> {
  const group = await gather(coordinator, journal, homes, there);
  const outcome = await orNotRestored(() => bring(group));
  const paths = [coordinator.path, ...homes.slice(1).map(({ home }) => home)];
  const known = new Map(group.members.map((member) => [member.path, recoveryOf(member, outcome, paths)]));
  const { kind, record } = journal.transaction;
  const other: Recovery = { outcome, kind, record, paths: [], homes: paths };
  return new Map(paths.filter((path) => there.has(path)).map((path) => [path, known.get(path) ?? other]));
}

/** The homes of a group, by what is known of them. */
interface Gathered {
  /** Those with an open journal, the coordinator first. */
  readonly members: Members;
  /** Those that are not there. */
  readonly missing: readonly string[];
  /** Those that are closed and were completed. */
  readonly completed: readonly string[];
  /** Those that are closed, or were never begun, and have the content before. */
  readonly untouched: readonly string[];
}

async function gather(
  coordinator: Home,
  journal: OpenJournal,
  homes: readonly GroupHome[],
  there: ReadonlySet<string>,
): Promise<Gathered> {
  const { kind, group } = journal.transaction;
  const members: [Member, ...Member[]] = [memberOf(coordinator, journal)];
  const [missing, completed, untouched]: [string[], string[], string[]] = [[], [], []];
  for (const { home: path, number } of homes.slice(1)) {
    if (!there.has(path)) {
      missing.push(path);
      continue;
    }
    const home = { path, prefix: path };
    const { transaction, ...rest } = await inHome(home, () => readJournal(path));
    const isOpen = transaction?.group?.id === group?.id;
    if (transaction && isOpen) members.push(memberOf(home, { ...rest, transaction }));
    else (hasCompleted(rest, kind, group?.id, number) ? completed : untouched).push(path);
  }
  return { members, missing, completed, untouched };
}

async function bring(group: Gathered): Promise<Outcome> {
  const { members, missing } = group;
  const { phase } = members[0].journal().transaction;
  if (phase === 'replaced') {
    await closeMembers(members, 'completed');
    return 'completed';
  }
  if (phase === 'preparing') {
    await closeMembers(members, 'rolledBack');
    return 'rolledBack';
  }
  // Rolled back without it, it would follow when it is back; but until then it could run with the new content.
  if (phase === 'committing' && missing.length > 0) throw damaged(members[0], missing, whenMissing);
  if ((await obstacleTo(group)) === undefined) return completeOrRollBack(members);
  await rollBack(members);
  return 'rolledBack';
}

/** Why not all homes can be completed; `undefined` where they can. */
async function obstacleTo({ members, missing, completed, untouched }: Gathered): Promise<string | undefined> {
  const isCommitting = members[0].journal().transaction.phase === 'committing';
  // Also a rollback ends here where somebody copied the new contents back by hand: all of them is as good as none.
  const elsewhere = isCommitting ? untouched : [...untouched, ...missing, ...completed];
  let obstacle = elsewhere[0];
  for (const member of members) {
    if (obstacle !== undefined) break;
    const standing = await standingOf(member);
    if (standing.is === 'stuck') obstacle = standing.file;
    if (standing.is === 'ready' && !isCommitting) obstacle = member.path;
  }
  if (obstacle !== undefined && isCommitting && completed.length > 0) {
    throw damaged(members[0], [obstacle], `cannot be completed as ${completed.join(', ')} is`);
  }
  return obstacle;
}

function damaged(coordinator: Member, homes: readonly string[], problem: string): CarbonPatchError {
  const { kind } = coordinator.journal().transaction;
  return new CarbonPatchError('JOURNAL_DAMAGED', {
    path: nameIn(coordinator, journalName),
    problem: `an ${kind} over several homes was interrupted, and ${homes.join(', ')} ${problem}`,
  });
}
