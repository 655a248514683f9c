import { promises as fs, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CarbonPatchError } from '../errors';
import { readOn } from './read-pieces';
import { problemOf, systemCode } from './system-error';

/** What is done with a file that grows. */
export interface Follower {
  /** The next bytes; they are overwritten after the call. */
  onPiece(piece: Uint8Array): void;
  /** The file was replaced by a new one, or emptied; what comes is from its beginning. */
  onRotation(): void;
  /** Everything that is there has been read, so many milliseconds after the beginning; true ends it. */
  isDone(elapsed: number): boolean;
}

/** How a file is followed. */
export interface FollowOptions {
  /** In milliseconds. */
  readonly limit: number;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}

/** Why following a file ended. */
export type FollowEnd = 'done' | 'time is up' | 'interrupted';

/** How often is looked for more, in milliseconds. */
const interval = 200;

/**
 * Reads a file as it grows, also where it is renamed and made anew, or emptied, until the follower has enough. A file that
 * is not there yet is waited for; its folder has to be there. What an old file got after its last look is read before the
 * new one. A file that is emptied and grows past its old length between two looks is taken for one that grew.
 * Throws FILE_UNREADABLE.
 */
export async function followFile(path: string, follower: Follower, options: FollowOptions): Promise<FollowEnd> {
  const { limit, signal } = options;
  const began = Date.now();
  let file: OpenFile | undefined;
  try {
    if (!(await fs.stat(dirname(path))).isDirectory()) throw new Error('its folder is not there');
    for (;;) {
      file ??= await open(path);
      if (file !== undefined) file = await readNew(path, file, follower);
      const elapsed = Date.now() - began;
      if (follower.isDone(elapsed)) return 'done';
      if (signal.aborted) return 'interrupted';
      if (elapsed >= limit) return 'time is up';
      await pause(Math.min(interval, limit - elapsed), signal);
    }
  } catch (error) {
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: problemOf(error) }, { cause: error });
  } finally {
    await file?.handle.close();
  }
}

interface OpenFile {
  readonly handle: fs.FileHandle;
  position: number;
}

/** Reads on, in the file that has the path now. */
async function readNew(path: string, file: OpenFile, follower: Follower): Promise<OpenFile> {
  await readRest(file, follower);
  const now = await statusOf(path);
  const { ino, dev } = await file.handle.stat();
  // Renamed and not made anew yet: the old file may still get a line.
  if (now === undefined || (now.ino === ino && now.dev === dev)) return file;
  const next = await open(path);
  if (next === undefined) return file;
  await readRest(file, follower);
  await file.handle.close();
  follower.onRotation();
  await readRest(next, follower);
  return next;
}

/** `undefined` where there is no file. */
async function open(path: string): Promise<OpenFile | undefined> {
  const status = await statusOf(path);
  if (status === undefined) return undefined;
  // Asked before opening, as opening a named pipe would wait for a writer.
  if (!status.isFile()) throw new Error('it is not a regular file');
  return { handle: await fs.open(path, 'r'), position: 0 };
}

async function readRest(file: OpenFile, follower: Follower): Promise<void> {
  if ((await file.handle.stat()).size < file.position) {
    file.position = 0;
    follower.onRotation();
  }
  file.position = await readOn(file.handle, file.position, (piece) => follower.onPiece(piece));
}

async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Ends early where the signal comes. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
