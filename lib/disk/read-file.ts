import { createHash } from 'node:crypto';
import { constants, promises as fs, type Stats } from 'node:fs';
import { CarbonPatchError } from '../errors';
import { kindOf } from './kind-of';
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
    const bytes = await readRegularFile(path);
    return { bytes, digest: digestOf(bytes) };
  } catch (error) {
    throw new CarbonPatchError('FILE_UNREADABLE', { path: name, problem: problemOf(error) }, { cause: error });
  }
}

/** As `readFile`; `undefined` where nothing is at this path, also for a link that leads nowhere. */
export async function readFileIfThere(path: string, name: string = path): Promise<FileContent | undefined> {
  return readFile(path, name).catch((error: unknown) => {
    if (error instanceof CarbonPatchError && isNothing(error.cause)) return undefined;
    throw error;
  });
}

/**
 * The bytes of a file, links followed; what the operating system throws, and an error that says what is there instead of a
 * regular file. Never waits: a named pipe without a writer would keep whoever opens it for ever.
 */
export async function readRegularFile(path: string): Promise<Uint8Array> {
  const status = await fs.stat(path);
  if (!status.isFile()) throw new Error(`it is ${kindOf(status)}, not a regular file`);
  // The file can be replaced by a named pipe between the two calls, so opening it must not wait either.
  return fs.readFile(path, { flag: constants.O_RDONLY | constants.O_NONBLOCK });
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
    if (isNothing(error)) return undefined;
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: problemOf(error) }, { cause: error });
  }
}

function isNothing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
}
