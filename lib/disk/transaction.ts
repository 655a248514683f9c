import { randomBytes } from 'node:crypto';
import { backupOf, makeBackup } from './backup';
import { complete } from './complete';
import { existingPlacesOf } from './file-state';
import { type Home, inHome } from './home';
import type { AppliedFile, ApplyRecord, Group, GroupHome, Transaction, TransactionFile } from './journal-format';
import { advance, closeMembers, type Member, memberOf } from './member';
import type { NonEmpty } from './non-empty';
import type { OpenJournal } from './open-journal';
import { stageFile, temporaryName } from './replace-file';
import { notRestored, orWriteFailed } from './system-error';

/** The contents of one file on both sides of a transaction. */
export interface FileContents {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** The change of one file, by its digests on both sides. */
export interface FileChange extends AppliedFile {
  /**
   * The contents, which have these digests. Asked for when the turn of the home has come, so that the files of many homes
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
  /** The files that were replaced, in the order given. */
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
  try {
    await prepare(decider, first);
    for (const part of others) {
      const member = memberOf(part.home, journalOf(part, group));
      members.push(member);
      await prepare(member, part);
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
  if (!group) return { formatVersion: 1, applies, transaction: { kind, phase, record, files } };
  const marked = kind === 'apply' ? { ...record, group: group.id } : record;
  return { formatVersion: 2, applies, transaction: { kind, phase, record: marked, files, group } };
}

function transactionFileOf({ path, before, after }: FileChange): TransactionFile {
  return { path, before, after, temporary: temporaryName(), inPlace: false };
}

async function prepare(member: Member, { changes }: Part): Promise<void> {
  await inHome(member, async () => {
    const journal = member.journal();
    // First of all, so that every file made below has its name in the journal and can be removed by another run.
    await member.write(journal);
    const contents = [];
    for (const [index, file] of journal.transaction.files.entries()) {
      const read = changes[index]?.read;
      if (read) contents.push({ file, ...(await read()) });
    }
    const originals = contents.map(({ file: { path }, before }) => ({ path, bytes: before }));
    await makeBackup(member.path, backupOf(journal.transaction), originals);
    for (const { file, after } of contents) await stage(member.path, file, after);
  });
}

async function stage(home: string, file: TransactionFile, bytes: Uint8Array): Promise<void> {
  await orWriteFailed(file.path, async () => {
    const { target, staged } = await existingPlacesOf(home, file);
    await stageFile(target, staged, bytes);
  });
}

function resultOf(member: Member): TransactionResult {
  const { files } = member.journal().transaction;
  return {
    paths: files.map(({ path }) => path),
    inPlace: files.filter(({ inPlace }) => inPlace).map(({ path }) => path),
  };
}
