import type { CarbonHome } from '../carbon/carbon-home';
import { commit } from '../disk/commit';
import { encodeText } from '../text/encoding';
import { patchedText, type Plan } from './plan';

/** What an apply did. */
export interface ApplyResult {
  /** The files that were written, relative to the home; empty where everything was as wanted. */
  readonly paths: readonly string[];
  /** Those of them that could only be overwritten in place (mount points of a container), not replaced in one step. */
  readonly inPlace: readonly string[];
}

/** What is remembered of an apply, for people who look at the journal. */
export interface ApplyLabel {
  /** What made the plan, such as `carbon-patch 1.0.0`. */
  readonly tool: string;
  readonly role: string;
}

/**
 * Writes what a plan says: all files or none. The originals are kept for `undo`. A plan without edits writes nothing at all.
 * Throws PLAN_STALE where a file changed since the plan was made, HOME_LOCKED, WRITE_FAILED, JOURNAL_DAMAGED.
 */
export async function applyPlan(home: CarbonHome, plan: Plan, label: ApplyLabel): Promise<ApplyResult> {
  const replacements = plan.patches
    .filter(({ edits }) => edits.length > 0)
    .map((patch) => ({
      path: patch.path,
      baseDigest: patch.baseDigest,
      bytes: encodeText({ ...patch, text: patchedText(patch) }, patch.path),
    }));
  return commit(home.path, replacements, { ...label, node: plan.node });
}
