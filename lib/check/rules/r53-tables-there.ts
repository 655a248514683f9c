import type { ProbedDatabase } from '../checked-cluster';
import { listWords } from '../name-nodes';
import { missingTables, probeFindings, type ProbeFault } from '../probe-findings';
import type { Rule } from '../rule';

/** The tables exist. */
export const tablesThere: Rule = {
  title:
    'With `--connect`: the tables are there for what a database is used for: `REG_*` of the registry, `UM_*` of users, those of API Manager and of Identity Server.',
  why: 'Without its tables a node fails with errors of SQL, where it was not started with -Dsetup; half of them are left by a script that stopped.',
  severities: ['error'],
  evaluate: (cluster) => probeFindings(cluster, faultsOf),
};

function faultsOf(database: ProbedDatabase): readonly ProbeFault[] {
  return missingTables(database).map(({ what, prefix, missing, isAll }) => ({
    severity: 'error',
    subject: `the database ${database.shown}`,
    what: isAll
      ? `has no tables of ${what} (${prefix}) that the user sees`
      : `has only a part of the tables of ${what}; it lacks ${listWords(missing, 'more')}`,
    fix: isAll
      ? 'run the script of dbscripts that carbon-patch sql names, or start the manager with -Dsetup once'
      : 'look why the script stopped, as at an index that is too long; then make the database anew and run the whole script',
  }));
}
