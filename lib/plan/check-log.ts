import { posix } from 'node:path';
import { followFile, type FollowEnd } from '../disk/follow-file';
import { listFolder, modifiedAt } from '../disk/list-folder';
import { readPieces, sizeOf } from '../disk/read-pieces';
import { judgeLog } from '../log/judge-log';
import type { LogQuestion } from '../log/log-question';
import { logReader, type LogReader } from '../log/read-log';
import type { LogVerdict } from '../log/verdict';

/** What is asked of a log. */
export interface CheckLogOptions {
  /** `undefined` where nothing is compared. */
  readonly question?: LogQuestion;
  /** Bytes at the beginning that do not count, as they are of earlier starts; a log that is shorter was begun anew. */
  readonly skip?: number;
}

/**
 * What a server log says of the last start in it. Where the log holds no start, as after it was rotated while the server
 * ran, it is read on from the newest rotated log beside it that holds one. In pieces, so that its length does not matter.
 * Throws FILE_UNREADABLE.
 */
export async function checkLog(path: string, { question, skip = 0 }: CheckLogOptions = {}): Promise<LogVerdict> {
  const reader = logReader();
  await readInto(reader, path, skip);
  reader.end();
  if (skip > 0 || reader.record().starts > 0 || reader.record().entries === 0)
    return judgeLog(reader.record(), question);
  const older = await logsBefore(path);
  return judgeLog((older.length === 0 ? reader : await readAll([...older, path])).record(), question);
}

/** How a log is followed. */
export interface FollowLogOptions extends CheckLogOptions {
  /** In milliseconds. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Called each time when everything there is has been read, with the verdict so far and the milliseconds that went by. */
  readonly onProgress?: (verdict: LogVerdict, elapsed: number) => void;
}

/** The last verdict of a log that was followed, and why it is the last. */
export interface FollowedLog {
  readonly verdict: LogVerdict;
  readonly end: FollowEnd;
}

/**
 * Reads a log as it grows, until its verdict is settled; see `followFile` for rotation. A server that was stopped in what is
 * there at the beginning is waited for, and one that stops later has ended its start. Throws FILE_UNREADABLE.
 */
export async function followLog(path: string, options: FollowLogOptions): Promise<FollowedLog> {
  const { question, skip = 0, limit, signal, onProgress } = options;
  const reader = logReader();
  reader.beginFile(path, await partToSkip(path, skip));
  let verdict = judgeLog(reader.record(), question);
  let startsAtFirst: number | undefined;
  const follower = {
    onPiece: (piece: Uint8Array) => reader.push(piece),
    onRotation: () => reader.beginFile(path),
    isDone: (elapsed: number) => {
      verdict = judgeLog(reader.record(), question);
      const isStopped = verdict.state === 'stopped';
      startsAtFirst ??= isStopped ? verdict.starts : -1;
      onProgress?.(verdict, elapsed);
      return isStopped ? verdict.starts !== startsAtFirst : verdict.isSettled;
    },
  };
  const end = await followFile(path, follower, { limit, signal });
  return { verdict, end };
}

async function readInto(reader: LogReader, path: string, skip: number): Promise<void> {
  reader.beginFile(path, await partToSkip(path, skip));
  await readPieces(path, (piece) => reader.push(piece));
}

/** A log that is shorter than what was there before was begun anew. */
async function partToSkip(path: string, skip: number): Promise<number> {
  return (await sizeOf(path)) < skip ? 0 : skip;
}

async function readAll(paths: readonly string[]): Promise<LogReader> {
  const reader = logReader();
  for (const path of paths) await readInto(reader, path, 0);
  reader.end();
  return reader;
}

/** Rotated logs that are looked into for the start; a server that ran for longer is checked by what it logged since. */
const mostOlder = 14;

/** The rotated logs of a log from the one with the last start on, the oldest first; none where none of them holds a start. */
async function logsBefore(path: string): Promise<readonly string[]> {
  const folder = posix.dirname(path);
  const isOlder = rotatedNames(posix.basename(path));
  const names = ((await listFolder(folder)) ?? []).filter((name) => isOlder.test(name));
  const found = await Promise.all(
    names.map(async (name) => ({
      path: posix.join(folder, name),
      modified: (await modifiedAt(posix.join(folder, name))) ?? 0,
    })),
  );
  const newestFirst = found.toSorted((a, b) => b.modified - a.modified || b.path.localeCompare(a.path));
  const chain: string[] = [];
  for (const { path: older } of newestFirst.slice(0, mostOlder)) {
    chain.unshift(older);
    const reader = logReader();
    await readInto(reader, older, 0);
    reader.end();
    if (reader.record().starts > 0) return chain;
  }
  return [];
}

/** `wso2carbon.log.2015-10-22` and `.1` of log4j, `wso2carbon-10-22-2015.log` of log4j 2. Those that are packed are left out. */
function rotatedNames(name: string): RegExp {
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const date = String.raw`(?:\d{4}-\d\d-\d\d|\d\d-\d\d-\d{4})`;
  return new RegExp(
    `^(?:${escape(name)}\\.(?:${date}|\\d{1,4})|${escape(stem)}[-.]${date}(?:[-.]\\d{1,4})?${escape(extension)})$`,
  );
}
