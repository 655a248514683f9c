import { posix } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import { CarbonPatchError, expectedError } from '../errors';
import { makePlan, type PlanOptions } from './make-plan';
import { openHome } from './open-home';
import { isNamedBy } from './planned-files';
import { createPlanningCache } from './planning-cache';
import type { Plan } from './plan';
import type { NodeHome } from './select-nodes';

/** A home with what has to change in it. */
export interface PlannedHome {
  readonly node: ClusterNode;
  readonly home: CarbonHome;
  readonly plan: Plan;
}

/** What planning many homes tells on the way. */
export interface PlanHomesOptions extends PlanOptions {
  /** Called once a home is recognised, before it is planned; an error of it counts as one of the home. */
  readonly onHome?: (node: ClusterNode, home: CarbonHome) => Promise<void>;
  /** Called after each home, with how many are done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Plans every home, one after the other; reads, never writes.
 * Throws what `openHome` and `makePlan` throw; where several homes cannot be used, HOMES_UNUSABLE with the error of each.
 */
export async function planHomes(
  topology: ClusterTopology,
  nodes: readonly NodeHome[],
  { onHome, onProgress, ...options }: PlanHomesOptions = {},
): Promise<readonly PlannedHome[]> {
  const planned: PlannedHome[] = [];
  const onlyOf = nodes.length > 1 ? 'cluster' : 'node';
  // Homes of one cluster are mostly copies of one another.
  const cache = createPlanningCache();
  const causes: CarbonPatchError[] = [];
  for (const [index, { node, home: path }] of nodes.entries()) {
    try {
      const home = await openHome(path, { cache });
      await onHome?.(node, home);
      planned.push({ node, home, plan: await makePlan(home, topology, node.name, { cache, onlyOf, ...options }) });
    } catch (error) {
      causes.push(expectedError(error));
    }
    onProgress?.(index + 1, nodes.length);
  }
  const [first, ...others] = causes;
  if (first === undefined) {
    refuseUnknownNames(planned, options.only ?? []);
    return planned;
  }
  throw others.length === 0 ? first : new CarbonPatchError('HOMES_UNUSABLE', { causes });
}

/** A name of `only` may be a file of some nodes only, but not of none. */
function refuseUnknownNames(planned: readonly PlannedHome[], only: readonly string[]): void {
  const isKnown = (wanted: string): boolean =>
    planned.some(({ home, plan }) =>
      plan.patches.some(({ path }) => isNamedBy(home, posix.relative(home.confFolder, path), wanted)),
    );
  const problems = only
    .filter((wanted) => !isKnown(wanted))
    .map((wanted) => `only: ${JSON.stringify(wanted)} is no file that any of these nodes has and changes`);
  if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
}
