import type { RuleFinding } from '../check/check-cluster';
import type { FindingPlace, Severity } from '../check/rule';
import { ruleOf } from '../check/rules';
import { maskProse } from './mask-secrets';
import { shellWord } from '../text/shell-word';

/** How findings are reported. */
export interface FindingOptions {
  /** The cluster file that the homes were compared with, as the caller named it; without one no command is offered that needs it. */
  readonly clusterFile?: string;
}

/** A finding with everything in it that a report shows; secrets are masked. */
export interface ShownFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** The names of the nodes; empty for the cluster as a whole. */
  readonly nodes: readonly string[];
  readonly place: FindingPlace | undefined;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Whole command lines, one for each node where the command is about one. */
  readonly commands: readonly string[];
}

/** What is shown of a finding. */
export function shownFinding(finding: RuleFinding, options: FindingOptions): ShownFinding {
  const { rule, severity, nodes, place, what, fix } = finding;
  return {
    rule,
    severity,
    nodes: nodes.map(({ name }) => name),
    place,
    what: maskProse(what),
    why: ruleOf(rule)?.why ?? '',
    fix: maskProse(fix),
    commands: commandsOf(finding, options),
  };
}

/**
 * Without a cluster file `apply` and `diff` would take what is not said from the built-in example, which is nobody's
 * cluster; so they are not offered then.
 */
function commandsOf({ command, nodes }: RuleFinding, { clusterFile }: FindingOptions): readonly string[] {
  if (command === undefined) return [];
  if (clusterFile === undefined && /^(?:apply|diff)\b/.test(command)) return [];
  const [verb = '', ...words] = command.split(' ');
  const file = clusterFile === undefined ? [] : ['--cluster', shellWord(clusterFile)];
  const line = ['carbon-patch', verb, ...file, ...words].join(' ');
  if (!line.includes('{node}')) return [line];
  return nodes.map(({ name, facts }) =>
    clusterFile === undefined
      ? line.replaceAll('--node {node}', () => `--home ${shellWord(facts.home.path)}`)
      : line.replaceAll('{node}', () => shellWord(name)),
  );
}
