import type { OpenedDatabase, ProbeFailure } from '../database/database-probe';
import type { CheckedCluster, ProbedDatabase } from './checked-cluster';
import { groupBy } from './group-by';
import { listWords, nameNodes } from './name-nodes';
import { placeOf } from './place-of';
import type { Finding, Severity } from './rule';

/** What a rule says of something that is wrong with a database; clauses without a dot. */
export interface ProbeFault {
  readonly severity: Severity;
  /** What it is about; databases of one subject that are told alike become one finding. */
  readonly subject: string;
  /** Goes on from the subject. */
  readonly what: string;
  readonly fix: string;
}

/** One finding for each fault, whichever databases have it. Nothing where no database was opened. */
export function probeFindings(
  { databases = [] }: CheckedCluster,
  faultsOf: (database: ProbedDatabase) => readonly ProbeFault[],
): readonly Finding[] {
  const faults = databases.flatMap((database) => faultsOf(database).map((fault) => ({ ...fault, database })));
  return [...groupBy(faults, ({ severity, subject, what }) => `${severity} ${subject} ${what}`).values()].map(
    (group) => {
      const [{ severity, subject, what, fix, database }] = group;
      const nodes = [...new Set(group.flatMap((fault) => fault.database.nodes))];
      const names = [...new Set(group.flatMap((fault) => fault.database.datasources))];
      return {
        severity,
        nodes,
        place: placeOf(database.place),
        what: `${subject}, for ${listWords(names, 'more')} of ${nameNodes(nodes)}, ${what}`,
        fix,
      };
    },
  );
}

/** The faults of databases that could not be opened for one of these reasons. */
export function failureFaults(
  tellings: Readonly<Partial<Record<ProbeFailure, Omit<ProbeFault, 'subject' | 'severity'>>>>,
  subjectOf: (database: ProbedDatabase) => string,
): (database: ProbedDatabase) => readonly ProbeFault[] {
  return (database) => {
    const { result } = database;
    const telling = result?.outcome === 'failed' ? tellings[result.failure] : undefined;
    if (telling === undefined || result?.outcome !== 'failed') return [];
    const what = `${telling.what} (${result.code})`;
    return [{ ...telling, what, severity: 'error', subject: subjectOf(database) }];
  };
}

/** The result of a database that could be opened. */
export function openedResult({ result }: ProbedDatabase): OpenedDatabase | undefined {
  return result?.outcome === 'opened' ? result : undefined;
}

/** Of what should be there, what is missing, with all tables of a set where none of them is there. */
export function missingTables({ expected, ...database }: ProbedDatabase): readonly MissingTables[] {
  const opened = openedResult({ expected, ...database });
  if (opened === undefined) return [];
  return expected.flatMap(({ what, prefix, tables }) => {
    const missing = tables.filter((name) => !opened.tables.has(name));
    return missing.length === 0 ? [] : [{ what, prefix, missing, isAll: missing.length === tables.length }];
  });
}

/** Tables that are not there. */
export interface MissingTables {
  readonly what: string;
  readonly prefix: string;
  readonly missing: readonly string[];
  readonly isAll: boolean;
}
