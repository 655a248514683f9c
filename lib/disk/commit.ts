import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { CarbonPatchError } from '../errors';
import { currentDigest } from './current-digest';
import { type Home, homesAt, inHome, nameIn } from './home';
import { digestAt, inTrueFolder } from './file-state';
import { absent, type AppliedFile, type ApplyRecord } from './journal-format';
import { missingFolders } from './made-folders';
import { eachOf } from './non-empty';
import { digestOf, readFile } from './read-file';
import { orWriteFailed } from './system-error';
import type { SettledHome } from './settle';
import { withSettledHomes } from './settled-homes';
import { type FileChange, type FileContents, type Part, runTransaction, type TransactionResult } from './transaction';
import { refuseUnsafeFiles } from './unsafe-files';

/** The new content of one file of a home. */
export interface FileReplacement {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  /** The SHA-256 digest of the content that the new one was made from; `absent` for a file that is to be made. */
  readonly baseDigest: string;
  /** Asked for when the turn of the home has come; may be made anew each time. */
  readonly bytes: Uint8Array;
  /** The SHA-256 digest of `bytes`, where the caller knows it: then they are not needed before, and a large file that many homes get is worked through once. */
  readonly digest?: string;
}

/** What is to be replaced in one home. */
export interface HomeReplacements {
  readonly home: string;
  readonly replacements: readonly FileReplacement[];
  /** What is remembered of it in the journal of this home. */
  readonly label: ApplyRecord['label'];
}

/** As `commitAll`, for one home; errors name the files by their paths in it. */
export async function commit(
  home: string,
  replacements: readonly FileReplacement[],
  label: ApplyRecord['label'],
): Promise<TransactionResult> {
  const [result = untouched] = await commitAll([{ home, replacements, label }]);
  return result;
}

/**
 * Replaces all files of all homes or none, and remembers the originals under `.carbon-patch` of each home so that `undo`
 * can bring them back. Gives what was done in each home, in the order given.
 * Links inside the home are followed and stay; modes, owners and access control lists stay.
 * A file that is to be made gets mode 0644 as umask leaves it, and the owner of its folder; folders that are missing are
 * made. Whatever has its name meanwhile, also a link, stays, and is PLAN_STALE.
 * What a killed run left is recovered first. Replacements that change nothing are left out; a home where none is left is not
 * touched, and its result is empty.
 * Throws, with every file as it was: PLAN_STALE with every file of all homes that is not what its replacement was made from,
 * also where it is gone; FILE_UNSAFE and its lists (see `refuseUnsafeFiles`); HOME_LOCKED, FILE_UNREADABLE, JOURNAL_DAMAGED,
 * and WRITE_FAILED, also where two homes are the same or two paths lead to one file. Where several homes are given, errors
 * name a file by the path of its home and its own. Only a WRITE_FAILED with `restored: false` leaves work to `recover`, which
 * can be called for any of the homes.
 */
export async function commitAll(parts: readonly HomeReplacements[]): Promise<readonly TransactionResult[]> {
  const homes = await homesAt(parts.map(({ home }) => home));
  const tasks = homes.map((home, index) => taskOf(home, parts[index]));
  const [first, ...others] = tasks.filter(({ replacements }) => replacements.length > 0);
  if (!first) return parts.map(() => untouched);
  const results = await withSettledHomes([first, ...others], async (settled) => {
    await checkTargets([first, ...others]);
    const stale: string[] = [];
    const parts = await eachOf(settled, (one) => inHome(one.home, () => partOf(one, stale)));
    refuseStale(stale);
    const done = await runTransaction(parts);
    return new Map(settled.map(({ home }, index) => [home, done[index]]));
  });
  return tasks.map((task) => results.get(task) ?? untouched);
}

const untouched: TransactionResult = { paths: [], inPlace: [] };

/** A home with what is to be replaced in it. */
interface Task extends Home {
  readonly replacements: readonly FileReplacement[];
  readonly label: ApplyRecord['label'];
}

function taskOf(home: Home, part: HomeReplacements | undefined): Task {
  const { replacements = [], label = {} } = part ?? {};
  return {
    ...home,
    label,
    replacements: replacements.filter((replacement) => resultDigestOf(replacement) !== replacement.baseDigest),
  };
}

/** What is to be done in a home; files that are not what their content was made from are added to `stale`, as errors call them. */
async function partOf({ home, applies }: SettledHome<Task>, stale: string[]): Promise<Part> {
  const changes: FileChange[] = [];
  for (const replacement of home.replacements) {
    const { path, baseDigest } = replacement;
    const isAsPlanned = (await currentDigest(home, { path, before: baseDigest })) === baseDigest;
    if (!isAsPlanned) stale.push(nameIn(home, path));
    else changes.push({ file: await fileOf(home, replacement), read: () => readChange(home, replacement) });
  }
  const record: ApplyRecord = {
    number: (applies.at(-1)?.number ?? 0) + 1,
    time: new Date().toISOString(),
    label: home.label,
    files: changes.map(({ file }) => file),
  };
  return { home, applies, kind: 'apply', record, changes };
}

async function fileOf(home: Home, replacement: FileReplacement): Promise<AppliedFile> {
  const { path, baseDigest: before } = replacement;
  const file = { path, before, after: resultDigestOf(replacement) };
  if (before !== absent) return file;
  const folders = await orWriteFailed(path, () => missingFolders(home.path, path));
  return folders.length > 0 ? { ...file, folders } : file;
}

function resultDigestOf({ bytes, digest }: FileReplacement): string {
  return digest ?? digestOf(bytes);
}

async function readChange(home: Home, { path, baseDigest, bytes }: FileReplacement): Promise<FileContents> {
  if (baseDigest === absent) {
    const found = await orWriteFailed(path, () => digestAt(join(home.path, path)));
    if (found !== absent) refuseStale([path]);
    return { before: undefined, after: bytes };
  }
  const current = await readFile(join(home.path, path), path);
  if (current.digest !== baseDigest) refuseStale([path]);
  return { before: current.bytes, after: bytes };
}

function refuseStale(paths: readonly string[]): void {
  const [path] = paths;
  if (path !== undefined) throw new CarbonPatchError('PLAN_STALE', { path, paths });
}

async function checkTargets(tasks: readonly Task[]): Promise<void> {
  await refuseUnsafeFiles(
    tasks.map((home) => ({
      home,
      files: home.replacements.map(({ path, baseDigest }) => ({ path, comesOrGoes: baseDigest === absent })),
    })),
  );
  const names = new Map<string, string>();
  for (const { name, place, isNew } of tasks.flatMap(targetsOf)) {
    const target = await (isNew ? inTrueFolder(place) : fs.realpath(place)).catch(() => place);
    const other = names.get(target);
    if (other !== undefined) {
      const problem = `it is the same file as ${other}`;
      throw new CarbonPatchError('WRITE_FAILED', { path: name, problem, restored: true });
    }
    names.set(target, name);
  }
}

interface Target {
  /** As errors call it. */
  readonly name: string;
  readonly place: string;
  /** True where it is to be made. */
  readonly isNew: boolean;
}

function targetsOf(task: Task): readonly Target[] {
  return task.replacements.map(({ path, baseDigest }) => ({
    name: nameIn(task, path),
    place: join(task.path, path),
    isNew: baseDigest === absent,
  }));
}
