import { randomBytes, randomInt } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CarbonPatchError } from '../errors';
import { type Home, inHome } from './home';
import { type LockHolder, parseHolder } from './lock-holder';
import { readRegularFile } from './read-file';
import { isTemporaryName, temporaryName } from './replace-file';
import {
  hasStateFolder,
  makeStateFolder,
  refuseForeignStateFolder,
  removeEmptyStateFolder,
  stateFolderName,
  statePath,
} from './state-folder';
import { orWriteFailed, systemCode } from './system-error';

/** A home in which a run over several homes died, and the home whose journal decides what becomes of it. */
export interface AbandonedHome {
  readonly home: Home;
  readonly coordinator: string;
}

const patienceInMilliseconds = 5000;

/** As `withLocks`, for one home. */
export function withLock<Result>(home: string, work: () => Promise<Result>): Promise<Result> {
  return withLocks([{ path: home }], undefined, work);
}

/**
 * What `work` gives, done while no other run works on any of these homes; makes their state folders, and removes those that
 * end empty. The locks name the `coordinator` of the homes where there are several, and are taken in the order of the paths,
 * so that two runs cannot wait for each other. A lock whose process is dead is removed; `work` is told which homes such
 * locks say were left by a run over several homes.
 * Throws HOME_LOCKED after waiting five seconds for a live one, and WRITE_FAILED where a home cannot be written to.
 */
export async function withLocks<Result>(
  homes: readonly Home[],
  coordinator: string | undefined,
  work: (abandoned: readonly AbandonedHome[]) => Promise<Result>,
): Promise<Result> {
  const claims: Claim[] = [];
  const abandoned: AbandonedHome[] = [];
  try {
    for (const home of [...homes].sort(byPath)) {
      const onDead = (holder: LockHolder): void => {
        if (holder.coordinator !== undefined) abandoned.push({ home, coordinator: holder.coordinator });
      };
      const name = `lock-${randomBytes(8).toString('hex')}`;
      const claim = { home: home.path, name, coordinator, onDead };
      claims.push(claim);
      await inHome(home, () => acquire(claim));
    }
    return await work(abandoned);
  } finally {
    for (const claim of claims) {
      await fs.rm(placeOf(claim), { force: true }).catch(() => undefined);
      await removeEmptyStateFolder(claim.home);
    }
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

/** The live run that has the lock of a home, in words; `undefined` where there is none. Reads only. */
export async function liveHolderOf(home: string): Promise<string | undefined> {
  const locks = await orWriteFailed(stateFolderName, () => locksOf(home));
  return locks.find(({ isDead }) => !isDead)?.words;
}

/** The wish to have the lock of a home. */
interface Claim {
  readonly home: string;
  /** The name of the lock file. */
  readonly name: string;
  readonly coordinator: string | undefined;
  /** Called for each lock that is removed because its process is dead. */
  readonly onDead: (holder: LockHolder) => void;
}

function placeOf({ home, name }: Claim): string {
  return statePath(home, name);
}

function byPath(one: Home, other: Home): number {
  return one.path < other.path ? -1 : 1;
}

async function acquire(claim: Claim): Promise<void> {
  const deadline = Date.now() + patienceInMilliseconds;
  for (;;) {
    const rival = await orWriteFailed(stateFolderName, () => tryToAcquire(claim));
    if (rival === undefined) return;
    if (Date.now() > deadline) throw new CarbonPatchError('HOME_LOCKED', { home: claim.home, holder: rival });
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
async function tryToAcquire(claim: Claim): Promise<string | undefined> {
  await makeStateFolder(claim.home);
  const holder = await liveHolder(claim);
  if (holder !== undefined) return holder;
  if (!(await writeLock(claim))) return 'a run that is just ending';
  await refuseForeignStateFolder(claim.home, claim.name);
  const rival = await liveHolder(claim);
  if (rival !== undefined) await fs.rm(placeOf(claim), { force: true });
  return rival;
}

/** False where the state folder went away meanwhile, as it does when another run ends. */
async function writeLock(claim: Claim): Promise<boolean> {
  const holder: LockHolder = {
    pid,
    host: hostname(),
    startTicks: (await startTicksOf(pid)) ?? null,
    since: new Date().toISOString(),
    ...(claim.coordinator !== undefined && { coordinator: claim.coordinator }),
  };
  const temporary = statePath(claim.home, temporaryName());
  try {
    // In two steps, so that nobody reads half a lock and takes it for a dead one.
    await fs.writeFile(temporary, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    await fs.rename(temporary, placeOf(claim));
    return true;
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The other run that has the lock, in words; removes the locks of dead ones. */
async function liveHolder({ home, name: ownName, onDead }: Claim): Promise<string | undefined> {
  for (const { name, isDead, holder, words } of await locksOf(home)) {
    if (name === ownName) continue;
    if (!isDead) return words;
    await fs.rm(statePath(home, name), { force: true });
    if (holder) onDead(holder);
  }
  return undefined;
}

interface Lock {
  readonly name: string;
  readonly isDead: boolean;
  readonly holder: LockHolder | undefined;
  /** The holder in words. */
  readonly words: string;
}

async function locksOf(home: string): Promise<readonly Lock[]> {
  const locks: Lock[] = [];
  for (const name of (await namesIn(home)).filter((candidate) => /^lock-[0-9a-f]{16}$/.test(candidate))) {
    const bytes = await readRegularFile(statePath(home, name)).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (bytes) locks.push(await lockOf(name, Buffer.from(bytes).toString('utf8')));
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
  if (!holder) return { name, isDead: true, holder, words: 'unknown' };
  const words = `pid ${holder.pid} on ${holder.host} since ${holder.since}`;
  if (holder.host === hostname()) return { name, isDead: await isDead(holder), holder, words };
  return { name, isDead: false, holder, words: `${words}; if that run is gone, remove ${stateFolderName}/${name}` };
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
