import { promises as fs } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { syncFolder } from './replace-file';
import { systemCode } from './system-error';

/** The folders of a file that are not there, relative to the home, the outermost first. Throws an error of the operating system. */
export async function missingFolders(home: string, path: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
    if (await isThere(join(home, folder))) break;
    missing.unshift(folder);
  }
  return missing;
}

/** Makes folders of a home, down to the disk; those that are there stay. They belong to the owner of the folder they are in, where this user can give them away. */
export async function makeFolders(home: string, folders: readonly string[] = []): Promise<void> {
  for (const folder of folders) {
    const place = join(home, folder);
    try {
      await fs.mkdir(place);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      continue;
    }
    const { uid, gid } = await fs.stat(dirname(place));
    await fs.chown(place, uid, gid).catch(() => undefined);
    await syncFolder(dirname(place));
  }
}

/** Removes folders that were made, down to the disk, the innermost first; those in which something is stay. */
export async function removeMadeFolders(home: string, folders: readonly string[] = []): Promise<void> {
  for (const folder of folders.toReversed()) {
    const place = join(home, folder);
    try {
      await fs.rmdir(place);
      await syncFolder(dirname(place));
    } catch (error) {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EBUSY'].includes(systemCode(error) ?? '')) throw error;
    }
  }
}

async function isThere(place: string): Promise<boolean> {
  try {
    await fs.stat(place);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
