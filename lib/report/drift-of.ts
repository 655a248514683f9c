import { isCarbonPatchError, type DriftedFile } from '../errors';

/** The files that stopped an apply or an undo because somebody changed them. */
export interface DriftedFiles {
  readonly files: readonly DriftedFile[];
  /** Who wants them changed. */
  readonly wantedBy: 'plan' | 'undo';
}

/** The files that an error knows the contents of; `undefined` where it is about something else, or knows none. */
export function driftOf(error: unknown): DriftedFiles | undefined {
  const isOfPlan = isCarbonPatchError(error, 'PLAN_STALE');
  if (!isOfPlan && !isCarbonPatchError(error, 'UNDO_CONFLICT')) return undefined;
  const files = error.details.drift?.() ?? [];
  return files.length > 0 ? { files, wantedBy: isOfPlan ? 'plan' : 'undo' } : undefined;
}
