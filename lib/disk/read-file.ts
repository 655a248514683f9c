import { createHash } from 'node:crypto';
import { promises as fs, type Stats } from 'node:fs';
import { CarbonPatchError } from '../errors';
import { problemOf, systemCode } from './system-error';

/** The whole of a file, with its fingerprint. */
export interface FileContent {
  readonly bytes: Uint8Array;
  /** SHA-256, 64 hexadecimal digits in lower case. */
  readonly digest: string;
}

/**
 * Reads a file; symbolic links are followed, and errors call the file `name`.
 * Throws FILE_UNREADABLE where there is none, where it may not be read, and where it is not a regular file.
 */
export async function readFile(path: string, name: string = path): Promise<FileContent> {
  try {
    // Asked before opening, as opening a named pipe would wait for a writer.
    if (!(await fs.stat(path)).isFile()) throw new Error('it is not a regular file');
    const bytes = await fs.readFile(path);
    return { bytes, digest: digestOf(bytes) };
  } catch (error) {
    throw new CarbonPatchError('FILE_UNREADABLE', { path: name, problem: problemOf(error) }, { cause: error });
  }
}

/** The SHA-256 of the bytes, 64 hexadecimal digits in lower case. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** True where a regular file is at this path, links followed. Throws FILE_UNREADABLE where that cannot be found out. */
export async function fileExists(path: string): Promise<boolean> {
  return (await statusOf(path))?.isFile() ?? false;
}

/** True where a folder is at this path, links followed. Throws FILE_UNREADABLE where that cannot be found out. */
export async function folderExists(path: string): Promise<boolean> {
  return (await statusOf(path))?.isDirectory() ?? false;
}

async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: problemOf(error) }, { cause: error });
  }
}
