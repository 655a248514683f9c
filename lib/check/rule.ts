import type { CheckedCluster, CheckedNode } from './checked-cluster';

/** How bad a finding is: `error`: the cluster does not work or loses data; `warning`: it may; `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** Something that a rule found, in one node or between nodes. */
export interface Finding {
  readonly severity: Severity;
  /** The nodes it is about, the one with the place first. Empty for the cluster as a whole. */
  readonly nodes: readonly CheckedNode[];
  /** Where it stands, relative to the home of the first node; `undefined` where it is about something that is missing. */
  readonly place: FindingPlace | undefined;
  /** What is wrong, with the values; one sentence without a final dot. Never holds a password. */
  readonly what: string;
  /** What to do; one sentence without a final dot. */
  readonly fix: string;
  /** A command that puts it right, where one exists. */
  readonly command?: string;
}

/** A place in a file of a home. */
export interface FindingPlace {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  /** From 1; `undefined` where the file as a whole is meant. */
  readonly line: number | undefined;
  readonly column?: number;
}

/** One rule of the checker. */
export interface Rule {
  /** What the rule wants, in one sentence with a final dot; the reference is made from it. */
  readonly title: string;
  /** Why it matters: what users see when it is broken; one sentence with a final dot. */
  readonly why: string;
  /** The severities that its findings can have, the worst first. */
  readonly severities: readonly Severity[];
  evaluate(cluster: CheckedCluster): readonly Finding[];
}
