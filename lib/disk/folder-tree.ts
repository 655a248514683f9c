import { promises as fs } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { CarbonPatchError } from '../errors';
import { problemOf } from './system-error';

/** A file, folder or link of a folder. */
export type TreeEntry = {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  /** Permission bits with set-id and sticky bits. */
  readonly mode: number;
  /** In seconds since 1970. */
  readonly modified: number;
  readonly uid: number;
  readonly gid: number;
} & (
  | { readonly kind: 'file'; /** In bytes. */ readonly size: number }
  | { readonly kind: 'folder' }
  | {
      readonly kind: 'link';
      readonly target: string;
      /** The whole path that it leads to. */ readonly leadsTo: string;
      /** True where that is out of the folder. */ readonly leadsOut: boolean;
    }
);

/** What is in a folder. */
export interface FolderTree {
  /** Folders before what is in them, names sorted. */
  readonly entries: readonly TreeEntry[];
  /** The paths that were left out, as `leavesOut` said; what is in them was not looked at. */
  readonly leftOut: readonly string[];
  /** Pipes, sockets and devices. */
  readonly others: readonly string[];
}

/** Reads the names of everything in a folder; no link is followed. Throws FILE_UNREADABLE with the whole path. */
export async function readFolderTree(root: string, leavesOut: (path: string) => boolean): Promise<FolderTree> {
  const tree = { entries: [] as TreeEntry[], leftOut: [] as string[], others: [] as string[] };
  const visit = async (folder: string): Promise<void> => {
    for (const name of (await orUnreadable(join(root, folder), () => fs.readdir(join(root, folder)))).sort()) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (leavesOut(path)) {
        tree.leftOut.push(path);
        continue;
      }
      const entry = await orUnreadable(join(root, path), () => entryAt(root, path));
      if (entry === undefined) tree.others.push(path);
      else tree.entries.push(entry);
      if (entry?.kind === 'folder') await visit(path);
    }
  };
  await visit('');
  return tree;
}

async function entryAt(root: string, path: string): Promise<TreeEntry | undefined> {
  const place = join(root, path);
  const found = await fs.lstat(place);
  const common = {
    path,
    mode: found.mode & 0o7777,
    modified: found.mtimeMs / 1000,
    uid: found.uid,
    gid: found.gid,
  };
  if (found.isFile()) return { ...common, kind: 'file', size: found.size };
  if (found.isDirectory()) return { ...common, kind: 'folder' };
  if (!found.isSymbolicLink()) return undefined;
  const target = await fs.readlink(place);
  const written = resolve(dirname(place), target);
  // By another name of the folder it can lead into it all the same.
  const leadsTo = isWithin(root, written) ? written : await fs.realpath(place).catch(() => written);
  return {
    ...common,
    kind: 'link',
    target,
    leadsTo: isWithin(root, leadsTo) ? leadsTo : written,
    leadsOut: !isWithin(root, leadsTo),
  };
}

/** True for a path in a folder, and for the folder itself; only the names are looked at. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split('/')[0] !== '..';
}

async function orUnreadable<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new CarbonPatchError('FILE_UNREADABLE', { path, problem: problemOf(error) }, { cause: error });
  }
}
