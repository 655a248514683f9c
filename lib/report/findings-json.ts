import { severities, type CheckResult, type RuleFinding } from '../check/check-cluster';
import type { Severity } from '../check/rule';
import { maskProse } from './mask-secrets';
import { shownDatabases, type ShownDatabase } from './shown-database';
import { shownFinding, type FindingOptions } from './shown-finding';

/**
 * What a check found, as JSON for other programs. Fields are added without a new `formatVersion`; a field that goes or
 * means something else raises it. Secrets are masked.
 */
export interface FindingsJson {
  readonly formatVersion: 1;
  /** Null where homes were compared with each other. */
  readonly clusterFile: string | null;
  /** The homes that were checked. */
  readonly nodes: readonly CheckedNodeJson[];
  /** The homes that could not be opened. */
  readonly unopened: readonly UnopenedHomeJson[];
  /** The databases that the nodes use; left out where nobody asked to open them. */
  readonly databases?: readonly ShownDatabase[];
  /** How many findings there are of each severity, without those that are silenced. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** Of every severity, the worst first. */
  readonly findings: readonly FindingJson[];
  /** Findings that the cluster file does not want reported. */
  readonly silenced: readonly SilencedFindingJson[];
}

/** One home that was checked. */
export interface CheckedNodeJson {
  readonly name: string;
  readonly home: string;
  readonly role: string;
}

/** One home that could not be opened. */
export interface UnopenedHomeJson {
  readonly name: string;
  readonly home: string;
  /** Such as `HOME_NOT_FOUND`. */
  readonly code: string;
  readonly message: string;
}

/** One finding. */
export interface FindingJson {
  /** Such as `R05`. */
  readonly rule: string;
  readonly severity: Severity;
  /** The names of the nodes, the one with the place first; empty for the cluster as a whole. */
  readonly nodes: readonly string[];
  /** Null where it is about something that is missing. */
  readonly place: PlaceJson | null;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Command lines that put it right. */
  readonly commands: readonly string[];
}

/** A place in a file of the first node. */
export interface PlaceJson {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  /** From 1; null where the file as a whole is meant. */
  readonly line: number | null;
  readonly column: number | null;
}

/** One finding that is not reported, and why. */
export interface SilencedFindingJson extends FindingJson {
  readonly reason: string;
}

/** The JSON form of what a check found, ready for `JSON.stringify`. */
export function findingsJson(result: CheckResult, options: FindingOptions): FindingsJson {
  const { cluster, findings, silenced } = result;
  const databases = shownDatabases(result);
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    formatVersion: 1,
    clusterFile: options.clusterFile ?? null,
    nodes: cluster.nodes.map(({ name, role, facts }) => ({ name, home: facts.home.path, role })),
    unopened: cluster.unopened.map(({ message, ...home }) => ({ ...home, message: maskProse(message) })),
    ...(databases === undefined ? {} : { databases }),
    counts: Object.fromEntries(severities.map((severity) => [severity, count(severity)])) as FindingsJson['counts'],
    findings: findings.map((finding) => findingJson(finding, options)),
    silenced: silenced.map(({ finding, reason }) => ({ ...findingJson(finding, options), reason: maskProse(reason) })),
  };
}

function findingJson(finding: RuleFinding, options: FindingOptions): FindingJson {
  const { place, ...shown } = shownFinding(finding, options);
  return { ...shown, place: place === undefined ? null : placeJson(place) };
}

function placeJson({ path, line, column }: NonNullable<RuleFinding['place']>): PlaceJson {
  return { path, line: line ?? null, column: column ?? null };
}
