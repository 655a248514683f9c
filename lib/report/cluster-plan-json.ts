import type { PlannedHome } from '../plan/plan-homes';
import { planJson, type PlanJson, type PlanJsonOptions } from './plan-json';

/** The plans of several nodes, or what became of them, as JSON; see `PlanJson` for the promise of `formatVersion`. */
export interface ClusterPlanJson {
  readonly formatVersion: 1;
  /** True where at least one file of one node is not yet as wanted. */
  readonly changed: boolean;
  /** True where the files were written, and false for a plan. */
  readonly written: boolean;
  readonly secretsMasked: boolean;
  /** In start order. */
  readonly nodes: readonly NodePlanJson[];
}

/** The plan of one node, with the folder it is for. */
export interface NodePlanJson extends PlanJson {
  readonly role: string;
  readonly home: string;
}

/** The JSON form of the plans of several nodes, ready for `JSON.stringify`. */
export function clusterPlanJson(planned: readonly PlannedHome[], options: PlanJsonOptions): ClusterPlanJson {
  const { showSecrets = false, written = false } = options;
  const nodes = planned.map(({ node, home, plan }) => ({
    role: node.role,
    home: home.path,
    ...planJson(plan, options),
  }));
  return {
    formatVersion: 1,
    changed: nodes.some(({ changed }) => changed),
    written,
    secretsMasked: !showSecrets,
    nodes,
  };
}
