import type { KnownLine } from './known-line';

/** Lines about ports and addresses that a server cannot listen on. */
export const portLines = {
  'port-in-use': {
    pattern: /Address already in use|Port already in use: \d+/,
    severity: 'error',
    endsStart: true,
    meaning: 'another process has a port that this server wants',
    advice:
      'run carbon-patch ports to see which servers want the same, give this one another offset, or stop the old process of it',
    source: 'java.net.BindException; java.rmi.server.ExportException',
  },
  'port-needs-root': {
    pattern: /(?:SocketException|BindException): Permission denied/,
    severity: 'error',
    endsStart: true,
    meaning: 'the server may not listen on a port below 1024, which on Linux takes root',
    advice: 'start it with sudo -E, or give it ports from 1024 on',
    source: 'java.net.SocketException; the pages of the Elastic Load Balancer start it with sudo -E',
  },
  'address-not-here': {
    pattern: /Cannot assign requested address/,
    severity: 'error',
    endsStart: true,
    meaning: 'the server wants to listen at an address that this machine does not have',
    advice: 'set localMemberHost of this node to an address of its machine',
    source: 'java.net.BindException',
  },
  'host-unknown': {
    pattern: /UnknownHostException|Could not add static member /,
    severity: 'error',
    meaning: 'a host name cannot be resolved on this machine',
    advice: 'add the lines of carbon-patch hosts --node NAME to the hosts file of this machine',
    source: 'java.net.UnknownHostException; TribesClusteringAgent.configureMembershipScheme',
  },
} satisfies Readonly<Record<string, KnownLine>>;
