import { promises as fs } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { backupOf, readBackup } from './backup';
import { absent, comesOrGoes, type Transaction, type TransactionFile } from './journal-format';
import { digestOf, readRegularFile } from './read-file';
import { trueFileOf } from './replace-file';
import { systemCode } from './system-error';
import { isWithin } from './unsafe-files';

/**
 * How far a transaction came with one file.
 * `before` and `after`: the target holds the one or the other content, or is not there where it is not to be. `torn`: it was
 * being overwritten in place and holds parts of both. `changed`: somebody else changed, removed or made it.
 */
export type FileState = 'before' | 'after' | 'torn' | 'changed';

/**
 * The true path of a target and the path of its staged file; `undefined` where not even the folder is there, and where a
 * link leads out of the home, as it may since the transaction began or by a journal that was tampered with.
 */
export async function placesOf(
  home: string,
  file: TransactionFile,
): Promise<{ readonly target: string; readonly staged: string } | undefined> {
  try {
    const place = join(home, file.path);
    const target = comesOrGoes(file) ? await inTrueFolder(place) : await trueFileOf(place);
    if (!isWithin(await fs.realpath(home), target)) return undefined;
    return { target, staged: join(dirname(target), file.temporary) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** As `placesOf`, for a target that must be there: an error where not even its folder is, or it is outside. */
export async function existingPlacesOf(
  home: string,
  file: TransactionFile,
): Promise<{ readonly target: string; readonly staged: string }> {
  const places = await placesOf(home, file);
  if (!places) throw new Error('its folder is gone, or a link leads out of the home');
  return places;
}

/** A path with all links to its folder followed, but not the one that may stand in its own place. */
export async function inTrueFolder(path: string): Promise<string> {
  return join(await fs.realpath(dirname(path)), basename(path));
}

/**
 * What has a name: the digest of a file, `absent` for nothing at all, and `undefined` for anything else, also a link. Throws
 * an error of the operating system.
 */
export async function digestAt(path: string): Promise<string | undefined> {
  try {
    return (await fs.lstat(path)).isFile() ? digestOf(await readRegularFile(path)) : undefined;
  } catch (error) {
    if (isMissing(error)) return absent;
    throw error;
  }
}

/** The state of one file of a transaction, read from the disk. */
export async function stateOf(home: string, transaction: Transaction, file: TransactionFile): Promise<FileState> {
  const places = await placesOf(home, file);
  if (comesOrGoes(file)) return stateWith(file, places ? await digestAt(places.target) : absent);
  const bytes = places && (await bytesOf(places.target));
  if (!bytes) return 'changed';
  const state = stateWith(file, digestOf(bytes));
  if (state !== 'changed' || !file.inPlace) return state;
  const staged = await bytesOf(places.staged);
  const backup = await readBackup(home, backupOf(transaction), file);
  return staged && isMixture(bytes, backup, staged) ? 'torn' : 'changed';
}

function stateWith({ before, after }: TransactionFile, digest: string | undefined): FileState {
  if (digest === before) return 'before';
  return digest === after ? 'after' : 'changed';
}

/** True where the staged file is there, whole, or none is needed. */
export async function isStaged(home: string, file: TransactionFile): Promise<boolean> {
  if (file.after === absent) return true;
  const places = await placesOf(home, file);
  const bytes = places && (await bytesOf(places.staged));
  return bytes !== undefined && digestOf(bytes) === file.after;
}

/** True where every byte is that of one of the two at its place, as it is while one is written over the other. */
function isMixture(bytes: Uint8Array, one: Uint8Array, other: Uint8Array): boolean {
  const longest = Math.max(one.length, other.length);
  const shortest = Math.min(one.length, other.length);
  return (
    shortest <= bytes.length &&
    bytes.length <= longest &&
    bytes.every((byte, index) => byte === one[index] || byte === other[index])
  );
}

async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    // Whatever else has the name by now is the work of others, and must not be opened.
    return (await fs.stat(path)).isFile() ? await readRegularFile(path) : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '');
}
