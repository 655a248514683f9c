import { constants, promises as fs } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CarbonPatchError } from '../errors';
import type { FileReplacement } from './commit';
import type { TreeEntry } from './folder-tree';
import { readFile } from './read-file';
import { syncFolder } from './replace-file';
import { orWriteFailed } from './system-error';

/** What is copied, and how it is to differ from what is there. */
export interface TreeCopy {
  /** The folder that is copied; all links followed. */
  readonly from: string;
  readonly entries: readonly TreeEntry[];
  /** Files that get another content. */
  readonly replacements: readonly FileReplacement[];
  /** The folder that the copy will have in the end, towards which absolute links inside are turned. */
  readonly place: string;
}

/** What goes on while a tree is copied. */
export interface CopyWatch {
  /** Ends the copying before the next file. */
  readonly signal: AbortSignal;
  /** Called after each entry, with how many are done and how many there are. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Copies the entries of a folder into `to`, which must not be there: contents, modes, times, links as links, and the owner
 * where this user may give files away; all of it down to the disk. A link that leads out of the folder leads to the same
 * place as before, one that leads into it by its whole path leads into the copy.
 * Throws PLAN_STALE where a file that is replaced has changed, and WRITE_FAILED, also where `signal` says to stop; what was
 * copied until then stays.
 */
export async function copyTree(copy: TreeCopy, to: string, { signal, onProgress }: CopyWatch): Promise<void> {
  await orWriteFailed(to, () => fs.mkdir(to, { mode: 0o700 }));
  const total = copy.entries.length;
  for (const [index, entry] of copy.entries.entries()) {
    if (signal.aborted)
      throw new CarbonPatchError('WRITE_FAILED', { path: copy.place, problem: 'it was interrupted', restored: true });
    await orWriteFailed(join(copy.place, entry.path), () => copyEntry(copy, entry, join(to, entry.path)));
    onProgress(index + 1, total);
  }
  // Last and from the inside out, as a file that is made in a folder changes the time of it, and a mode can forbid making one.
  for (const entry of copy.entries.filter(({ kind }) => kind === 'folder').toReversed()) {
    await orWriteFailed(join(copy.place, entry.path), async () => {
      await syncFolder(join(to, entry.path));
      await takeAttributes(join(to, entry.path), entry);
    });
  }
  const { mode, mtimeMs, uid, gid } = await fs.stat(copy.from);
  await orWriteFailed(to, () => takeAttributes(to, { mode: mode & 0o7777, modified: mtimeMs / 1000, uid, gid }));
}

async function copyEntry(copy: TreeCopy, entry: TreeEntry, target: string): Promise<void> {
  if (entry.kind === 'folder') return fs.mkdir(target, { mode: 0o700 });
  if (entry.kind === 'link') {
    await fs.symlink(turnedTarget(copy, entry), target);
    await takeOwner(target, entry);
    return fs.lutimes(target, entry.modified, entry.modified);
  }
  const replacement = copy.replacements.find(({ path }) => path === entry.path);
  if (replacement === undefined)
    await fs.copyFile(join(copy.from, entry.path), target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  else await writeReplaced(copy.from, replacement, target);
  // It can do for a file what it does for a folder; before the mode of the file can forbid opening it.
  await syncFolder(target);
  // What has new content has a new time, so that nobody takes it for the file that it was made from.
  await takeAttributes(
    target,
    replacement === undefined ? entry : { ...entry, modified: (await fs.stat(target)).mtimeMs / 1000 },
  );
}

async function writeReplaced(
  from: string,
  { path, baseDigest, bytes }: FileReplacement,
  target: string,
): Promise<void> {
  if ((await readFile(join(from, path), path)).digest !== baseDigest)
    throw new CarbonPatchError('PLAN_STALE', { path, paths: [path] });
  await fs.writeFile(target, bytes, { flag: 'wx', mode: 0o600 });
}

type Attributes = Pick<TreeEntry, 'mode' | 'modified' | 'uid' | 'gid'>;

async function takeAttributes(target: string, wanted: Attributes): Promise<void> {
  await takeOwner(target, wanted);
  // The mode comes second, as a change of owner clears the set-id bits.
  await fs.chmod(target, wanted.mode);
  await fs.utimes(target, wanted.modified, wanted.modified);
}

/** Only root may give files away; for everybody else the copy is their own, as with every copy. */
async function takeOwner(target: string, { uid, gid }: Pick<TreeEntry, 'uid' | 'gid'>): Promise<void> {
  const own = await fs.lstat(target);
  if (own.uid !== uid || own.gid !== gid) await fs.lchown(target, uid, gid).catch(() => undefined);
}

function turnedTarget(
  { from, place }: TreeCopy,
  { path, target, leadsTo, leadsOut }: Extract<TreeEntry, { kind: 'link' }>,
): string {
  const copied = resolve(dirname(join(place, path)), target);
  const wanted = leadsOut ? leadsTo : join(place, relative(from, leadsTo));
  return copied === wanted ? target : wanted;
}
