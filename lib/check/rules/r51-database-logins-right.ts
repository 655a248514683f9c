import type { ProbedDatabase } from '../checked-cluster';
import { failureFaults, openedResult, probeFindings, type ProbeFault } from '../probe-findings';
import type { Rule } from '../rule';

/** The users of databases are let in. */
export const databaseLoginsRight: Rule = {
  title:
    'With `--connect`: the server lets the user of every datasource that is in use in, with the password that is there.',
  why: 'With a login that is refused the pool gets no connection, and the node does not start.',
  severities: ['error', 'warning'],
  evaluate: (cluster) => probeFindings(cluster, (database) => [...refused(database), ...onlyWithTls(database)]),
};

const refused = failureFaults(
  {
    wrongPassword: {
      what: 'is refused: the password is another one, or the server does not know the user, from this machine or at all',
      fix: 'set the password of the file in the server (ALTER USER), or the right one in the file; a user that is missing is made by carbon-patch sql',
    },
    hostDenied: {
      what: 'is refused: the server does not let this user in from this machine',
      fix: "let the machine in: MySQL and MariaDB with a user for its address or for '%', PostgreSQL with a line in pg_hba.conf",
    },
    tlsDemanded: {
      what: 'is refused: the server demands TLS',
      fix: 'ask for TLS in the URL: MySQL useSSL=true&requireSSL=true, MariaDB sslMode=trust, PostgreSQL ssl=true',
    },
    other: {
      what: 'is refused, or failed, for a reason that is not known here',
      fix: 'look the code up in the manual of the database, and look at the log of the server',
    },
  },
  subjectOf,
);

function onlyWithTls(database: ProbedDatabase): readonly ProbeFault[] {
  if (openedResult(database)?.needsTls !== true || !('target' in database.opening)) return [];
  const isRefused = database.opening.target.tls === 'refused';
  return [
    {
      severity: isRefused ? 'error' : 'warning',
      subject: subjectOf(database),
      what: isRefused
        ? 'is let in with TLS only, which the URL turns off'
        : 'is let in with TLS only, which the URL does not ask for: newer drivers take it by themselves, older ones are refused',
      fix: 'ask for TLS in the URL: MySQL useSSL=true&requireSSL=true, MariaDB sslMode=trust, PostgreSQL ssl=true',
    },
  ];
}

/** One user of one server, whichever databases are meant. */
function subjectOf({ opening, server, shown }: ProbedDatabase): string {
  return 'target' in opening ? `the login of ${opening.target.username} at ${server}` : `the login to ${shown}`;
}
