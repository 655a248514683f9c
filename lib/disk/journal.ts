import { promises as fs } from 'node:fs';
import { CarbonPatchError } from '../errors';
import { formatVersionOf, isJournal, type ApplyRecord, type Journal } from './journal-format';
import { readRegularFile } from './read-file';
import { replaceFile, syncFolder } from './replace-file';
import { hasStateFolder, stateFolderName, statePath } from './state-folder';
import { orWriteFailed, problemOf, systemCode } from './system-error';

/** The name of the journal for people, relative to the home. */
export const journalName = `${stateFolderName}/journal.json`;

/**
 * The applies on a home that can be undone, the last one last; empty for a home that was never touched.
 * Throws JOURNAL_DAMAGED or FILE_UNREADABLE.
 */
export async function readApplies(home: string): Promise<readonly ApplyRecord[]> {
  return (await readJournal(home)).applies;
}

/**
 * The apply that an undo would take back; `undefined` where there is none. Reads only, and tells nothing of what a killed
 * run left unfinished. Throws JOURNAL_DAMAGED or FILE_UNREADABLE.
 */
export async function lastApply(home: string): Promise<ApplyRecord | undefined> {
  return (await readApplies(home)).at(-1);
}

/** True where a run on a home was interrupted and not put in order yet; reads only. Throws JOURNAL_DAMAGED or FILE_UNREADABLE. */
export async function isJournalOpen(home: string): Promise<boolean> {
  return (await readJournal(home)).transaction !== undefined;
}

/** The journal of a home; an empty one where there is none. Throws JOURNAL_DAMAGED or FILE_UNREADABLE. */
export async function readJournal(home: string): Promise<Journal> {
  try {
    if (!(await hasStateFolder(home))) return emptyJournal;
    return parseJournal(Buffer.from(await readRegularFile(statePath(home, 'journal.json'))).toString('utf8'));
  } catch (error) {
    if (error instanceof CarbonPatchError) throw error;
    if (systemCode(error) === 'ENOENT') return emptyJournal;
    throw new CarbonPatchError('FILE_UNREADABLE', { path: journalName, problem: problemOf(error) }, { cause: error });
  }
}

/**
 * Writes the journal down to the disk; an empty one is removed instead. Throws WRITE_FAILED, and INTERNAL_MISMATCH for a
 * journal that could not be read again.
 */
export async function writeJournal(home: string, journal: Journal): Promise<void> {
  if (!isJournal(JSON.parse(JSON.stringify(journal)))) {
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path: journalName, problem: 'a label or a path is not valid' });
  }
  const path = statePath(home, 'journal.json');
  await orWriteFailed(journalName, async () => {
    if (journal.applies.length > 0 || journal.transaction) {
      await replaceFile(path, Buffer.from(`${JSON.stringify(journal, undefined, 2)}\n`), journalName);
      return;
    }
    await fs.rm(path, { force: true });
    await syncFolder(statePath(home));
  });
}

const emptyJournal: Journal = { formatVersion: 1, applies: [] };

function parseJournal(text: string): Journal {
  const value = parseJson(text);
  if (isJournal(value)) return value;
  const version =
    typeof value === 'object' && value !== null && 'formatVersion' in value ? value.formatVersion : undefined;
  // A higher format than what is in the journal asks for is not of this program.
  const isNewer = typeof version === 'number' && version > formatVersionOf(value);
  throw damaged(isNewer ? `its format ${version} is that of a newer carbon-patch` : 'a field is missing or wrong');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged('it is not JSON');
  }
}

function damaged(problem: string): CarbonPatchError {
  return new CarbonPatchError('JOURNAL_DAMAGED', { path: journalName, problem });
}
