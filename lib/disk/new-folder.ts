import { promises as fs } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CarbonPatchError } from '../errors';
import { withLock } from './lock';
import { syncFolder, temporaryName } from './replace-file';
import { orWriteFailed, problemOf, systemCode } from './system-error';

/** How a new folder is made. */
export interface NewFolder {
  /** The path that it gets; nothing may be there but an empty folder. */
  readonly path: string;
  /** Fills the folder at a temporary path, which is not there yet. */
  readonly fill: (temporary: string) => Promise<void>;
  /** What makes it count, done last, when it has its name; where it throws, the folder goes again. */
  readonly conclude: () => Promise<void>;
}

/** What is at a path at which a folder is to be made. `left` is what a killed run made there and did not conclude. */
export type PlaceState = 'free' | 'taken' | 'left';

/** What is at a path now; reads only. */
export async function stateOfPlace(path: string): Promise<PlaceState> {
  try {
    const names = await fs.readdir(path);
    if (names.length === 0) return 'free';
    return (await isLeftByRun(path)) ? 'left' : 'taken';
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') return 'taken';
    // A link that leads nowhere is something too.
    return fs.lstat(path).then(
      () => 'taken' as const,
      () => 'free' as const,
    );
  }
}

/** True where a killed run left its temporary folder beside a path; reads only. */
export async function hasLeftover(path: string): Promise<boolean> {
  return fs.lstat(workshopOf(path)).then(
    () => true,
    () => false,
  );
}

/**
 * Makes a folder in one step: it is filled under another name beside its place, renamed, and then concluded; where any of
 * that fails, nothing is left of it. What a killed run left at the same place is removed first, also a folder that it had
 * renamed and not concluded.
 * Throws HOME_LOCKED while another run is making the same folder, WRITE_FAILED, and what `fill` and `conclude` throw.
 */
export async function makeNewFolder(folder: NewFolder): Promise<void> {
  const workshop = workshopOf(folder.path);
  await orWriteFailed(workshop, () => makeWorkshop(workshop));
  try {
    await withLock(workshop, async () => {
      await orWriteFailed(folder.path, () => removeLeftovers(folder.path));
      try {
        await fillAndRename(folder);
      } finally {
        await orWriteFailed(workshop, () => clearWorkshop(folder.path));
      }
    });
  } finally {
    // Another run that waits for the lock has files in it, and goes on with it.
    await fs.rmdir(workshop).catch(() => undefined);
  }
}

/** The bytes that are free on the disk of a folder for this user. Throws WRITE_FAILED. */
export async function freeSpaceAt(folder: string): Promise<number> {
  return orWriteFailed(folder, async () => {
    const { bavail, bsize } = await fs.statfs(folder);
    return bavail * bsize;
  });
}

/** The folder in which a new one is made; its name says for which, so that the next run knows what was left for it. */
function workshopOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.carbon-patch-clone`);
}

const homeIn = (workshop: string): string => join(workshop, 'home');
const markIn = (workshop: string): string => join(workshop, 'renamed');

async function makeWorkshop(workshop: string): Promise<void> {
  await fs.mkdir(workshop, { mode: 0o700 }).catch(async (error: unknown) => {
    const isFolder = systemCode(error) === 'EEXIST' && (await fs.lstat(workshop)).isDirectory();
    if (!isFolder) throw error;
    await refuseForeign(workshop);
  });
}

/** Another user could put anything into a folder of theirs while it is worked in; this is about root, whom nothing else stops. */
async function refuseForeign(workshop: string): Promise<void> {
  const own = join(workshop, temporaryName());
  await fs.writeFile(own, '', { flag: 'wx', mode: 0o600 });
  const isOwn = (await fs.lstat(own)).uid === (await fs.lstat(workshop)).uid;
  await fs.rm(own, { force: true });
  if (!isOwn) throw new Error('it belongs to another user; remove it first');
}

async function fillAndRename({ path, fill, conclude }: NewFolder): Promise<void> {
  const workshop = workshopOf(path);
  await fill(homeIn(workshop));
  if ((await stateOfPlace(path)) !== 'free')
    throw new CarbonPatchError('WRITE_FAILED', { path, problem: 'something is there now', restored: true });
  await orWriteFailed(path, async () => {
    await fs.writeFile(markIn(workshop), await identityOf(homeIn(workshop)), { flag: 'wx', mode: 0o600 });
    await fs.rename(homeIn(workshop), path);
    await syncFolder(dirname(path));
  });
  try {
    await conclude();
  } catch (error) {
    await fs.rename(path, homeIn(workshop)).catch((problem: unknown) => {
      throw new CarbonPatchError('WRITE_FAILED', {
        path,
        problem: `it cannot be removed again: ${problemOf(problem)}`,
        restored: false,
      });
    });
    throw error;
  }
}

async function removeLeftovers(path: string): Promise<void> {
  if (await isLeftByRun(path)) await removeTree(path);
  await clearWorkshop(path);
}

async function clearWorkshop(path: string): Promise<void> {
  const workshop = workshopOf(path);
  await removeTree(homeIn(workshop));
  // Last, as it tells what the folder at the path is.
  await fs.rm(markIn(workshop), { force: true });
}

/** A copy can hold folders that nobody may write to; nothing can be removed from those before. */
async function removeTree(path: string): Promise<void> {
  try {
    await fs.rm(path, { recursive: true, force: true });
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
    await openFolders(path);
    await fs.rm(path, { recursive: true, force: true });
  }
}

async function openFolders(folder: string): Promise<void> {
  await fs.chmod(folder, 0o700);
  for (const entry of await fs.readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await openFolders(join(folder, entry.name));
}

async function isLeftByRun(path: string): Promise<boolean> {
  const mark = await fs.readFile(markIn(workshopOf(path)), 'utf8').catch(() => undefined);
  return mark !== undefined && mark === (await identityOf(path).catch(() => undefined));
}

/** What tells a folder from every other, also from one that was made later in its place. */
async function identityOf(folder: string): Promise<string> {
  const { dev, ino, birthtimeNs } = await fs.lstat(folder, { bigint: true });
  return `${dev} ${ino} ${birthtimeNs}`;
}
