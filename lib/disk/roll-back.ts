import { CarbonPatchError } from '../errors';
import { promises as fs } from 'node:fs';
import { filesWithAccessLists } from './access-lists';
import { backupOf, backupPlaceOf, readBackup } from './backup';
import { type FileState, existingPlacesOf, placesOf, stateOf } from './file-state';
import { inHome, nameIn } from './home';
import { journalName } from './journal';
import { absent, comesOrGoes, type TransactionFile } from './journal-format';
import { makeFolders } from './made-folders';
import { advance, closeMembers, forAll, type Member, type Members } from './member';
import { withInPlace, withPhase } from './open-journal';
import { moveIntoFreePlace, moveIntoPlace, overwriteFile, stageFile } from './replace-file';
import { orWriteFailed } from './system-error';

/**
 * Gives every target in all homes its old content back, except the one that errors call `exempt`, and closes the journals.
 * Throws JOURNAL_DAMAGED where somebody else changed a target, naming all of them, before any target is touched; and
 * WRITE_FAILED. The journals then stay open, for the next recovery.
 */
export async function rollBack(members: Members, exempt?: string): Promise<void> {
  const [decider, ...others] = members;
  for (const member of others) await withdraw(member);
  await inHome(decider, () => decider.write(withPhase(decider.journal(), 'rollingBack')));
  const targets = await findTargets(members, exempt);
  // In all homes before any journal is closed: a home with a closed journal no longer leads to the others.
  await forAll(members, (member) => restore(member, targets.get(member) ?? []));
  await closeMembers(members, 'rolledBack');
}

/**
 * Takes back the word of a home that it will be completed, before the decider says otherwise: alone, a home that says
 * `committing` completes itself. Where that cannot be written, the home still asks the decider, as long as that is there.
 */
async function withdraw(member: Member): Promise<void> {
  if (member.journal().transaction.phase !== 'committing') return;
  await advance(member, 'prepared').catch(() => undefined);
}

interface Target {
  readonly file: TransactionFile;
  readonly state: FileState;
}

async function findTargets(
  members: Members,
  exempt: string | undefined,
): Promise<ReadonlyMap<Member, readonly Target[]>> {
  const targets = new Map<Member, readonly Target[]>();
  for (const member of members) targets.set(member, await inHome(member, () => targetsOf(member, exempt)));
  const changed = [...targets].flatMap(([member, found]) =>
    found.filter(({ state }) => state === 'changed').map(({ file }) => nameIn(member, file.path)),
  );
  if (changed.length > 0) throw changedMeanwhile(members[0], changed);
  return targets;
}

/** The error that names files of which nobody can tell what is to become of them. */
export function changedMeanwhile(member: Member, changed: readonly string[]): CarbonPatchError {
  const problem = `${changed.join(', ')} changed while an ${member.journal().transaction.kind} was unfinished`;
  return new CarbonPatchError('JOURNAL_DAMAGED', { path: nameIn(member, journalName), problem });
}

async function targetsOf(member: Member, exempt: string | undefined): Promise<readonly Target[]> {
  const { transaction } = member.journal();
  const targets: Target[] = [];
  for (const file of transaction.files.filter(({ path }) => nameIn(member, path) !== exempt)) {
    targets.push({ file, state: await orWriteFailed(file.path, () => stateOf(member.path, transaction, file)) });
  }
  return targets;
}

async function restore(member: Member, targets: readonly Target[]): Promise<void> {
  const files = targets.filter(({ state }) => state !== 'before').map(({ file }) => file);
  const listed = await inHome(member, () => listedTargets(member, files));
  for (const file of files) await inHome(member, () => restoreTarget(member, file, listed));
}

/** The true paths of those files whose content is brought back, and that have an access control list. */
async function listedTargets(member: Member, files: readonly TransactionFile[]): Promise<ReadonlySet<string>> {
  const replaced = files.filter((file) => !comesOrGoes(file) && !file.inPlace);
  return orWriteFailed(replaced[0]?.path ?? journalName, async () => {
    const places = await Promise.all(replaced.map((file) => placesOf(member.path, file)));
    return filesWithAccessLists(places.flatMap((place) => (place ? [place.target] : [])));
  });
}

async function restoreTarget(member: Member, file: TransactionFile, listed: ReadonlySet<string>): Promise<void> {
  if (file.before === absent) return removeTarget(member, file);
  if (file.after === absent) return bringBackTarget(member, file);
  const bytes = await readBackup(member.path, backupOf(member.journal().transaction), file);
  await orWriteFailed(file.path, async () => {
    const { target, staged } = await existingPlacesOf(member.path, file);
    // What is staged for a file that is overwritten in place must stay: it tells a mixture from the work of others.
    if (!file.inPlace) {
      await stageFile(target, staged, bytes, listed.has(target));
      if (await moveIntoPlace(staged, target)) return;
      await member.write(withInPlace(member.journal(), file.path));
    }
    await overwriteFile(target, bytes);
  });
}

/** The folders that were made for it go when the journal is closed. */
async function removeTarget(member: Member, file: TransactionFile): Promise<void> {
  await orWriteFailed(file.path, async () => fs.rm((await existingPlacesOf(member.path, file)).target));
}

/** What an undo removed, with the mode and the owner that it had. */
async function bringBackTarget(member: Member, file: TransactionFile): Promise<void> {
  const backup = backupOf(member.journal().transaction);
  const bytes = await readBackup(member.path, backup, file);
  await orWriteFailed(file.path, async () => {
    await makeFolders(member.path, file.folders);
    const { target, staged } = await existingPlacesOf(member.path, file);
    await stageFile(backupPlaceOf(member.path, backup, file.path), staged, bytes);
    if (!(await moveIntoFreePlace(staged, target))) throw new Error('something else has its name now');
  });
}
