import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { CarbonPatchError } from '../errors';
import type { AppliedFile, ApplyRecord, Transaction } from './journal-format';
import { digestOf, readRegularFile } from './read-file';
import { isWithoutLinks, stageFile, syncFolder } from './replace-file';
import { stateFolderName } from './state-folder';
import { orWriteFailed, problemOf } from './system-error';

/** The folder under `originals` that keeps the files as they were before this apply. */
export function originalsOf({ number }: ApplyRecord): string {
  return String(number);
}

/** The folder under `originals` that keeps the files as they were before this transaction. */
export function backupOf({ kind, record }: Transaction): string {
  return kind === 'apply' ? originalsOf(record) : `${record.number}-undone`;
}

/** A file to be kept. */
export interface BackupFile {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Where the file lies, if it is going to be removed: then a second name of it keeps it, with its mode and owner. */
  readonly place?: string;
}

/** Removes a backup folder; nothing happens where there is none. Throws WRITE_FAILED. */
export async function removeBackup(home: string, backup: string): Promise<void> {
  await orWriteFailed(nameOf(backup), () => fs.rm(join(home, nameOf(backup)), { recursive: true, force: true }));
}

/**
 * Makes a backup folder anew, down to the disk and for the owner only. Every file lies under its own path, so that a
 * person can copy the folder back over the home. Throws WRITE_FAILED.
 */
export async function makeBackup(home: string, backup: string, files: readonly BackupFile[]): Promise<void> {
  const folders = new Set<string>();
  await removeBackup(home, backup);
  for (const { path, bytes, place } of files) {
    const name = nameOf(backup, path);
    await orWriteFailed(name, () =>
      place === undefined ? writeBackupFile(join(home, name), bytes) : linkBackupFile(join(home, name), place, bytes),
    );
    for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of folders) await orWriteFailed(folder, () => syncFolder(join(home, folder)));
}

/** A file as a backup folder keeps it. Throws JOURNAL_DAMAGED where it is not there whole. */
export async function readBackup(home: string, backup: string, { path, before }: AppliedFile): Promise<Uint8Array> {
  const name = nameOf(backup, path);
  const bytes = await readRegularFile(join(home, name)).catch((error: unknown) => {
    throw new CarbonPatchError('JOURNAL_DAMAGED', { path: name, problem: problemOf(error) }, { cause: error });
  });
  if (digestOf(bytes) === before) return bytes;
  throw new CarbonPatchError('JOURNAL_DAMAGED', { path: name, problem: 'it is not the file that was saved' });
}

/** Where a backup folder keeps a file. */
export function backupPlaceOf(home: string, backup: string, path: string): string {
  return join(home, nameOf(backup, path));
}

/** The path of a backup folder or of a file in it, relative to the home, as errors name it. */
function nameOf(...parts: readonly string[]): string {
  return [stateFolderName, 'originals', ...parts].join('/');
}

async function writeBackupFile(path: string, bytes: Uint8Array): Promise<void> {
  await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await fs.open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Takes no space, as a large file would where many homes are undone; a copy where a second name cannot be. */
async function linkBackupFile(path: string, place: string, bytes: Uint8Array): Promise<void> {
  await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await fs.link(place, path);
  } catch (error) {
    if (!isWithoutLinks(error)) throw error;
    await stageFile(place, path, bytes);
  }
}
