import { promises as fs } from 'node:fs';
import { kill } from 'node:process';
import { systemCode } from './system-error';

/** The number in a pid file whose process is running here; `undefined` where there is no such file, or its process is gone. */
export async function runningProcess(pidFile: string): Promise<number | undefined> {
  const text = await fs.readFile(pidFile, 'latin1').catch(() => '');
  const [, digits] = /^\s*([1-9]\d{0,9})\s*$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  try {
    kill(Number(digits), 0);
    return Number(digits);
  } catch (error) {
    // A process of another user (EPERM) is running all the same.
    return systemCode(error) === 'EPERM' ? Number(digits) : undefined;
  }
}
