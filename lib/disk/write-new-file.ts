import { promises as fs } from 'node:fs';
import { CarbonPatchError } from '../errors';
import { problemOf, systemCode } from './system-error';

/**
 * Writes a file that is not there yet, down to the disk; `mode` is as umask leaves it. Nothing is left of it where that fails.
 * Throws WRITE_FAILED, also where something has the name already: nothing is ever overwritten here.
 */
export async function writeNewFile(path: string, text: string, mode: number): Promise<void> {
  const handle = await fs.open(path, 'wx', mode).catch((error: unknown) => {
    const problem =
      systemCode(error) === 'EEXIST' ? 'it is there already; move it away or choose another name' : problemOf(error);
    throw new CarbonPatchError('WRITE_FAILED', { path, problem, restored: true }, { cause: error });
  });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } catch (error) {
    await fs.rm(path, { force: true });
    throw new CarbonPatchError('WRITE_FAILED', { path, problem: problemOf(error), restored: true }, { cause: error });
  } finally {
    await handle.close();
  }
}
