import type { ProbedDatabase } from '../check/checked-cluster';
import type { CheckResult } from '../check/check-cluster';
import { missingTables } from '../check/probe-findings';
import { maskProse } from './mask-secrets';

/** One database that a check was asked to open, with everything in it that a report shows; secrets are masked. */
export interface ShownDatabase {
  /** The URL without its options, and the user. */
  readonly database: string;
  readonly nodes: readonly string[];
  readonly datasources: readonly string[];
  /** `ok`: opened, with all tables; `wrong`: see the findings; `skipped`: not looked at. */
  readonly state: 'ok' | 'wrong' | 'skipped';
  /** What was found, or why it was not looked at, in words. */
  readonly found: string;
}

/** The databases of a check in the order in which the files name them; `undefined` where nobody asked to open them. */
export function shownDatabases({ cluster }: CheckResult): readonly ShownDatabase[] | undefined {
  return cluster.databases?.map((database) => ({
    database: maskProse(database.shown),
    nodes: database.nodes.map(({ name }) => name),
    datasources: database.datasources,
    state: stateOf(database),
    found: maskProse(foundOf(database)),
  }));
}

function stateOf(database: ProbedDatabase): ShownDatabase['state'] {
  const { opening, result } = database;
  if ('because' in opening) return 'skipped';
  if (result?.outcome !== 'opened' || missingTables(database).length > 0) return 'wrong';
  return result.needsTls && opening.target.tls === 'refused' ? 'wrong' : 'ok';
}

function foundOf(database: ProbedDatabase): string {
  const { opening, result, expected } = database;
  if ('because' in opening) return `not looked at: ${opening.because}`;
  if (result === undefined) return 'not looked at';
  if (result.outcome === 'failed') return `${failures[result.failure]} (${result.code})`;
  const missing = missingTables(database);
  const tables = expected.map(({ what, prefix }) => {
    const lack = missing.find((one) => one.what === what);
    if (lack === undefined) return `tables of ${what} there`;
    return lack.isAll ? `no tables of ${what} (${prefix})` : `only a part of the tables of ${what}`;
  });
  const set = [result.encoding, result.collation].filter((name) => name !== '').join('/');
  return [`${result.product}, logged in${result.needsTls ? ' with TLS only' : ''}`, ...tables, set, result.isolation]
    .filter((part) => part !== '')
    .join(', ');
}

const failures = {
  unknownHost: 'host name not known',
  refused: 'server down',
  unreachable: 'no way to the server',
  timeout: 'no answer in time',
  notADatabase: 'hangs up, or is no such database',
  busy: 'takes no connection now',
  wrongPassword: 'user or password wrong',
  hostDenied: 'not let in from this machine',
  tlsDemanded: 'server demands TLS',
  noTls: 'server has no TLS',
  noDatabase: 'logged in, no such database',
  databaseDenied: 'logged in, no such database, or no right to it',
  other: 'failed',
} as const;
