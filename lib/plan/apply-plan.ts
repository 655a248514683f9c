import type { CarbonHome } from '../carbon/carbon-home';
import { commit, commitAll, type FileReplacement } from '../disk/commit';
import { absent } from '../disk/journal-format';
import { digestOf } from '../disk/read-file';
import { encodeText } from '../text/encoding';
import { withPlanDrift } from './drift';
import { patchedText, type FilePatch, type Plan } from './plan';

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

/** A plan with the home it was made for, and what is to be remembered. */
export interface PlanOfHome {
  readonly home: CarbonHome;
  readonly plan: Plan;
  readonly label: ApplyLabel;
}

/**
 * Writes what a plan says: all files or none. The originals are kept for `undo`. A plan without edits writes nothing at all.
 * Throws PLAN_STALE, with their contents, for the files that changed since the plan was made; HOME_LOCKED, WRITE_FAILED, JOURNAL_DAMAGED.
 */
export async function applyPlan(home: CarbonHome, plan: Plan, label: ApplyLabel): Promise<ApplyResult> {
  return orDrift([{ home, plan }], () => commit(home.path, replacementsOf(plan), { ...label, node: plan.node }));
}

/** Writes what the plans of several homes say: all files of all homes or none. The results are in the order of the plans. Throws as `applyPlan` does. */
export async function applyPlans(plans: readonly PlanOfHome[]): Promise<readonly ApplyResult[]> {
  const parts = plans.map(({ home, plan, label }) => ({
    home: home.path,
    replacements: replacementsOf(plan),
    label: { ...label, node: plan.node },
  }));
  return orDrift(plans, () => commitAll(parts));
}

async function orDrift<Result>(
  plans: readonly Pick<PlanOfHome, 'home' | 'plan'>[],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw await withPlanDrift(
      error,
      plans.map(({ home, plan }) => ({ home: home.path, plan })),
    );
  }
}

/**
 * The files that a plan changes or makes. The bytes of a changed file are made when they are asked for, and not kept: the
 * homes of a cluster are written one after the other.
 */
export function replacementsOf({ patches, newFiles }: Plan): readonly FileReplacement[] {
  const replaced = patches.filter(({ edits }) => edits.length > 0).map(replacementOf);
  const made = newFiles.map(({ path, bytes, digest }) => ({ path, baseDigest: absent, bytes, digest }));
  return [...replaced, ...made];
}

function replacementOf(patch: FilePatch): FileReplacement {
  const { path, baseDigest } = patch;
  const bytesOf = (): Uint8Array => encodeText({ ...patch, text: patchedText(patch) }, path);
  return {
    path,
    baseDigest,
    digest: digestOf(bytesOf()),
    get bytes() {
      return bytesOf();
    },
  };
}
