import { readFile } from '../disk/read-file';
import { CarbonPatchError } from '../errors';

/** The secret that a file holds: its text as UTF-8, without one line end at the end. Throws FILE_UNREADABLE, also where it is empty or no UTF-8. */
export async function readSecret(path: string): Promise<string> {
  const { bytes } = await readFile(path);
  const text = Buffer.from(bytes).toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes))
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: 'it is not UTF-8; save the password as UTF-8' });
  const secret = text.replace(/^\uFEFF/, '').replace(/\r?\n$/, '');
  if (secret === '')
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: 'it is empty, but should hold a password' });
  return secret;
}
