import { promises as fs } from 'node:fs';
import { CarbonPatchError, isCarbonPatchError } from '../errors';
import { existingPlacesOf, stateOf } from './file-state';
import { inHome } from './home';
import { absent, type TransactionFile } from './journal-format';
import { advance, closeMember, closeMembers, type Member, type Members } from './member';
import { settleTargets, withInPlace } from './open-journal';
import { readRegularFile } from './read-file';
import { moveIntoFreePlace, moveIntoPlace, overwriteFile } from './replace-file';
import { rollBack } from './roll-back';
import { notRestored, orWriteFailed } from './system-error';

/**
 * Replaces every target that is not replaced yet, in all homes, and closes the journals. All homes are prepared, and the
 * decider says `committing` already.
 * Where that fails, the targets in all homes get their old content back. Throws PLAN_STALE where a target changes meanwhile,
 * or WRITE_FAILED; the targets are then as they were, except after a WRITE_FAILED with `restored: false`, which leaves the
 * rest to the next recovery.
 */
export async function complete(members: Members): Promise<void> {
  const [decider, ...others] = members;
  try {
    if (others.length > 0) await replaceEverywhere(members);
    else await replaceAndClose(decider);
  } catch (error) {
    // A target that somebody else changed is theirs; it was not replaced, so there is nothing to bring back.
    const stale = isCarbonPatchError(error, 'PLAN_STALE') ? error.details.path : undefined;
    await rollBack(members, stale).catch(() => {
      throw notRestored(error);
    });
    throw error;
  }
  if (others.length === 0) return;
  await closeMembers(members, 'completed').catch((error: unknown) => {
    throw notRestored(error);
  });
}

/** Replaces every target of one home, and closes its journal, which says `committing`. Throws as `complete` does, with nothing taken back. */
export async function replaceAndClose(member: Member): Promise<void> {
  await inHome(member, () => replaceTargets(member));
  await inHome(member, () => settleTargets(member.path, member.journal(), 'completed'));
  await closeMember(member, 'completed');
}

async function replaceEverywhere(members: Members): Promise<void> {
  // Before any target is replaced, so that a home that is completed without the decider is never the only one.
  for (const member of members) await advance(member, 'committing');
  for (const member of members) await inHome(member, () => replaceTargets(member));
  for (const member of members) await inHome(member, () => settleTargets(member.path, member.journal(), 'completed'));
  // From here on nothing is taken back, as a home whose journal is closed could not be.
  await advance(members[0], 'replaced');
}

async function replaceTargets(member: Member): Promise<void> {
  for (const file of member.journal().transaction.files) {
    const state = await orWriteFailed(file.path, () => stateOf(member.path, member.journal().transaction, file));
    if (state === 'changed') throw new CarbonPatchError('PLAN_STALE', { path: file.path, paths: [file.path] });
    if (state !== 'after') await moveStaged(member, file);
  }
}

async function moveStaged(member: Member, file: TransactionFile): Promise<void> {
  await orWriteFailed(file.path, async () => {
    const { target, staged } = await existingPlacesOf(member.path, file);
    if (file.after === absent) return fs.rm(target);
    if (file.before === absent) {
      if (await moveIntoFreePlace(staged, target)) return;
      throw new CarbonPatchError('PLAN_STALE', { path: file.path, paths: [file.path] });
    }
    if (await moveIntoPlace(staged, target)) return;
    await member.write(withInPlace(member.journal(), file.path));
    await overwriteFile(target, await readRegularFile(staged));
  });
}
