import { isAbsolute } from 'node:path';

/** Who holds the lock of a home: the content of a lock file. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in ticks since the boot; `null` where the system does not tell. */
  readonly startTicks: string | null;
  /** When the lock was taken; ISO 8601. */
  readonly since: string;
  /** The true path of the home whose journal decides; missing where the run works on one home only. */
  readonly coordinator?: string;
}

/** The holder that the text of a lock file names; `undefined` for a text that is not whole. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    const { pid, host, startTicks, since, coordinator } = JSON.parse(text) as Partial<LockHolder>;
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
    const holder = { pid, host, startTicks: startTicks ?? null, since: since ?? 'unknown' };
    return typeof coordinator === 'string' && isAbsolute(coordinator) ? { ...holder, coordinator } : holder;
  } catch {
    return undefined;
  }
}
