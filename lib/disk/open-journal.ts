import { promises as fs } from 'node:fs';
import { dirname } from 'node:path';
import { keepApplied } from './applied';
import { backupOf, originalsOf, removeBackup } from './backup';
import { placesOf } from './file-state';
import { writeJournal } from './journal';
import { absent, formatVersionOf, type ApplyRecord, type Journal, type Transaction } from './journal-format';
import { removeMadeFolders } from './made-folders';
import { syncFolder } from './replace-file';
import { sweepStateFolder } from './state-folder';
import { orWriteFailed } from './system-error';

/** A journal with something under way. */
export type OpenJournal = Journal & { readonly transaction: Transaction };

/** True where something is under way. */
export function isOpen(journal: Journal): journal is OpenJournal {
  return journal.transaction !== undefined;
}

/** How many applies can be undone; the originals of older ones are removed. */
const keptApplies = 10;

/** The same journal in another phase. */
export function withPhase(journal: OpenJournal, phase: Transaction['phase']): OpenJournal {
  return { ...journal, transaction: { ...journal.transaction, phase } };
}

/** The same journal with one target marked as overwritten in place. */
export function withInPlace(journal: OpenJournal, path: string): OpenJournal {
  const files = journal.transaction.files.map((file) => (file.path === path ? { ...file, inPlace: true } : file));
  return { ...journal, transaction: { ...journal.transaction, files } };
}

/** How a transaction ends on a home. */
export type Outcome = 'completed' | 'rolledBack';

/**
 * Removes the staged files, brings the names of all targets down to the disk, and removes the folders that were made for
 * files which are gone now. Throws WRITE_FAILED.
 */
export async function settleTargets(home: string, { transaction }: OpenJournal, outcome: Outcome): Promise<void> {
  const folders = new Map<string, string>();
  for (const file of transaction.files) {
    await orWriteFailed(file.path, async () => {
      const places = await placesOf(home, file);
      if (!places) return;
      await fs.rm(places.staged, { force: true });
      folders.set(dirname(places.target), file.path);
    });
  }
  for (const [folder, path] of folders) await orWriteFailed(path, () => syncFolder(folder));
  for (const { path, before, after, folders: made } of transaction.files) {
    const isGone = (outcome === 'completed' ? after : before) === absent;
    if (isGone) await orWriteFailed(path, () => removeMadeFolders(home, made));
  }
}

/**
 * Says in the journal that all is done, removes the backups that nobody needs any more, and keeps what an apply wrote (see
 * `keepApplied`); the targets are settled. Throws WRITE_FAILED.
 */
export async function closeJournal(home: string, journal: OpenJournal, outcome: Outcome): Promise<void> {
  // Before the journal is written, which needs the space where the disk is full.
  if (outcome === 'rolledBack') await removeBackup(home, backupOf(journal.transaction));
  const applies = outcome === 'completed' ? appliesAfter(journal) : journal.applies;
  await writeJournal(home, { formatVersion: formatVersionOf({ applies }), applies });
  await sweepStateFolder(home, new Set(applies.map(originalsOf)));
  const { kind, record } = journal.transaction;
  // Last of all, as nothing depends on it: it only tells a person later what changed since.
  if (outcome === 'completed' && kind === 'apply') await keepApplied(home, record);
}

function appliesAfter({ applies, transaction: { kind, record } }: OpenJournal): readonly ApplyRecord[] {
  if (kind === 'apply') return [...applies, record].slice(-keptApplies);
  return applies.filter(({ number }) => number !== record.number);
}
