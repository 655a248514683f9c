import type { CheckedNode } from '../check/checked-cluster';
import type { CheckResult, RuleFinding } from '../check/check-cluster';
import type { FindingPlace, Severity } from '../check/rule';
import { ruleCodes, ruleOf } from '../check/rules';
import { maskProse } from './mask-secrets';
import { shownFinding, type FindingOptions } from './shown-finding';

/** A log of SARIF 2.1.0 (OASIS): what code scanners and editors read. Only the properties that are used here. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

/** One run of the checker. */
export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly columnKind: 'utf16CodeUnits';
  /** The folder of each home, by the name that locations use. */
  readonly originalUriBaseIds: Readonly<Record<string, SarifBase>>;
  readonly results: readonly SarifResult[];
}

/** The program with its rules. */
export interface SarifDriver {
  readonly name: string;
  readonly version: string;
  readonly rules: readonly SarifRule[];
}

/** One rule. */
export interface SarifRule {
  readonly id: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly defaultConfiguration: { readonly level: SarifLevel };
}

/** A text without markup. */
export interface SarifText {
  readonly text: string;
}

/** How bad a result is; `note` is what the other reports call info. */
export type SarifLevel = 'error' | 'warning' | 'note';

/** The folder of a home; without `uri` where the home was named by a relative path. */
export interface SarifBase {
  readonly uri?: string;
  readonly description: SarifText;
}

/** One finding. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: readonly SarifLocation[];
  /** Only where the cluster file silences the finding. */
  readonly suppressions?: readonly { readonly kind: 'external'; readonly justification: string }[];
}

/** A place in a file, the nodes, or both. */
export interface SarifLocation {
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region?: { readonly startLine: number; readonly startColumn?: number };
  };
  readonly logicalLocations: readonly { readonly name: string; readonly kind: 'module' }[];
}

/** How a SARIF log is made. */
export interface SarifOptions extends FindingOptions {
  /** The version of this program. */
  readonly version: string;
}

/** The SARIF form of what a check found, ready for `JSON.stringify`. Findings of every severity are in it; secrets are masked. */
export function sarifLog({ cluster, findings, silenced }: CheckResult, options: SarifOptions): SarifLog {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'carbon-patch', version: options.version, rules: ruleCodes.map(sarifRule) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: Object.fromEntries(cluster.nodes.map((node) => [baseId(node), sarifBase(node)])),
        results: [
          ...findings.map((finding) => sarifResult(finding, options)),
          ...silenced.map(({ finding, reason }) => ({
            ...sarifResult(finding, options),
            suppressions: [{ kind: 'external' as const, justification: maskProse(reason) }],
          })),
        ],
      },
    ],
  };
}

const levels: Readonly<Record<Severity, SarifLevel>> = { error: 'error', warning: 'warning', info: 'note' };

function sarifRule(id: string): SarifRule {
  const rule = ruleOf(id);
  return {
    id,
    shortDescription: { text: rule?.title ?? id },
    fullDescription: { text: rule?.why ?? id },
    defaultConfiguration: { level: levels[rule?.severities[0] ?? 'error'] },
  };
}

function sarifResult(finding: RuleFinding, options: FindingOptions): SarifResult {
  const { rule, severity, what, fix } = shownFinding(finding, options);
  const sentences = [what, fix].map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
  return {
    ruleId: rule,
    ruleIndex: ruleCodes.indexOf(rule),
    level: levels[severity],
    message: { text: sentences.join(' ') },
    locations: locationsOf(finding),
  };
}

function locationsOf({ nodes, place }: RuleFinding): readonly SarifLocation[] {
  const [first] = nodes;
  const logicalLocations = nodes.map(({ name }) => ({ name, kind: 'module' as const }));
  if (first === undefined) return [];
  if (place === undefined) return [{ logicalLocations }];
  return [{ physicalLocation: physicalLocation(first, place), logicalLocations }];
}

function physicalLocation(
  node: CheckedNode,
  { path, line, column }: FindingPlace,
): NonNullable<SarifLocation['physicalLocation']> {
  const artifactLocation = { uri: encodedPath(path), uriBaseId: baseId(node) };
  if (line === undefined) return { artifactLocation };
  return {
    artifactLocation,
    region: column === undefined ? { startLine: line } : { startLine: line, startColumn: column },
  };
}

function baseId({ name }: CheckedNode): string {
  return `HOME_${name}`;
}

/** A base has to be an absolute URI that ends in a slash. */
function sarifBase({ name, facts }: CheckedNode): SarifBase {
  const description = { text: `The home of node ${name}` };
  const path = facts.home.path.replaceAll('\\', '/').replace(/\/*$/, '/');
  if (/^[A-Za-z]:\//.test(path))
    return { uri: `file:///${path.slice(0, 2)}${encodedPath(path.slice(2))}`, description };
  return path.startsWith('/') ? { uri: `file://${encodedPath(path)}`, description } : { description };
}

function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
