import { promises as fs } from 'node:fs';
import { CarbonPatchError } from '../errors';
import { problemOf, systemCode } from './system-error';

/** How much of a file is in memory at a time, in bytes. */
const pieceLength = 256 * 1024;

/**
 * Reads a file piece by piece; each piece is overwritten by the next. Symbolic links are followed.
 * Throws FILE_UNREADABLE as `readFile` does.
 */
export async function readPieces(path: string, onPiece: (piece: Uint8Array) => void): Promise<void> {
  try {
    // Asked before opening, as opening a named pipe would wait for a writer.
    if (!(await fs.stat(path)).isFile()) throw new Error('it is not a regular file');
    const handle = await fs.open(path, 'r');
    try {
      await readOn(handle, 0, onPiece);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: problemOf(error) }, { cause: error });
  }
}

/** The length of a file in bytes; 0 where there is none. Throws FILE_UNREADABLE where that cannot be found out. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await fs.stat(path)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: problemOf(error) }, { cause: error });
  }
}

/** Reads what an open file has from an offset on, and gives the offset of its end. */
export async function readOn(
  handle: fs.FileHandle,
  offset: number,
  onPiece: (piece: Uint8Array) => void,
): Promise<number> {
  const buffer = new Uint8Array(pieceLength);
  let position = offset;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return position;
    position += bytesRead;
    onPiece(buffer.subarray(0, bytesRead));
  }
}
