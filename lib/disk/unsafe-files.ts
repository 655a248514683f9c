import { promises as fs } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CarbonPatchError, type UnsafeFile } from '../errors';
import { type Home, nameIn } from './home';
import { isInnerPath } from './journal-format';
import { kindOf } from './kind-of';
import { problemOf, systemCode } from './system-error';

/** A file that is to be replaced, or made or removed. */
export interface FileToChange {
  /** Relative to the home. */
  readonly path: string;
  /** True where it is made or removed: then only the folder that it is in has to be in the home. */
  readonly comesOrGoes: boolean;
}

/** Files of a home that are to be changed. */
export interface FilesOfHome {
  readonly home: Home;
  readonly files: readonly FileToChange[];
}

/**
 * Refuses files that would not be replaced as their owner expects, all of them at once: FILE_UNSAFE where it is one,
 * HOME_FILES_UNUSABLE where one home has several, HOMES_UNUSABLE where several homes have some. Reads only.
 */
export async function refuseUnsafeFiles(homes: readonly FilesOfHome[]): Promise<void> {
  const errors: CarbonPatchError[] = [];
  for (const { home, files } of homes) {
    const causes = await unsafeFilesOf(home, files);
    const [first, another] = causes;
    if (another) errors.push(new CarbonPatchError('HOME_FILES_UNUSABLE', { home: home.prefix ?? home.path, causes }));
    else if (first) errors.push(first);
  }
  const [first, another] = errors;
  if (another) throw new CarbonPatchError('HOMES_UNUSABLE', { causes: errors });
  if (first) throw first;
}

/**
 * A FILE_UNSAFE for each of these files that would not be replaced as its owner expects. A file that is not there is no
 * such file. Throws FILE_UNREADABLE where nothing can be found out about one.
 */
export async function unsafeFilesOf(home: Home, files: readonly FileToChange[]): Promise<readonly CarbonPatchError[]> {
  if (files.length === 0) return [];
  const trueHome = await fs.realpath(home.path).catch((error: unknown) => unreadable(nameIn(home, '.'), error));
  const errors: CarbonPatchError[] = [];
  for (const file of files) {
    const name = nameIn(home, file.path);
    const unsafe = await unsafeFileAt(trueHome, file).catch((error: unknown) => unreadable(name, error));
    if (unsafe) errors.push(new CarbonPatchError('FILE_UNSAFE', { path: name, ...unsafe }));
  }
  return errors;
}

/** True where a path is in a folder; both without links. */
export function isWithin(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

async function unsafeFileAt(trueHome: string, { path, comesOrGoes }: FileToChange): Promise<UnsafeFile | undefined> {
  if (!isInnerPath(path)) return { reason: 'pathLeavesHome' };
  try {
    const place = join(trueHome, path);
    const truePath = comesOrGoes ? join(await trueFolderOf(place), basename(place)) : await fs.realpath(place);
    if (!isWithin(trueHome, truePath)) return { reason: 'linkLeavesHome', truePath };
    if (comesOrGoes) return undefined;
    const status = await fs.stat(truePath);
    if (!status.isFile()) return { reason: 'notAFile', found: kindOf(status) };
    return status.nlink > 1 ? { reason: 'hardLink', names: status.nlink } : undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** The true path of the folder of a file, or where that is not there, of the nearest one above it that is. */
async function trueFolderOf(path: string): Promise<string> {
  const folder = dirname(path);
  return fs.realpath(folder).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    return trueFolderOf(folder);
  });
}

function unreadable(path: string, error: unknown): never {
  throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: problemOf(error) }, { cause: error });
}
