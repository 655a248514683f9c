import { randomBytes } from 'node:crypto';
import { promises as fs, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { keepAccessList } from './access-lists';
import { kindOf } from './kind-of';
import { orWriteFailed, systemCode } from './system-error';

/**
 * Replaces the content of one file in a single step: a reader sees the old content or the new one, never a part.
 * Symbolic links are followed and stay links; mode and owner stay. A file that is missing is made, for its owner only.
 * A hard link is broken: the other names of the file keep the old content. Access control lists are not copied: this is for
 * the files of this library; those of the home go through `stageFile`. Errors call the file `name`.
 * Throws WRITE_FAILED, with nothing changed, where a step fails or the owner or the mode cannot be kept.
 */
export async function replaceFile(path: string, bytes: Uint8Array, name: string = path): Promise<void> {
  await orWriteFailed(name, async () => {
    const target = await trueFileOf(path);
    const temporary = join(dirname(target), temporaryName());
    try {
      await stageFile(target, temporary, bytes);
      if (!(await moveIntoPlace(temporary, target))) throw new Error('it is a mount point');
      await syncFolder(dirname(target));
    } catch (error) {
      await fs.rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  });
}

/** A name for a temporary file, new each time; `isTemporaryName` knows it again. */
export function temporaryName(): string {
  return `.carbon-patch-${randomBytes(8).toString('hex')}.tmp`;
}

/** True for the names that `temporaryName` makes. */
export function isTemporaryName(name: string): boolean {
  return /^\.carbon-patch-[0-9a-f]{16}\.tmp$/.test(name);
}

/** The path with all links followed. A missing file is looked for in its true folder; a missing folder is ENOENT. */
export async function trueFileOf(path: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return join(await fs.realpath(dirname(path)), basename(path));
  }
}

/**
 * Writes `bytes` to `temporary`, down to the disk, with the mode and the owner of `target`, or for the owner only where
 * there is no `target`; with `keepsAccessList` also with its access control list and SELinux context. An older file of
 * that name is removed first. On failure the temporary file may stay behind.
 */
export async function stageFile(
  target: string,
  temporary: string,
  bytes: Uint8Array,
  keepsAccessList = false,
): Promise<void> {
  const wanted = await attributesOf(target);
  // Private until it has the mode of its target.
  await writeStaged(temporary, 0o600, bytes, async (handle) => {
    if (wanted) await takeAttributes(handle, wanted);
    if (keepsAccessList) await keepAccessList(target, temporary);
  });
}

/**
 * As `stageFile`, for a file that everybody may read, as far as umask lets them, and that belongs to the owner of its
 * folder, where this user can give files away.
 */
export async function stageNewFile(temporary: string, bytes: Uint8Array): Promise<void> {
  const folder = await fs.stat(dirname(temporary));
  await writeStaged(temporary, 0o644, bytes, async (handle) => {
    if (!hasOwner(await handle.stat(), folder)) await handle.chown(folder.uid, folder.gid).catch(() => undefined);
  });
}

async function writeStaged(
  temporary: string,
  mode: number,
  bytes: Uint8Array,
  finish: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  await fs.rm(temporary, { force: true });
  // Exclusive, so that no link that somebody put there is followed.
  const handle = await fs.open(temporary, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await finish(handle);
    // Without this a power failure after the rename can leave an empty file under the final name.
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Gives a staged file its name, in a single step; lasting only once the folder is synced. Its temporary name may stay.
 * False, with everything as it was, where something has the name already: nothing is ever replaced here.
 */
export async function moveIntoFreePlace(temporary: string, target: string): Promise<boolean> {
  try {
    await fs.link(temporary, target);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!isWithoutLinks(error)) throw error;
  }
  const isTaken = await fs.lstat(target).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
  if (!isTaken) await fs.rename(temporary, target);
  return !isTaken;
}

/** True where a file cannot get a second name, as on file systems without hard links. */
export function isWithoutLinks(error: unknown): boolean {
  return ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EXDEV'].includes(systemCode(error) ?? '');
}

/**
 * Renames `temporary` over `target`; lasting only once the folder is synced.
 * False, with both as they were, where the target is a mount point, such as a single file mounted into a container.
 */
export async function moveIntoPlace(temporary: string, target: string): Promise<boolean> {
  try {
    await fs.rename(temporary, target);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EBUSY' || code === 'EXDEV') return false;
    throw error;
  }
}

/**
 * Writes `bytes` over the content of an existing file. Not in one step: a run that dies on the way leaves a mixture, so
 * this is only for files that cannot be renamed over, with the old content safe elsewhere.
 */
export async function overwriteFile(target: string, bytes: Uint8Array): Promise<void> {
  const handle = await fs.open(target, 'r+');
  try {
    // Shortened last: the space of the old content is never given up before the new content has its own.
    await handle.writeFile(bytes);
    await handle.truncate(bytes.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Brings new, renamed and removed names of a folder down to the disk, where the system lets folders be synced. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // A folder that may be written but not read, or a system that cannot sync folders: there is no other way to ask.
    if (!['EACCES', 'EPERM', 'EISDIR', 'EINVAL', 'EBADF', 'ENOTSUP'].includes(systemCode(error) ?? '')) throw error;
  }
}

async function attributesOf(target: string): Promise<Stats | undefined> {
  try {
    const attributes = await fs.stat(target);
    if (!attributes.isFile()) throw new Error(`it is ${kindOf(attributes)}, not a regular file`);
    return attributes;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function takeAttributes(handle: FileHandle, wanted: Stats): Promise<void> {
  if (!hasOwner(await handle.stat(), wanted)) await handle.chown(wanted.uid, wanted.gid).catch(() => undefined);
  // The mode comes second, as a change of owner clears the set-id bits.
  if ((await handle.stat()).mode !== wanted.mode) await handle.chmod(wanted.mode & 0o7777);
  const taken = await handle.stat();
  if (!hasOwner(taken, wanted)) {
    throw new Error(`its owner (uid ${wanted.uid}, gid ${wanted.gid}) cannot be kept by this user`);
  }
  if (taken.mode !== wanted.mode) {
    throw new Error(`its mode (${(wanted.mode & 0o7777).toString(8)}) cannot be kept by this user`);
  }
}

function hasOwner(file: Stats, wanted: Stats): boolean {
  return file.uid === wanted.uid && file.gid === wanted.gid;
}
