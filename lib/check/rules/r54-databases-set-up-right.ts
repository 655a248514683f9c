import type { ProbedDatabase } from '../checked-cluster';
import { missingTables, openedResult, probeFindings, type ProbeFault } from '../probe-findings';
import type { Rule } from '../rule';

/** Character sets and isolation are those that the products can work with. */
export const databasesSetUpRight: Rule = {
  title:
    'With `--connect`: the character set of a database fits the scripts that make its tables, and sessions are isolated as usual.',
  why: 'With a character set of several bytes MySQL refuses keys of the scripts as too long; with too little isolation nodes read what is never committed, and with too much they wait for each other.',
  severities: ['warning'],
  evaluate: (cluster) => probeFindings(cluster, (database) => [...encoding(database), ...isolation(database)]),
};

function encoding(database: ProbedDatabase): readonly ProbeFault[] {
  const opened = openedResult(database);
  if (opened === undefined) return [];
  const subject = `the database ${database.shown}`;
  const isPostgresql = opened.product.startsWith('PostgreSQL');
  if (isPostgresql && opened.encoding !== 'UTF8') {
    const fix =
      "make the database anew with ENCODING 'UTF8' TEMPLATE template0, as the script of carbon-patch sql does";
    return [
      { severity: 'warning', subject, what: `has the encoding ${opened.encoding}, which cannot hold every name`, fix },
    ];
  }
  // Where all tables are there, the character set has done no harm.
  if (isPostgresql || !/^(?:utf|ucs)/i.test(opened.encoding) || missingTables(database).length === 0) return [];
  return [
    {
      severity: 'warning',
      subject,
      what: `has the character set ${opened.encoding}, with which keys of the table scripts can be too long ("Specified key was too long")`,
      fix: 'before the tables are made: ALTER DATABASE … CHARACTER SET latin1, as the script of carbon-patch sql makes it',
    },
  ];
}

function isolation(database: ProbedDatabase): readonly ProbeFault[] {
  const opened = openedResult(database);
  if (opened === undefined || usual.includes(opened.isolation)) return [];
  return [
    {
      severity: 'warning',
      subject: `the database ${database.shown}`,
      what: `begins its transactions with the isolation ${opened.isolation}`,
      fix: 'set the default of the server to READ-COMMITTED or REPEATABLE-READ',
    },
  ];
}

const usual: readonly string[] = ['READ-COMMITTED', 'REPEATABLE-READ', ''];
