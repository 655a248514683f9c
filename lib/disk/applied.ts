import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { originalsOf } from './backup';
import { absent, type AppliedFile, type ApplyRecord } from './journal-format';
import { digestOf, readFile, readRegularFile } from './read-file';
import { appliedFolderName, statePath } from './state-folder';

/**
 * Keeps the files of a finished apply as it left them, for the owner only, so that what somebody changes later can be told
 * from what was applied. Nothing but a picture depends on these copies: they are not brought down to the disk, and one that
 * cannot be made, of a file that somebody changed already, or of one that the apply made, which had no content before to
 * compare with, is left out. Never throws.
 */
export async function keepApplied(home: string, record: ApplyRecord): Promise<void> {
  await fs.rm(folderOf(home, record), { recursive: true, force: true }).catch(() => undefined);
  const changed = record.files.filter(({ before }) => before !== absent);
  for (const file of changed) await keepFile(home, record, file).catch(() => undefined);
}

/** A file as an apply left it; `undefined` where its copy is not there whole. Never throws. */
export async function readApplied(
  home: string,
  record: ApplyRecord,
  file: AppliedFile,
): Promise<Uint8Array | undefined> {
  const bytes = await readRegularFile(placeOf(home, record, file)).catch(() => undefined);
  return bytes !== undefined && digestOf(bytes) === file.after ? bytes : undefined;
}

async function keepFile(home: string, record: ApplyRecord, file: AppliedFile): Promise<void> {
  const { bytes, digest } = await readFile(join(home, file.path));
  if (digest !== file.after) return;
  const place = placeOf(home, record, file);
  await fs.mkdir(dirname(place), { recursive: true, mode: 0o700 });
  const handle = await fs.open(place, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
  } finally {
    await handle.close();
  }
}

function placeOf(home: string, record: ApplyRecord, { path }: AppliedFile): string {
  return join(folderOf(home, record), path);
}

function folderOf(home: string, record: ApplyRecord): string {
  return statePath(home, appliedFolderName, originalsOf(record));
}
