import { join } from 'node:path';
import { readApplied } from '../disk/applied';
import { originalsOf, readBackup } from '../disk/backup';
import { lastApply } from '../disk/journal';
import { absent, type AppliedFile, type ApplyRecord } from '../disk/journal-format';
import { digestOf, readFile } from '../disk/read-file';
import { CarbonPatchError, type DriftedFile, type FileSide, isCarbonPatchError } from '../errors';
import { encodeText } from '../text/encoding';
import { patchedText, type FilePatch, type Plan } from './plan';

/** A plan and the folder it was made for. */
export interface PlanForHome {
  readonly home: string;
  readonly plan: Plan;
}

/**
 * A PLAN_STALE with every file that is not what its plan was made from, in all of its homes, and their contents; every other
 * error as it is. The files are read again for that, so that one that changed just now is among them.
 */
export async function withPlanDrift(error: unknown, plans: readonly PlanForHome[]): Promise<unknown> {
  if (!isCarbonPatchError(error, 'PLAN_STALE')) return error;
  const drifted: DriftedFile[] = [];
  for (const { home, plan } of plans) {
    for (const patch of plan.patches.filter(({ edits }) => edits.length > 0)) {
      const path = plans.length > 1 ? join(home, patch.path) : patch.path;
      const now = await sideOf(() => readFile(join(home, patch.path), path));
      const isStale = !('bytes' in now) || digestOf(now.bytes) !== patch.baseDigest;
      // One that was changed back meanwhile is told all the same, since it is what stopped the run.
      if (isStale || error.details.paths.includes(path)) drifted.push({ path, now, ...plannedSides(patch) });
    }
  }
  const paths = [...new Set([...error.details.paths, ...drifted.map((file) => file.path)])];
  return new CarbonPatchError('PLAN_STALE', { ...error.details, paths, drift: () => drifted }, { cause: error.cause });
}

/** What a plan was made from, and what it wants, as the bytes of the file. */
export function plannedSides(patch: FilePatch): { readonly base: FileSide; readonly wanted: FileSide } {
  return {
    base: { bytes: encodeText(patch, patch.path) },
    wanted: { bytes: encodeText({ ...patch, text: patchedText(patch) }, patch.path) },
  };
}

/** An UNDO_CONFLICT with the contents of its files, as far as these homes still have them; every other error as it is. */
export async function withUndoDrift(error: unknown, homes: readonly string[]): Promise<unknown> {
  if (!isCarbonPatchError(error, 'UNDO_CONFLICT')) return error;
  const { paths } = error.details;
  const drifted: DriftedFile[] = [];
  for (const home of homes) {
    // Nobody holds the lock any more, so the journal may be gone or unreadable by now.
    const record = await lastApply(home).catch(() => undefined);
    if (record !== undefined) drifted.push(...(await undoneFiles(home, record, homes.length > 1, paths)));
  }
  return new CarbonPatchError('UNDO_CONFLICT', { paths, drift: () => drifted }, { cause: error.cause });
}

async function undoneFiles(
  home: string,
  record: ApplyRecord,
  isOneOfSeveral: boolean,
  paths: readonly string[],
): Promise<readonly DriftedFile[]> {
  const drifted: DriftedFile[] = [];
  for (const file of record.files) {
    const path = isOneOfSeveral ? join(home, file.path) : file.path;
    if (!paths.includes(path)) continue;
    const bytes = await readApplied(home, record, file);
    drifted.push({
      path,
      base: bytes === undefined ? { missing: 'what the apply wrote was not kept' } : { bytes },
      now: await sideOf(() => readFile(join(home, file.path), path)),
      wanted: await originalSide(home, record, file),
    });
  }
  return drifted;
}

async function originalSide(home: string, record: ApplyRecord, file: AppliedFile): Promise<FileSide> {
  if (file.before === absent) return { missing: 'it was not there before the apply' };
  return sideOf(async () => ({ bytes: await readBackup(home, originalsOf(record), file) }));
}

async function sideOf(read: () => Promise<{ readonly bytes: Uint8Array }>): Promise<FileSide> {
  try {
    return { bytes: (await read()).bytes };
  } catch (error) {
    if (isCarbonPatchError(error, 'FILE_UNREADABLE') || isCarbonPatchError(error, 'JOURNAL_DAMAGED')) {
      return { missing: error.details.problem };
    }
    throw error;
  }
}
