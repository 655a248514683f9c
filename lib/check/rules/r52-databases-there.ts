import { failureFaults, probeFindings } from '../probe-findings';
import type { Rule } from '../rule';

/** The databases exist, and their users may open them. */
export const databasesThere: Rule = {
  title: 'With `--connect`: every database of a datasource that is in use is there, and its user may open it.',
  why: 'The server lets the user in, but there is nothing to open, so that the node does not start.',
  severities: ['error'],
  evaluate: (cluster) => probeFindings(cluster, faultsOf),
};

const faultsOf = failureFaults(
  {
    noDatabase: {
      what: 'is not there, though the login is right',
      fix: 'create it with the script of carbon-patch sql, or correct its name in the URL',
    },
    databaseDenied: {
      what: 'is not there, or its user has no right to it, though the login is right',
      fix: 'create it and grant it with the script of carbon-patch sql, or correct its name in the URL',
    },
  },
  ({ shown }) => `the database ${shown}`,
);
