import { promises as fs } from 'node:fs';
import { writeNewFile } from './write-new-file';

/** A file that is not there yet. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** The permission bits; umask takes some away. */
  readonly mode: number;
}

/** Writes new files, in their order, all of them or none. Throws WRITE_FAILED, also where something has a name already. */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, text, mode } of files) {
      await writeNewFile(path, text, mode);
      written.push(path);
    }
  } catch (error) {
    for (const path of written.toReversed()) await fs.rm(path, { force: true });
    throw error;
  }
}

/** True where anything is at a path, also a link that leads nowhere. */
export async function nameIsTaken(path: string): Promise<boolean> {
  return fs.lstat(path).then(
    () => true,
    () => false,
  );
}
