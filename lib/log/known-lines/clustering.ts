import type { KnownLine } from './known-line';

/** Lines about members that do not find each other. */
export const clusteringLines = {
  'clustering-disabled': {
    pattern: /^Clustering has been disabled/,
    severity: 'error',
    endsStart: true,
    isInfo: true,
    meaning: 'this server runs alone: enable is false at the clustering element of axis2.xml',
    advice: 'run carbon-patch apply on this node and start it again',
    source: 'org.apache.axis2.deployment.ClusterBuilder',
  },
  'loopback-advertised': {
    pattern: /localMemberHost is configured to use the loopback address/,
    severity: 'error',
    meaning: 'the node advertises 127.0.0.1, at which no other machine finds it',
    advice: 'set localMemberHost to the address of its machine; carbon-patch apply does',
    source: 'org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent',
  },
  'membership-scheme-invalid': {
    pattern: /Invalid membership scheme '/,
    severity: 'error',
    endsStart: true,
    meaning: 'membershipScheme of axis2.xml is none that the server knows',
    advice: 'set it to wka',
    source: 'TribesClusteringAgent and HazelcastClusteringAgent',
  },
  'member-not-reached': {
    pattern: /^Could not connect to member /,
    severity: 'warning',
    isInfo: true,
    meaning: 'a member of the list was not there when this server started',
    advice: 'start the load balancer and the managers first, or look at its address and port in members',
    source: 'org.apache.axis2.clustering.tribes.TribesClusteringAgent',
  },
  'well-known-member-left': {
    pattern: /^WKA member .* left cluster/,
    severity: 'warning',
    isInfo: true,
    meaning: 'a well-known member left, without which a node that starts anew finds nobody',
    advice: 'start it again before any other node',
    source: 'org.wso2.carbon.core.clustering.hazelcast.wka.WKABasedMembershipScheme',
  },
  'wrong-bind-request': {
    pattern: /Wrong bind request from /,
    severity: 'error',
    meaning: 'a member is called by another address than the one it advertises, so Hazelcast refuses the connection',
    advice: 'list members by the very address that each has as localMemberHost, by IP address and not by name',
    source: 'com.hazelcast.nio.tcp.TcpIpConnectionManager',
  },
  'hazelcast-license': {
    pattern: /InvalidLicenseException|[Ll]icense [Kk]ey not configured|Invalid [Ll]icense/,
    severity: 'error',
    endsStart: true,
    meaning: 'a licence is asked for: a parameter licenseKey, or a jar of Hazelcast Enterprise, is in this home',
    advice: 'take parameter licenseKey out of axis2.xml, or put a valid key there',
    source: 'com.hazelcast.license; parameter licenseKey of HazelcastClusteringAgent',
  },
  'member-id-twice': {
    pattern: /DuplicateInstanceNameException|[Dd]uplicate (?:member |instance )?(?:uuid|id|name)\b/,
    severity: 'error',
    meaning:
      'two instances have one name or id, as after a home was copied while its server ran, or where it is started twice',
    advice: 'stop both, see that each home is started once, and start them one after the other',
    source: 'com.hazelcast.core.DuplicateInstanceNameException',
  },
} satisfies Readonly<Record<string, KnownLine>>;
