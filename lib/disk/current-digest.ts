import { join } from 'node:path';
import { digestAt } from './file-state';
import type { Home } from './home';
import { absent, type AppliedFile } from './journal-format';
import { fileExists, readFile } from './read-file';
import { orWriteFailed } from './system-error';

/**
 * What is at the place of a file now: the digest of a file, links followed; of one that was not there before an apply also
 * `absent`, and then links are not followed. `undefined` for anything else. Throws FILE_UNREADABLE or WRITE_FAILED.
 */
export async function currentDigest(
  home: Home,
  { path, before }: Pick<AppliedFile, 'path' | 'before'>,
): Promise<string | undefined> {
  const place = join(home.path, path);
  if (before === absent) return orWriteFailed(path, () => digestAt(place));
  return (await fileExists(place)) ? (await readFile(place, path)).digest : undefined;
}
