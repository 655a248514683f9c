import { failureFaults, probeFindings } from '../probe-findings';
import type { Rule } from '../rule';

/** The servers of databases answer. */
export const databasesReachable: Rule = {
  title: 'With `--connect`: the server of every datasource that is in use answers from this machine.',
  why: 'Without its database a node does not start, or starts and fails with every request.',
  severities: ['error'],
  evaluate: (cluster) => probeFindings(cluster, faultsOf),
};

const faultsOf = failureFaults(
  {
    unknownHost: {
      what: 'is at a host whose name nobody here knows',
      fix: 'correct the name in the URL, or give its address in the hosts file of the machine or in DNS',
    },
    refused: {
      what: 'is down: the machine answers, but nothing listens at the port',
      fix: 'start the database server, and look whether it listens at this address and port',
    },
    unreachable: {
      what: 'is at a machine to which there is no way from here',
      fix: 'look at the network and its routes, and at the address in the URL',
    },
    timeout: {
      what: 'did not answer in time',
      fix: 'look for a firewall in between, and whether the address is right; --connect-timeout waits longer',
    },
    notADatabase: {
      what: 'hangs up, or is no database of the product that the URL names',
      fix: 'look whether the port is that of the database, and at the log of the server',
    },
    busy: {
      what: 'takes no connection now: it has none left, or is just starting or stopping',
      fix: 'run this again; where it stays so, raise the number of connections that the server allows, or lower maxActive',
    },
    noTls: {
      what: 'has no TLS, which the URL wants',
      fix: 'turn TLS on in the database server, or take the option out of the URL',
    },
  },
  ({ server }) => `the database server ${server}`,
);
