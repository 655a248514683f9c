import { descriptionProblems, type ClusterDescription } from '../cluster/cluster-file/cluster-description';
import { CarbonPatchError } from '../errors';
import type { StatedValues } from '../plan/describe-homes';

/** The values of a cluster, each as the words of its option; what is left out is `undefined`. */
export interface ClusterWords {
  readonly domain?: string | undefined;
  readonly 'host-name'?: string | undefined;
  readonly 'mgt-host-name'?: string | undefined;
  readonly 'db-layout'?: string | undefined;
  readonly 'db-type'?: string | undefined;
  readonly 'db-url'?: string | undefined;
  readonly 'db-host'?: string | undefined;
  readonly 'db-port'?: string | undefined;
  readonly 'db-user'?: string | undefined;
  /** `NAME=ROLE@HOST` or `NAME=ROLE@HOST:HOME`. */
  readonly node?: readonly string[] | undefined;
}

/** The options that a cluster cannot do without; `db-url` does instead of `db-host`. */
export function missingOptions(words: ClusterWords): readonly (keyof ClusterWords)[] {
  const needed = ['domain', 'host-name', 'db-host', 'db-user', 'node'] as const;
  return needed.filter((name) => words[name] === undefined && !(name === 'db-host' && words['db-url'] !== undefined));
}

/** How the home of a node is written into the file. */
export type HomeForm = (home: string) => string;

/** The cluster that the words mean. Throws TOPOLOGY_INVALID with every word that is wrong or missing, by its option. */
export function describeWords(words: ClusterWords, homeForm: HomeForm): ClusterDescription {
  const missing = missingOptions(words).map((name) => `--${name} is missing; ${wanted[name] ?? 'give it'}`);
  const problems = [...missing, ...wordProblems(words)];
  if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
  return descriptionOf(words, homeForm);
}

/** What is wrong with words that are given, each with its option in front. */
export function wordProblems(words: ClusterWords): readonly string[] {
  const nodes = words.node ?? [];
  const unread = nodes.filter((word) => parseNode(word) === undefined);
  const complete: ClusterWords = {
    domain: 'domain',
    'host-name': 'host',
    'db-user': 'user',
    ...given(words),
    node: nodes.filter((word) => !unread.includes(word)),
    ...(words['db-url'] === undefined ? { 'db-host': words['db-host'] ?? 'host' } : {}),
  };
  const filled = (complete.node ?? []).length > 0 ? complete : { ...complete, node: ['node=manager@host'] };
  const found = descriptionProblems(descriptionOf(filled, (home) => home));
  return [
    ...unread.map((word) => `--node ${word}: must be ${nodeForm}`),
    ...found.map(({ at, problem }) => `${optionOf(at, filled)}: ${problem}`),
  ];
}

/** The form of a node as words. */
export const nodeForm = 'NAME=ROLE@HOST or NAME=ROLE@HOST:HOME, such as worker1=worker@10.0.0.12:/opt/esb';

/** A host and a home, of `HOST` or `HOST:HOME`; an IPv6 address before a home stands in brackets. */
function parseHostAndHome(word: string): { readonly host: string; readonly home: string | undefined } | undefined {
  const [, bracketed, plain, home] = /^(?:\[([^\]]+)\]|([^:]+))(?::(.+))?$/.exec(word) ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? undefined : { host, home };
}

const wanted: Readonly<Partial<Record<keyof ClusterWords, string>>> = {
  domain: 'name the clustering domain of the managers and workers',
  'host-name': 'name the virtual host that clients call',
  'db-host': 'name the database server, or give --db-url',
  'db-user': 'name the database user',
  node: `give each as ${nodeForm}`,
};

interface NodeWords {
  readonly name: string;
  readonly role: string;
  readonly host: string;
  readonly home: string | undefined;
}

function parseNode(word: string): NodeWords | undefined {
  const [, name, role, rest] = /^([^=]+)=([^@]+)@(.+)$/.exec(word) ?? [];
  const place = rest === undefined ? undefined : parseHostAndHome(rest);
  return name === undefined || role === undefined || place === undefined ? undefined : { name, role, ...place };
}

/** The values in the form of the file, whether right or wrong. */
function descriptionOf(words: ClusterWords, homeForm: HomeForm): ClusterDescription {
  const values = {
    domain: words.domain,
    hostName: words['host-name'],
    mgtHostName: words['mgt-host-name'],
    database: databaseOf(words),
    nodes: (words.node ?? []).flatMap((word) => {
      const node = parseNode(word);
      return node === undefined ? [] : [given({ ...node, home: node.home && homeForm(node.home) })];
    }),
  };
  // The words are checked as a file would be.
  return given(values) as unknown as ClusterDescription;
}

/** The database as the words state it, in the form of the file. */
function databaseOf(words: ClusterWords): Partial<ClusterDescription['database']> {
  const port = words['db-port'];
  return given({
    layout: words['db-layout'],
    kind: words['db-type'],
    host: words['db-host'],
    port: port === undefined ? undefined : /^(?:0|[1-9]\d*)$/.test(port) ? Number(port) : Number.NaN,
    url: words['db-url'],
    username: words['db-user'],
  }) as Partial<ClusterDescription['database']>;
}

/**
 * The values that win over what homes say. Throws TOPOLOGY_INVALID with every word that is wrong, and where nodes are given,
 * which the homes are.
 */
export function statedValues(words: ClusterWords): StatedValues {
  const clash = words.node === undefined ? [] : ['--node: the homes of --from are the nodes; leave it out'];
  const problems = [...clash, ...wordProblems({ ...words, node: undefined })];
  if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
  const { domain, hostName, mgtHostName } = descriptionOf(words, (home) => home);
  return given({ domain, hostName, mgtHostName, database: databaseOf(words) });
}

function given<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;
}

const optionsOfKeys: Readonly<Record<string, keyof ClusterWords>> = {
  domain: 'domain',
  hostName: 'host-name',
  mgtHostName: 'mgt-host-name',
  'database.layout': 'db-layout',
  'database.kind': 'db-type',
  'database.url': 'db-url',
  'database.host': 'db-host',
  'database.port': 'db-port',
  'database.username': 'db-user',
};

function optionOf(at: readonly (string | number)[], { node = [] }: ClusterWords): string {
  if (at[0] === 'nodes') return `--node ${node[Number(at[1])] ?? ''}`.trimEnd();
  return `--${optionsOfKeys[at.join('.')] ?? 'db-host'}`;
}
