import { readFile } from '../disk/read-file';
import { CarbonPatchError } from '../errors';

/** The secret that a file holds: its text as UTF-8, without one line end at the end. Throws FILE_UNREADABLE, also where it is empty. */
export async function readSecret(path: string): Promise<string> {
  const { bytes } = await readFile(path);
  const secret = new TextDecoder('utf-8').decode(bytes).replace(/\r?\n$/, '');
  if (secret === '')
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: 'it is empty, but should hold a password' });
  return secret;
}
