import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { CarbonPatchError } from '../errors';
import { isTemporaryName, syncFolder } from './replace-file';
import { orWriteFailed, problemOf, systemCode } from './system-error';

/** The folder in a home that holds the lock, the journal, the originals and what was applied; there only while one of them is. */
export const stateFolderName = '.carbon-patch';

/** The folder in it that holds what each apply wrote; see `keepApplied`. */
export const appliedFolderName = 'applied';

/** A path in the state folder of a home. */
export function statePath(home: string, ...parts: readonly string[]): string {
  return join(home, stateFolderName, ...parts);
}

/**
 * True where the home has a state folder; never makes one.
 * Throws JOURNAL_DAMAGED where something else has its name, also a link, which could lead the originals elsewhere; and
 * FILE_UNREADABLE where that cannot be found out.
 */
export async function hasStateFolder(home: string): Promise<boolean> {
  try {
    if ((await fs.lstat(statePath(home))).isDirectory()) return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new CarbonPatchError(
      'FILE_UNREADABLE',
      { path: stateFolderName, problem: problemOf(error) },
      { cause: error },
    );
  }
  throw new CarbonPatchError('JOURNAL_DAMAGED', { path: stateFolderName, problem: 'it is not a folder' });
}

/** Makes the state folder where it is missing, for its owner only. Throws WRITE_FAILED, or as `hasStateFolder` does. */
export async function makeStateFolder(home: string): Promise<void> {
  await orWriteFailed(stateFolderName, async () => {
    if (await hasStateFolder(home)) return;
    await fs.mkdir(statePath(home), { mode: 0o700 }).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
    await syncFolder(home);
  });
}

/**
 * Refuses a state folder of another user, who could have written anything into its journal; this is about root, whom
 * nothing else stops. `ownFile`, made in it just now, tells who one is on file systems that show one owner for everything.
 */
export async function refuseForeignStateFolder(home: string, ownFile: string): Promise<void> {
  const { uid } = await fs.lstat(statePath(home));
  if ((await fs.lstat(statePath(home, ownFile))).uid === uid) return;
  throw new Error(`it belongs to another user (uid ${uid}); run as that user`);
}

/** Removes the state folder where nothing is in it; otherwise it stays. */
export async function removeEmptyStateFolder(home: string): Promise<void> {
  await fs.rmdir(statePath(home)).catch(() => undefined);
}

/**
 * Removes what dead runs left in the state folder: temporary files, and backups and copies of what was applied other
 * than `keep`.
 * Files that this library did not make stay. What cannot be removed now is left for the next time.
 */
export async function sweepStateFolder(home: string, keep: ReadonlySet<string>): Promise<void> {
  for (const folder of [statePath(home, 'originals'), statePath(home, appliedFolderName)]) {
    for (const name of await namesIn(folder)) {
      if (/^\d+(-undone)?$/.test(name) && !keep.has(name)) await remove(join(folder, name));
    }
    await fs.rmdir(folder).catch(() => undefined);
  }
  for (const name of await namesIn(statePath(home))) {
    if (isTemporaryName(name)) await remove(statePath(home, name));
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch(() => []);
}

async function remove(path: string): Promise<void> {
  await fs.rm(path, { force: true, recursive: true }).catch(() => undefined);
}
