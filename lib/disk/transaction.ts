import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { filesWithAccessLists } from './access-lists';
import { type BackupFile, backupOf, makeBackup } from './backup';
import { complete } from './complete';
import { existingPlacesOf } from './file-state';
import { type Home, inHome } from './home';
import {
  comesOrGoes,
  absent,
  formatVersionOf,
  type AppliedFile,
  type ApplyRecord,
  type Group,
  type GroupHome,
  type Transaction,
  type TransactionFile,
} from './journal-format';
import { makeFolders } from './made-folders';
import { advance, closeMembers, type Member, memberOf } from './member';
import type { NonEmpty } from './non-empty';
import type { OpenJournal } from './open-journal';
import { stageFile, stageNewFile, syncFolder, temporaryName, trueFileOf } from './replace-file';
import { notRestored, orWriteFailed } from './system-error';

/** The contents of one file on both sides of a transaction; `undefined` where it is not there. */
export interface FileContents {
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** The change of one file. */
export interface FileChange {
  /** With its digests as the transaction runs. */
  readonly file: AppliedFile;
  /**
   * The contents, which have the digests of the file. Asked for when the turn of the home has come, so that the files of many homes
   * are never in memory at once. Throws PLAN_STALE where the file changed since the digests were taken.
   */
  readonly read: () => Promise<FileContents>;
}

/** What a transaction does in one home. */
export interface Part {
  readonly home: Home;
  /** The applies that can be undone there before it. */
  readonly applies: readonly ApplyRecord[];
  readonly kind: Transaction['kind'];
  readonly record: ApplyRecord;
  readonly changes: readonly FileChange[];
}

/** What a finished transaction did in a home. */
export interface TransactionResult {
  /** The files that were replaced, made or removed, in the order given. */
  readonly paths: readonly string[];
  /** Those of them that are mount points: overwritten, not replaced in one step, so a reader could have seen a part. */
  readonly inPlace: readonly string[];
}

/**
 * Makes all changes in all homes or none; the locks are held and nothing is under way.
 * Backups and staged files are made first and brought down to the disk, in one home after the other; then the journal of the
 * first home says `committing`, which decides for all of them; then the targets are replaced one by one, and last the
 * journals say that all is done.
 * Throws as the reading of the changes does, PLAN_STALE where a target changes meanwhile, or WRITE_FAILED; the targets are
 * then as they were, except after a WRITE_FAILED with `restored: false`, which leaves the rest to the next recovery.
 */
export async function runTransaction(parts: NonEmpty<Part>): Promise<readonly TransactionResult[]> {
  const [first, ...others] = parts;
  const homes = parts.map(({ home, record: { number } }) => ({ home: home.path, number }));
  const group =
    others.length > 0 ? { id: randomBytes(16).toString('hex'), coordinator: groupHomeOf(first) } : undefined;
  const decider = memberOf(first.home, journalOf(first, group && { ...group, homes }));
  const members: [Member, ...Member[]] = [decider];
  const targets = await targetsOf(parts);
  const listed = await orWriteFailed(targets[0] ?? first.home.path, () => filesWithAccessLists(targets));
  try {
    await prepare(decider, first, listed);
    for (const part of others) {
      const member = memberOf(part.home, journalOf(part, group));
      members.push(member);
      await prepare(member, part, listed);
      await advance(member, 'prepared');
    }
    await advance(decider, 'committing');
  } catch (error) {
    await closeMembers(members, 'rolledBack').catch(() => {
      throw notRestored(error);
    });
    throw error;
  }
  await complete(members);
  return members.map(resultOf);
}

function groupHomeOf({ home, record: { number } }: Part): GroupHome {
  return { home: home.path, number };
}

function journalOf({ applies, kind, record, changes }: Part, group: Group | undefined): OpenJournal {
  const files = changes.map(transactionFileOf);
  const phase = 'preparing';
  const marked = kind === 'apply' && group ? { ...record, group: group.id } : record;
  const transaction: Transaction = { kind, phase, record: marked, files, ...(group && { group }) };
  return { formatVersion: formatVersionOf({ applies, transaction }), applies, transaction };
}

function transactionFileOf({ file }: FileChange): TransactionFile {
  return { ...file, temporary: temporaryName(), inPlace: false };
}

/** The true paths of the files that are replaced; one that is gone meanwhile is told when its turn has come. */
async function targetsOf(parts: readonly Part[]): Promise<readonly string[]> {
  const places = parts.flatMap(({ home, changes }) =>
    changes.filter(({ file }) => !comesOrGoes(file)).map(({ file }) => join(home.path, file.path)),
  );
  return Promise.all(places.map((place) => trueFileOf(place).catch(() => place)));
}

async function prepare(member: Member, { changes }: Part, listed: ReadonlySet<string>): Promise<void> {
  await inHome(member, async () => {
    const journal = member.journal();
    // First of all, so that every file made below has its name in the journal and can be removed by another run.
    await member.write(journal);
    const contents = [];
    for (const [index, file] of journal.transaction.files.entries()) {
      const read = changes[index]?.read;
      if (read) contents.push({ file, ...(await read()) });
    }
    const originals = [];
    for (const { file, before } of contents) if (before) originals.push(await backupFileOf(member.path, file, before));
    await makeBackup(member.path, backupOf(journal.transaction), originals);
    const folders = new Map<string, string>();
    for (const { file, after } of contents)
      if (after) folders.set(await stage(member.path, file, after, listed), file.path);
    // The journal is about to say that all of this is there, which a power failure must not make untrue.
    for (const [folder, path] of folders) await orWriteFailed(path, () => syncFolder(folder));
  });
}

async function backupFileOf(home: string, file: TransactionFile, bytes: Uint8Array): Promise<BackupFile> {
  if (file.after !== absent) return { path: file.path, bytes };
  const { target } = await orWriteFailed(file.path, () => existingPlacesOf(home, file));
  return { path: file.path, bytes, place: target };
}

/** Gives the folder of the staged file. */
async function stage(
  home: string,
  file: TransactionFile,
  bytes: Uint8Array,
  listed: ReadonlySet<string>,
): Promise<string> {
  return orWriteFailed(file.path, async () => {
    if (file.before === absent) await makeFolders(home, file.folders);
    const { target, staged } = await existingPlacesOf(home, file);
    if (file.before === absent) await stageNewFile(staged, bytes);
    else await stageFile(target, staged, bytes, listed.has(target));
    return dirname(staged);
  });
}

function resultOf(member: Member): TransactionResult {
  const { files } = member.journal().transaction;
  return {
    paths: files.map(({ path }) => path),
    inPlace: files.filter(({ inPlace }) => inPlace).map(({ path }) => path),
  };
}
