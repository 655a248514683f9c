import { randomBytes, randomInt } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CarbonPatchError } from '../errors';
import { isTemporaryName, temporaryName } from './replace-file';
import { hasStateFolder, makeStateFolder, removeEmptyStateFolder, stateFolderName, statePath } from './state-folder';
import { orWriteFailed, systemCode } from './system-error';

/** Who holds the lock of a home. */
interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in ticks since the boot; `null` where the system does not tell. */
  readonly startTicks: string | null;
  /** When the lock was taken; ISO 8601. */
  readonly since: string;
}

const patienceInMilliseconds = 5000;

/**
 * What `work` gives, done while no other run works on this home; makes the state folder, and removes it where it ends empty.
 * A lock whose process is dead is removed. Throws HOME_LOCKED after waiting five seconds for a live one, and WRITE_FAILED
 * where the home cannot be written to.
 */
export async function withLock<Result>(home: string, work: () => Promise<Result>): Promise<Result> {
  const name = `lock-${randomBytes(8).toString('hex')}`;
  try {
    await acquire(home, name);
    return await work();
  } finally {
    await fs.rm(statePath(home, name), { force: true }).catch(() => undefined);
    await removeEmptyStateFolder(home);
  }
}

/** True where a run has left something that no journal tells of; the next holder of the lock removes it. */
export async function hasLeftovers(home: string): Promise<boolean> {
  if (!(await hasStateFolder(home))) return false;
  return orWriteFailed(stateFolderName, async () => {
    const names = await namesIn(home);
    if (!names.includes('journal.json') || names.some(isTemporaryName)) return true;
    return (await locksOf(home)).some(({ isDead }) => isDead);
  });
}

async function acquire(home: string, name: string): Promise<void> {
  const deadline = Date.now() + patienceInMilliseconds;
  for (;;) {
    const rival = await orWriteFailed(stateFolderName, () => tryToAcquire(home, name));
    if (rival === undefined) return;
    if (Date.now() > deadline) throw new CarbonPatchError('HOME_LOCKED', { home, holder: rival });
    // By chance, so that two runs that gave way to each other do not meet again.
    await sleep(randomInt(20, 120));
  }
}

/**
 * Takes the lock, or says in words who has it.
 * Every run makes a lock file with a name of its own and then looks for others. Of two runs the one that made its file
 * later sees the file of the other and gives way, so they can never both pass. A dead lock can be removed by anyone at
 * any time, as its name never comes back: there is no moment at which the lock of a live run could be removed instead.
 */
async function tryToAcquire(home: string, name: string): Promise<string | undefined> {
  await makeStateFolder(home);
  const holder = await liveHolder(home, name);
  if (holder !== undefined) return holder;
  if (!(await writeLock(home, name))) return 'a run that is just ending';
  await checkOwner(home, name);
  const rival = await liveHolder(home, name);
  if (rival !== undefined) await fs.rm(statePath(home, name), { force: true });
  return rival;
}

/** False where the state folder went away meanwhile, as it does when another run ends. */
async function writeLock(home: string, name: string): Promise<boolean> {
  const holder: LockHolder = {
    pid,
    host: hostname(),
    startTicks: (await startTicksOf(pid)) ?? null,
    since: new Date().toISOString(),
  };
  const temporary = statePath(home, temporaryName());
  try {
    // In two steps, so that nobody reads half a lock and takes it for a dead one.
    await fs.writeFile(temporary, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    await fs.rename(temporary, statePath(home, name));
    return true;
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Refuses a state folder of another user, who could have written anything into its journal; this is about root, whom
 * nothing else stops. A file made just now tells who one is on file systems that show one owner for everything.
 */
async function checkOwner(home: string, name: string): Promise<void> {
  const { uid } = await fs.lstat(statePath(home));
  if ((await fs.lstat(statePath(home, name))).uid === uid) return;
  throw new Error(`it belongs to another user (uid ${uid}); run as that user`);
}

async function liveHolder(home: string, ownName: string): Promise<string | undefined> {
  for (const { name, isDead, holder } of await locksOf(home)) {
    if (name === ownName) continue;
    if (!isDead) return holder;
    await fs.rm(statePath(home, name), { force: true });
  }
  return undefined;
}

interface Lock {
  readonly name: string;
  readonly isDead: boolean;
  /** In words. */
  readonly holder: string;
}

async function locksOf(home: string): Promise<readonly Lock[]> {
  const locks: Lock[] = [];
  for (const name of (await namesIn(home)).filter((candidate) => /^lock-[0-9a-f]{16}$/.test(candidate))) {
    const text = await fs.readFile(statePath(home, name), 'utf8').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (text !== undefined) locks.push(await lockOf(name, text));
  }
  return locks;
}

async function namesIn(home: string): Promise<readonly string[]> {
  return fs.readdir(statePath(home)).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
}

async function lockOf(name: string, text: string): Promise<Lock> {
  const holder = parseHolder(text);
  // Locks get their name when they are whole, so one that is not was cut by a failure of the power.
  if (!holder) return { name, isDead: true, holder: 'unknown' };
  const words = `pid ${holder.pid} on ${holder.host} since ${holder.since}`;
  if (holder.host === hostname()) return { name, isDead: await isDead(holder), holder: words };
  return { name, isDead: false, holder: `${words}; if that run is gone, remove ${stateFolderName}/${name}` };
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const { pid: process, host, startTicks, since } = JSON.parse(text) as Partial<LockHolder>;
    if (typeof process !== 'number' || typeof host !== 'string') return undefined;
    return { pid: process, host, startTicks: startTicks ?? null, since: since ?? 'unknown' };
  } catch {
    return undefined;
  }
}

async function isDead(holder: LockHolder): Promise<boolean> {
  try {
    kill(holder.pid, 0);
  } catch (error) {
    // A process of another user (EPERM) is alive all the same.
    if (systemCode(error) === 'ESRCH') return true;
  }
  // In a container that was started again, the same number is often given to another process.
  const startTicks = await startTicksOf(holder.pid);
  return startTicks !== undefined && holder.startTicks !== null && startTicks !== holder.startTicks;
}

/** From Linux's /proc; `undefined` where that does not tell, and `dead` for a process that only waits for its parent. */
async function startTicksOf(processId: number): Promise<string | undefined> {
  const status = await fs.readFile(`/proc/${processId}/stat`, 'latin1').catch(() => '');
  // The name of the program, in brackets, may itself hold spaces and brackets.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : fields[19];
}
