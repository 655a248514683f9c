import { severities, type CheckResult, type SilencedFinding } from '../check/check-cluster';
import type { Severity } from '../check/rule';
import { paint, printable, type ColorOptions, type Tone } from './color';
import { maskProse } from './mask-secrets';
import { shownDatabases, type ShownDatabase } from './shown-database';
import { shownFinding, type FindingOptions, type ShownFinding } from './shown-finding';

/** How findings are shown to people. */
export interface FindingsTextOptions extends FindingOptions, ColorOptions {
  /** True where remarks (severity info) are shown too. */
  readonly all?: boolean;
}

/**
 * What a check found, for people: a line for each database that was to be opened; one paragraph a finding, with its severity, rule, nodes and place, what is wrong, why it
 * matters, what to do, and the command where there is one; then what is silenced, and a line that counts. Each line ends
 * in LF. Secrets are masked.
 */
export function findingsText(result: CheckResult, options: FindingsTextOptions): string {
  const shown = result.findings.filter(({ severity }) => options.all === true || severity !== 'info');
  return [
    ...databaseLines(shownDatabases(result) ?? [], options),
    ...shown.flatMap((finding) => [...paragraph(shownFinding(finding, options), options), '']),
    ...silencedLines(result.silenced),
    summary(result, options),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const databaseTones = { ok: 'added', wrong: 'removed', skipped: 'changed' } as const;

function databaseLines(databases: readonly ShownDatabase[], options: ColorOptions): readonly string[] {
  const lines = databases.map(({ database, nodes, datasources, state, found }) => {
    const head = paint(state.padEnd('skipped'.length), databaseTones[state], options);
    return `${head} ${oneLine(`${database} (${datasources.join(', ')} of ${namesOf(nodes)}): ${found}`)}`;
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

const tones: Readonly<Record<Severity, Tone>> = { error: 'removed', warning: 'changed', info: 'added' };

/** Nodes that a line names before it says how many more there are, and commands that are written out. */
const mostNamed = 3;

function paragraph(finding: ShownFinding, options: FindingsTextOptions): readonly string[] {
  const { rule, severity, nodes, place, what, why, fix, commands } = finding;
  const head = [
    paint(severity, tones[severity], options),
    paint(rule, 'heading', options),
    oneLine(namesOf(nodes)),
    ...(place === undefined ? [] : [paint(placeText(place), 'place', options)]),
  ].join(' ');
  const left = commands.length - mostNamed;
  return [
    head,
    `  ${oneLine(what)}`,
    `  why: ${oneLine(why)}`,
    `  fix: ${oneLine(fix)}`,
    ...commands.slice(0, mostNamed).map((command) => `  run: ${oneLine(command)}`),
    ...(left > 0 ? [`  and the same for ${left} more`] : []),
  ];
}

function namesOf(nodes: readonly string[]): string {
  if (nodes.length === 0) return 'cluster';
  if (nodes.length <= mostNamed + 1) return nodes.join(', ');
  return `${nodes.slice(0, mostNamed).join(', ')} and ${nodes.length - mostNamed} more`;
}

function placeText({ path, line, column }: NonNullable<ShownFinding['place']>): string {
  return [oneLine(path), line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

/** One line for each rule and reason. */
function silencedLines(silenced: readonly SilencedFinding[]): readonly string[] {
  const groups = new Map<string, Set<string>>();
  for (const { finding, reason } of silenced) {
    const key = JSON.stringify([finding.rule, reason]);
    const names = groups.get(key) ?? new Set<string>();
    groups.set(key, names);
    for (const { name } of finding.nodes) names.add(name);
  }
  return [...groups].map(([key, names]) => {
    const [rule = '', reason = ''] = JSON.parse(key) as readonly string[];
    return `silenced ${rule} ${oneLine(namesOf([...names]))}: ${oneLine(maskProse(reason))}`;
  });
}

function summary({ findings, silenced }: CheckResult, { all = false }: FindingsTextOptions): string {
  const counts = severities.map((severity) => findings.filter((finding) => finding.severity === severity).length);
  const [errors = 0, warnings = 0, remarks = 0] = counts;
  const found = [counted(errors, 'error'), counted(warnings, 'warning')].filter((text) => text !== '');
  const main = found.length === 0 ? 'No errors, no warnings' : found.join(', ');
  const others = [
    remarks === 0 ? '' : all ? counted(remarks, 'remark') : `${counted(remarks, 'remark')} not shown (--all)`,
    silenced.length === 0 ? '' : `${silenced.length} silenced`,
  ].filter((text) => text !== '');
  return [main, ...others].join('; ');
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A value from a file may hold line ends, which would look like another paragraph. */
function oneLine(text: string): string {
  return printable(text.replace(/\s*[\r\n]+\s*/g, ' '));
}
