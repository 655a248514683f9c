import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Operation } from './child';

// A disk as the strictest reading of POSIX has it: what was not synced may be lost, each part of it by itself, in any order.
// The content of a file lasts when the file is synced; names in a folder last when the folder is synced.

interface File {
  readonly is: 'file';
  lasting: string;
  written: string;
}

interface Folder {
  readonly is: 'folder';
  readonly lasting: Map<string, Entry>;
  /** Changes of the names that may or may not have come to the disk. */
  pending: readonly NameChange[];
}

type Entry = File | Folder;
type NameChange = (names: Map<string, Entry>) => void;

/** What may be lost at one moment, and what the power failure leaves for each choice. */
export interface Moment {
  /** How many changes, of names and of contents, may each be lost or not. */
  readonly open: number;
  /** Makes the folder what is left of it where the change with this number, counted from 0, is kept or lost. */
  readonly leave: (isKept: (change: number) => boolean) => void;
}

/**
 * Calls `at` for the moment before each operation and for the one after the last, with what lies in `root` in the beginning
 * safe on the disk.
 */
export async function forEachMoment(
  root: string,
  start: Folder,
  operations: readonly Operation[],
  at: (moment: Moment) => Promise<void>,
): Promise<void> {
  for (const operation of operations) {
    if (!isWithin(root, operation.path)) continue;
    await at(momentOf(root, start));
    perform(root, start, operation);
  }
  await at(momentOf(root, start));
}

/** A folder as it is now, all of it safe on the disk. */
export function lastingFolder(path: string): Folder {
  const entries = readdirSync(path, { withFileTypes: true }).map((entry): [string, Entry] => {
    const place = join(path, entry.name);
    if (entry.isDirectory()) return [entry.name, lastingFolder(place)];
    const text = readFileSync(place, 'utf8');
    return [entry.name, { is: 'file', lasting: text, written: text }];
  });
  return { is: 'folder', lasting: new Map(entries), pending: [] };
}

function perform(root: string, top: Folder, operation: Operation): void {
  const { path } = operation;
  if (operation.kind === 'mkdir' && path !== root) return void folderMade(root, top, path);
  const parent = folderAt(root, top, path === root ? path : dirname(path));
  // Where the folder is not there, there was nothing to remove.
  if (!parent) return;
  const name = basename(path);
  const entry = path === root ? top : namesOf(parent).get(name);
  if (operation.kind === 'create') {
    const made: File = { is: 'file', lasting: '', written: '' };
    change(parent, (names) => names.set(name, made));
  }
  if (operation.kind === 'remove') change(parent, (names) => names.delete(name));
  if (operation.kind === 'write' && entry?.is === 'file') entry.written = operation.text;
  if (operation.kind === 'rename' && entry) {
    change(parent, (names) => {
      names.delete(name);
      names.set(basename(operation.to), entry);
    });
  }
  if (operation.kind === 'sync' && entry) sync(entry);
}

function change(folder: Folder, one: NameChange): void {
  folder.pending = [...folder.pending, one];
}

/** The folder at a path, with those above it, as `mkdir -p` makes them. */
function folderMade(root: string, top: Folder, path: string): Folder {
  if (path === root) return top;
  const parent = folderMade(root, top, dirname(path));
  const found = namesOf(parent).get(basename(path));
  if (found?.is === 'folder') return found;
  const made: Folder = { is: 'folder', lasting: new Map(), pending: [] };
  change(parent, (names) => names.set(basename(path), made));
  return made;
}

function sync(entry: Entry): void {
  if (entry.is === 'file') {
    entry.lasting = entry.written;
    return;
  }
  for (const change of entry.pending) change(entry.lasting);
  entry.pending = [];
}

function momentOf(root: string, top: Folder): Moment {
  const changes = openChanges(top);
  return {
    open: changes.length,
    leave: (isKept) => {
      const kept = new Set(changes.filter((_, index) => isKept(index)));
      for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true });
      writeFolder(root, top, kept);
    },
  };
}

/** Every change of names, and every file whose content is not synced. */
function openChanges(folder: Folder): readonly unknown[] {
  const inside = [...new Set([...folder.lasting.values(), ...namesOf(folder).values()])];
  return [
    ...folder.pending,
    ...inside.flatMap((entry) => {
      if (entry.is === 'folder') return openChanges(entry);
      return entry.written === entry.lasting ? [] : [entry];
    }),
  ];
}

function writeFolder(path: string, folder: Folder, kept: ReadonlySet<unknown>): void {
  const names = new Map(folder.lasting);
  for (const change of folder.pending) if (kept.has(change)) change(names);
  for (const [name, entry] of names) {
    const place = join(path, name);
    if (entry.is === 'folder') {
      mkdirSync(place, { mode: 0o700 });
      writeFolder(place, entry, kept);
    } else writeFileSync(place, kept.has(entry) ? entry.written : entry.lasting);
  }
}

function namesOf(folder: Folder): Map<string, Entry> {
  const names = new Map(folder.lasting);
  for (const change of folder.pending) change(names);
  return names;
}

function folderAt(root: string, top: Folder, path: string): Folder | undefined {
  if (path === root) return top;
  const parent = folderAt(root, top, dirname(path));
  const entry = parent && namesOf(parent).get(basename(path));
  return entry?.is === 'folder' ? entry : undefined;
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
