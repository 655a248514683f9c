import { promises as fs } from 'node:fs';
import { CarbonPatchError } from '../errors';
import { problemOf, systemCode } from './system-error';

/**
 * The names in a folder, sorted, of files and folders alike; links are followed. `undefined` where there is no such folder.
 * Throws FILE_UNREADABLE where it may not be read; the error calls the folder `name`.
 */
export async function listFolder(path: string, name: string = path): Promise<readonly string[] | undefined> {
  try {
    return (await fs.readdir(path)).sort();
  } catch (error) {
    return undefinedWhereMissing(error, name);
  }
}

/**
 * When the file or folder at a path was last changed, in whole ms since 1970, links followed; `undefined` where there is
 * none. Throws FILE_UNREADABLE where that cannot be found out; the error calls the file `name`.
 */
export async function modifiedAt(path: string, name: string = path): Promise<number | undefined> {
  try {
    return Math.floor((await fs.stat(path)).mtimeMs);
  } catch (error) {
    return undefinedWhereMissing(error, name);
  }
}

function undefinedWhereMissing(error: unknown, name: string): undefined {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw new CarbonPatchError('FILE_UNREADABLE', { path: name, problem: problemOf(error) }, { cause: error });
}
