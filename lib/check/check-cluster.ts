import type { CheckedCluster } from './checked-cluster';
import type { Finding, Severity } from './rule';
import { ruleCodes, ruleOf, type RuleCode } from './rules';

/** A finding with the rule that made it. */
export interface RuleFinding extends Finding {
  readonly rule: RuleCode;
}

/** A finding that the cluster file does not want reported, and why. */
export interface SilencedFinding {
  readonly finding: RuleFinding;
  readonly reason: string;
}

/** What the rules found in a cluster. */
export interface CheckResult {
  readonly cluster: CheckedCluster;
  /** The worst first, then in the order of the nodes (what is about the cluster as a whole before), then by file, line and rule. */
  readonly findings: readonly RuleFinding[];
  /** In the same order. */
  readonly silenced: readonly SilencedFinding[];
}

/**
 * Evaluates every rule. A finding is silenced where the cluster file silences its rule: everywhere, or for every node that
 * the finding is about.
 */
export function checkCluster(cluster: CheckedCluster): CheckResult {
  const found = ruleCodes
    .flatMap((rule) => (ruleOf(rule)?.evaluate(cluster) ?? []).map((finding): RuleFinding => ({ ...finding, rule })))
    .sort(byImportance(cluster));
  const judged = found.map((finding) => ({ finding, reason: silenceOf(finding, cluster) }));
  return {
    cluster,
    findings: judged.filter(({ reason }) => reason === undefined).map(({ finding }) => finding),
    silenced: judged.flatMap(({ finding, reason }) => (reason === undefined ? [] : [{ finding, reason }])),
  };
}

/** All severities, the worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

function silenceOf({ rule, nodes }: RuleFinding, { topology }: CheckedCluster): string | undefined {
  const isAbout = (names: readonly string[]): boolean =>
    nodes.length > 0 && nodes.every(({ name }) => names.includes(name));
  return topology?.silencedRules.find(
    (silenced) => silenced.rule === rule && (silenced.nodes === undefined || isAbout(silenced.nodes)),
  )?.reason;
}

function byImportance({ nodes }: CheckedCluster): (a: RuleFinding, b: RuleFinding) => number {
  const places = new Map(nodes.map((node, index) => [node, index]));
  const keysOf = ({ severity, nodes: [first], place, rule }: RuleFinding): readonly (string | number)[] => [
    severities.indexOf(severity),
    (first && places.get(first)) ?? -1,
    place?.path ?? '',
    place?.line ?? 0,
    place?.column ?? 0,
    rule,
  ];
  return (a, b) => {
    const others = keysOf(b);
    return keysOf(a).reduce<number>((order, key, index) => order || compare(key, others[index] ?? ''), 0);
  };
}

/** Texts by code units, so that the order is the same on every machine. */
function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b);
}
