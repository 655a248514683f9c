import { join } from 'node:path';
import { CarbonPatchError, isCarbonPatchError } from '../errors';
import { originalsOf, readBackup } from './backup';
import { currentDigest } from './current-digest';
import { type Home, homesAt, inHome, nameIn } from './home';
import { absent, type AppliedFile, type ApplyRecord, comesOrGoes } from './journal-format';
import { eachOf, type NonEmpty } from './non-empty';
import { readFile } from './read-file';
import type { Recovery, SettledHome } from './settle';
import { withSettledHomes } from './settled-homes';
import { hasStateFolder } from './state-folder';
import { type FileChange, type FileContents, type Part, runTransaction, type TransactionResult } from './transaction';
import { refuseUnsafeFiles } from './unsafe-files';

/** What an undo did in a home. */
export interface UndoResult extends TransactionResult {
  /** The apply that was undone. */
  readonly record: ApplyRecord;
  /** What was found unfinished and dealt with first. */
  readonly recovery: Recovery;
}

/** As `undoAll`, for one home; errors name the files by their paths in it. */
export async function undo(home: string): Promise<UndoResult> {
  const only = { path: home };
  return resultOf(await undoHomes([only]), only);
}

/**
 * Brings every file of the last apply of each home back byte for byte, all of them or none, and forgets those applies, so
 * that a second undo goes one apply further back; after the last one nothing of this library is left in a home. Gives what
 * was done in each home, in the order given.
 * Modes and owners are kept as they are now: an apply does not change them. A file that the apply made is removed, and the
 * folders that it made for it, where nothing else is in them. A file that already has its original content is left alone.
 * What a killed run left is recovered first. Where that already takes an apply back in a home, because it rolls back a
 * killed apply or completes a killed undo, that is the undo of this home, and no other apply of it is undone.
 * Throws, with every file as it was: NOTHING_TO_UNDO with the first home that has none; UNDO_CONFLICT with every file of all
 * homes that was changed or removed since the apply; FILE_UNSAFE and its lists (see `refuseUnsafeFiles`); HOME_LOCKED; JOURNAL_DAMAGED where an original is not there whole; and
 * WRITE_FAILED, where `restored: false` leaves work to `recover`. Where several homes are given, errors name a file by the
 * path of its home and its own.
 */
export async function undoAll(homes: readonly string[]): Promise<readonly UndoResult[]> {
  const all = await homesAt(homes);
  const [first, ...others] = all;
  if (!first) return [];
  const results = await undoHomes([first, ...others]);
  return all.map((home) => resultOf(results, home));
}

type Results = ReadonlyMap<Home, UndoResult>;

function resultOf(results: Results, home: Home): UndoResult {
  const result = results.get(home);
  if (result) return result;
  throw new CarbonPatchError('INTERNAL_MISMATCH', { path: home.path, problem: 'an undo has no result' });
}

async function undoHomes(homes: NonEmpty<Home>): Promise<Results> {
  // Asked first, so that a home that was never touched stays so.
  for (const home of homes) {
    if (!(await inHome(home, () => hasStateFolder(home.path)))) throw nothingToUndo(home);
  }
  const { results, left } = await withSettledHomes(homes, async (settled) => {
    const recovered = settled.flatMap(resultOfRecovery);
    if (recovered.length === 0) return { results: await undoSettled(settled), left: [] };
    const done = new Map(recovered);
    return { results: done, left: settled.filter(({ home }) => !done.has(home)) };
  });
  const [first, ...others] = left;
  if (!first) return results;
  // With new locks, which name the first of those that are left as the one that decides.
  const later = await undoHomes([first.home, ...others.map(({ home }) => home)]);
  const recoveries = new Map(left.map(({ home, recovery }) => [home, recovery]));
  const merged = [...later].map(
    ([home, result]) => [home, { ...result, recovery: recoveries.get(home) ?? result.recovery }] as const,
  );
  return new Map([...results, ...merged]);
}

/** The undo that a recovery was already; nothing where it was none. */
function resultOfRecovery({ home, recovery }: SettledHome): readonly (readonly [Home, UndoResult])[] {
  if (recovery.outcome === 'nothing') return [];
  if (recovery.kind !== (recovery.outcome === 'completed' ? 'undo' : 'apply')) return [];
  return [[home, { record: recovery.record, paths: recovery.paths, inPlace: [], recovery }]];
}

async function undoSettled(settled: NonEmpty<SettledHome>): Promise<Results> {
  const conflicts: string[] = [];
  const parts = await eachOf(settled, (one) => inHome(one.home, () => partOf(one, conflicts)));
  if (conflicts.length > 0) throw new CarbonPatchError('UNDO_CONFLICT', { paths: conflicts });
  await refuseUnsafeFiles(
    parts.map(({ home, changes }) => ({
      home,
      files: changes.map(({ file }) => ({ path: file.path, comesOrGoes: comesOrGoes(file) })),
    })),
  );
  try {
    const done = await runTransaction(parts);
    const results = settled.flatMap(({ home, recovery }, index) => {
      const [part, result] = [parts[index], done[index]];
      return part && result ? [[home, { record: part.record, recovery, ...result }] as const] : [];
    });
    return new Map(results);
  } catch (error) {
    if (!isCarbonPatchError(error, 'PLAN_STALE')) throw error;
    throw new CarbonPatchError('UNDO_CONFLICT', { paths: error.details.paths }, { cause: error });
  }
}

/** The undo of the last apply of a home; files in its way are added to `conflicts`, as errors call them. */
async function partOf({ home, applies }: SettledHome, conflicts: string[]): Promise<Part> {
  const record = applies.at(-1);
  if (!record) throw nothingToUndo(home);
  const changes: FileChange[] = [];
  for (const file of record.files) {
    const current = await currentDigest(home, file);
    if (current === file.before) continue;
    if (current === file.after) {
      if (file.before !== absent) await readBackup(home.path, originalsOf(record), file);
      changes.push(changeOf(home, record, file));
    } else conflicts.push(nameIn(home, file.path));
  }
  return { home, applies, kind: 'undo', record, changes };
}

function changeOf(home: Home, record: ApplyRecord, file: AppliedFile): FileChange {
  const { path, before, after } = file;
  const read = async (): Promise<FileContents> => {
    const current = await readFile(join(home.path, path), path);
    if (current.digest !== after) throw new CarbonPatchError('PLAN_STALE', { path, paths: [path] });
    const original = before === absent ? undefined : await readBackup(home.path, originalsOf(record), file);
    return { before: current.bytes, after: original };
  };
  return { file: { ...file, before: after, after: before }, read };
}

function nothingToUndo({ path, prefix }: Home): CarbonPatchError {
  return new CarbonPatchError('NOTHING_TO_UNDO', { home: prefix ?? path });
}
