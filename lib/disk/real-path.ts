import { promises as fs } from 'node:fs';
import { resolve } from 'node:path';

/** The path without links, by which two names of one folder are alike; the absolute path where nothing is there. */
export async function realPathOf(path: string): Promise<string> {
  return fs.realpath(path).catch(() => resolve(path));
}
