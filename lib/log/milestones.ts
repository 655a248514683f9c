import type { ClusteringAgent } from '../cluster/members';
import type { NodeRole } from '../cluster/roles/node-role';
import type { MembershipScheme } from '../cluster/topology';

/** What decides which lines a start has. */
export interface ExpectedStart {
  /** `undefined` as long as no line tells the era. */
  readonly agent: ClusteringAgent | undefined;
  /** `undefined` without a cluster file. */
  readonly role: NodeRole | undefined;
  readonly scheme: MembershipScheme | undefined;
}

/** A line that a server logs while it starts and joins its cluster. */
export interface Milestone {
  readonly name: string;
  /** The message, with `…` where it differs. */
  readonly message: string;
  readonly pattern: RegExp;
  /** True where a start is not complete without it; the others are shown where they come. */
  isRequired(start: ExpectedStart): boolean;
  /** The class that logs it. */
  readonly source: string;
}

const always = (): boolean => true;
const never = (): boolean => false;
/** Without a cluster file a server may run alone; one line of clustering says that it does not. */
const clustered = ({ agent, role }: ExpectedStart): boolean => agent !== undefined || role !== undefined;
const ofAgent =
  (wanted: ClusteringAgent) =>
  ({ agent }: ExpectedStart): boolean =>
    agent === wanted;

/** The lines of a start, in their order. Register a new one by adding it here. */
export const milestones: readonly Milestone[] = [
  {
    name: 'starting',
    message: 'Starting WSO2 Carbon...',
    pattern: /^Starting WSO2 Carbon/,
    isRequired: always,
    source: 'org.wso2.carbon.core.internal.CarbonCoreActivator',
  },
  {
    name: 'mount',
    message: 'Connected to mount at …',
    pattern: /^Connected to mount at /,
    isRequired: never,
    source: 'org.wso2.carbon.registry.core.jdbc.EmbeddedRegistryService',
  },
  {
    name: 'initializing-cluster',
    message: 'Initializing cluster...',
    pattern: /^Initializing cluster/,
    isRequired: ofAgent('tribes'),
    source: 'org.apache.axis2.clustering.tribes.TribesClusteringAgent',
  },
  {
    name: 'cluster-domain',
    message: 'Cluster domain: …',
    pattern: /^Cluster domain: /,
    isRequired: clustered,
    source: 'TribesClusteringAgent and HazelcastClusteringAgent',
  },
  {
    name: 'membership-scheme',
    message: 'Using … based membership management scheme',
    pattern: /^Using \S+ based membership management scheme/,
    isRequired: clustered,
    source: 'TribesClusteringAgent and HazelcastClusteringAgent',
  },
  {
    name: 'receiver-bound',
    message: 'Receiver Server Socket bound to: …',
    pattern: /^Receiver Server Socket bound to:/,
    isRequired: ofAgent('tribes'),
    source: 'org.apache.catalina.tribes.transport.ReceiverBase',
  },
  {
    name: 'hazelcast-initialized',
    message: 'Hazelcast initialized in …ms',
    pattern: /^Hazelcast initialized in /,
    isRequired: ofAgent('hazelcast'),
    source: 'org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent',
  },
  {
    name: 'local-member',
    message: 'Local member …',
    pattern: /^Local [Mm]ember/,
    isRequired: clustered,
    source: 'TribesClusteringAgent and HazelcastClusteringAgent',
  },
  {
    name: 'members',
    message: 'Members of current cluster, or No members in current cluster',
    pattern: /^(?:Members of|No members in) current cluster/,
    isRequired: ofAgent('tribes'),
    source: 'org.apache.axis2.clustering.tribes.TribesUtil',
  },
  {
    name: 'join-sent',
    message: 'Sending JOIN message to WKA members...',
    pattern: /^Sending JOIN message to WKA members/,
    isRequired: never,
    source: 'org.apache.axis2.clustering.tribes.WkaBasedMembershipScheme',
  },
  {
    name: 'member-list',
    message: 'Received MEMBER_LIST message from …',
    pattern: /^Received MEMBER_LIST/,
    isRequired: never,
    source: 'org.apache.axis2.clustering.tribes.RpcMembershipRequestHandler',
  },
  {
    name: 'initialization-request',
    message: 'Trying to send initialization request to …',
    pattern: /^Trying to send initialization request to /,
    isRequired: never,
    source: 'org.apache.axis2.clustering.tribes.TribesClusteringAgent',
  },
  {
    name: 'group-management',
    message: 'Group management local member for domain […],sub-domain […] UUID: …',
    pattern: /^Group management local member for domain /,
    isRequired: ({ agent, role, scheme }) =>
      agent === 'hazelcast' && role?.isLoadBalancer === true && scheme !== 'multicast',
    source: 'org.wso2.carbon.core.clustering.hazelcast.HazelcastGroupManagementAgent',
  },
  {
    name: 'coordinator',
    message: 'Elected this member […] as the Coordinator node',
    pattern: /^Elected this member \[/,
    isRequired: never,
    source: 'org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent',
  },
  {
    name: 'cluster-initialized',
    message: 'Cluster initialization completed',
    pattern: /^Cluster initialization completed/,
    isRequired: clustered,
    source: 'TribesClusteringAgent and HazelcastClusteringAgent',
  },
  {
    name: 'started',
    message: 'WSO2 Carbon started in … sec',
    pattern: /^WSO2 Carbon started in /,
    isRequired: always,
    source: 'org.wso2.carbon.core.internal.StartupFinalizerServiceComponent',
  },
  {
    name: 'console',
    message: 'Mgt Console URL  : …',
    pattern: /^Mgt Console URL\s*:/,
    isRequired: never,
    source: 'org.wso2.carbon.ui.internal.CarbonUIServiceComponent',
  },
];

/** The era that a class or a message tells; `undefined` where both eras have it. */
export function agentOf(className: string, message: string): ClusteringAgent | undefined {
  if (/hazelcast/i.test(className) || /^Hazelcast initialized in /.test(message)) return 'hazelcast';
  if (/tribes/i.test(className) || /^(?:Receiver Server Socket bound|Initializing cluster)/.test(message))
    return 'tribes';
  return undefined;
}
