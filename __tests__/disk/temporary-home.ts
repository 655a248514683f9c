import { afterAll } from '@jest/globals';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileReplacement } from '../../lib/disk/commit';
import type { TextReplacements } from './child';
import { absent } from '../../lib/disk/journal-format';
import { digestOf } from '../../lib/disk/read-file';

/** Every file below a folder, by its relative path: mode and content, or where a link leads. Folders that are empty show too. */
export type Tree = Readonly<Record<string, string>>;

// The tests name modes, which must not depend on who runs them.
process.umask(0o022);

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder that is removed when the tests of the file are over. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(temporaryFolder(), 'carbon-patch-')));
  folders.push(folder);
  return folder;
}

/** A new home with these files, mode 0644. */
export function makeHome(files: Readonly<Record<string, string>>): string {
  const home = makeFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), content, { mode: 0o644 });
  }
  return home;
}

/** The whole tree below a folder. */
export function treeOf(folder: string): Tree {
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) tree[entry.name] = `-> ${readlinkSync(path)}`;
    else if (entry.isFile()) tree[entry.name] = `${modeOf(path)} ${readFileSync(path, 'utf8')}`;
    else if (readdirSync(path).length === 0) tree[`${entry.name}/`] = modeOf(path);
    else for (const [inner, what] of Object.entries(treeOf(path))) tree[`${entry.name}/${inner}`] = what;
  }
  return tree;
}

/** The tree without the state folder: what a person calls the home. */
export function configurationOf(home: string): Tree {
  return Object.fromEntries(Object.entries(treeOf(home)).filter(([path]) => !path.startsWith('.carbon-patch/')));
}

/** The permission bits, in octal. */
export function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8).padStart(4, '0');
}

/** The replacement of a file by this content, made from what the file holds now; a file that is missing is to be made. */
export function replacement(home: string, path: string, content: string): FileReplacement {
  const place = join(home, path);
  const baseDigest = existsSync(place) ? digestOf(readFileSync(place)) : absent;
  return { path, baseDigest, bytes: Buffer.from(content) };
}

/** Replacements of several files, as `replacement` makes them. */
export function replacements(home: string, contents: Readonly<Record<string, string>>): readonly FileReplacement[] {
  return Object.entries(contents).map(([path, content]) => replacement(home, path, content));
}

/** The same replacements as a child process takes them. */
export function textReplacements(home: string, contents: Readonly<Record<string, string>>): TextReplacements {
  return replacements(home, contents).map(({ bytes, ...file }) => ({ ...file, text: Buffer.from(bytes).toString() }));
}

/** What a call rejects with; fails where it does not. */
export async function rejectionOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

/** In memory where there is such a folder, as these tests wait for the disk some ten thousand times otherwise. */
function temporaryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}
