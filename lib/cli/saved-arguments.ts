import { CarbonPatchError } from '../errors';
import type { PlanArguments, SavedPlan } from '../plan/saved-plan';
import { maskProse } from '../report/mask-secrets';
import { nodeOptions, type NodeArguments } from './options';

/** Options that say how a run looks and not what is planned; they are given anew to whoever applies a saved plan. */
const outward = ['json', 'show-secrets', 'yes', 'dry-run'];

/**
 * The options that a saved plan remembers, with the cluster file that was used. Throws PLAN_FILE_INVALID where one holds a
 * secret: a plan is passed around.
 */
export function argumentsToSave(args: NodeArguments, clusterPath: string | undefined): PlanArguments {
  const given = Object.keys(nodeOptions).flatMap((name) => {
    const value = args[name as keyof NodeArguments];
    return value === undefined || typeof value === 'boolean' || outward.includes(name) ? [] : [[name, value] as const];
  });
  const holding = given.filter(([, value]) => [value].flat().some((word) => maskProse(word) !== word));
  if (holding.length > 0) {
    const problem = `--${holding.map(([name]) => name).join(', --')} holds a password, which no plan file may; put it into a file that the cluster file names`;
    throw new CarbonPatchError('PLAN_FILE_INVALID', { path: 'the plan', problem });
  }
  return { ...Object.fromEntries(given), ...(clusterPath === undefined ? {} : { cluster: clusterPath }) };
}

/** The options of a run that applies a saved plan: those it remembers, and how this run is to look. */
export function savedArguments(saved: SavedPlan, args: NodeArguments): NodeArguments {
  const outwardArguments = Object.fromEntries(
    outward
      .map((name) => [name, args[name as keyof NodeArguments]] as const)
      .filter(([, value]) => value !== undefined),
  );
  // What was saved was parsed by these very options.
  return { ...saved.arguments, ...outwardArguments } as NodeArguments;
}

/** The options that must not stand beside `--plan`, as they would plan something else. */
export function optionsBesidePlan(args: NodeArguments): readonly string[] {
  return Object.keys(nodeOptions).filter(
    (name) => !outward.includes(name) && args[name as keyof NodeArguments] !== undefined,
  );
}
