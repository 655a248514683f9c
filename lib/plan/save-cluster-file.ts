import { dirname, join } from 'node:path';
import type { SecretFile } from '../carbon/description/describe-credentials';
import { nameIsTaken, writeNewFiles } from '../disk/write-new-files';
import { CarbonPatchError } from '../errors';

/** Throws WRITE_FAILED where something has the name of a cluster file that is to be written. */
export async function refuseExisting(path: string): Promise<void> {
  if (!(await nameIsTaken(path))) return;
  const problem = 'it is there already; move it away or choose another name';
  throw new CarbonPatchError('WRITE_FAILED', { path, problem, restored: true });
}

/**
 * Writes a new cluster file, and in its folder the secrets that it names, which only their owner can read; all of them or
 * none. Gives the paths of the secrets. Throws WRITE_FAILED, also where one of them is there already.
 */
export async function saveClusterFile(
  path: string,
  text: string,
  secretFiles: readonly SecretFile[],
): Promise<readonly string[]> {
  const secrets = secretFiles.map(({ name, secret }) => ({
    path: join(dirname(path), name),
    text: `${secret}\n`,
    mode: 0o600,
  }));
  await writeNewFiles([...secrets, { path, text, mode: 0o644 }]);
  return secrets.map((file) => file.path);
}
