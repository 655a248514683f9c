import type { ClonePlan } from '../plan/plan-clone';
import { maskProse } from './mask-secrets';
import { planJson, type PlanJson } from './plan-json';
import { diffString, type DiffOptions } from './unified-diff';

/**
 * A clone, or the plan of one, as JSON for other programs. Fields are added without a new `formatVersion`; a field that goes
 * or means something else raises it.
 */
export interface CloneJson {
  readonly formatVersion: 1;
  /** The name of the new node. */
  readonly node: string;
  /** The new home. */
  readonly home: string;
  /** The home that is copied. */
  readonly source: string;
  readonly written: boolean;
  readonly secretsMasked: boolean;
  /** How many files are copied. */
  readonly files: number;
  readonly bytes: number;
  readonly leftOut: readonly { readonly what: string; readonly paths: readonly string[] }[];
  readonly notes: readonly string[];
  readonly clusterFile: { readonly path: string; readonly diff: string };
  /** What the copy has otherwise than the original. */
  readonly plan: PlanJson;
}

/** How a clone is reported. */
export interface CloneJsonOptions extends DiffOptions {
  /** True where it was carried out. */
  readonly written: boolean;
}

/** The JSON form of a clone, ready for `JSON.stringify`. `secretsIn` is about the cluster file. */
export function cloneJson(clone: ClonePlan, { written, ...options }: CloneJsonOptions): CloneJson {
  const { showSecrets = false } = options;
  const { node, home, to, size, leftOut, plan, clusterPatch, notes } = clone;
  return {
    formatVersion: 1,
    node: node.name,
    home: to,
    source: home.path,
    written,
    secretsMasked: !showSecrets,
    ...size,
    leftOut: [...leftOut].map(([what, paths]) => ({ what, paths })),
    notes: notes.map((note) => (showSecrets ? note : maskProse(note))),
    clusterFile: { path: clusterPatch.path, diff: diffString(clusterPatch, options) },
    plan: planJson({ ...plan, notes: [] }, { showSecrets, written }),
  };
}
