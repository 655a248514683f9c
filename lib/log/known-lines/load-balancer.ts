import type { KnownLine } from './known-line';

/** Lines of the Elastic Load Balancer. */
export const loadBalancerLines = {
  'member-not-added': {
    pattern: /^Could not add application member /,
    severity: 'error',
    meaning: 'the load balancer found a member and cannot connect to its HTTP ports, so it sends it nothing',
    advice:
      'compare the ports of the line with carbon-patch ports; a manager needs port.mapping properties with the offset added',
    source: 'DefaultGroupManagementAgent and HazelcastGroupManagementAgent',
  },
  'no-group-management-agent': {
    pattern: /^No Group Management Agent found for the domain/,
    severity: 'error',
    meaning: 'a request came for a domain or sub-domain that loadbalancer.conf does not declare',
    advice: 'declare it there: carbon-patch apply does for the cluster file',
    source: 'the endpoint of the load balancer that looks up members by host',
  },
  'conf-key-unknown': {
    pattern: /Did not find a setter method named/,
    severity: 'error',
    endsStart: true,
    meaning: 'loadbalancer.conf has a key that this version of the load balancer does not know',
    advice: 'run carbon-patch check, which names the key and the line (R18)',
    source: 'org.wso2.carbon.lb.common.conf.LoadBalancerConfiguration',
  },
  'group-port-not-its-own': {
    pattern: /is the same as the primary localMemberPort/,
    severity: 'error',
    endsStart: true,
    meaning: 'group_mgt_port of a domain is the localMemberPort of the load balancer itself',
    advice: 'give group_mgt_port a number of its own, and list it in members of the application nodes',
    source: 'org.wso2.carbon.core.clustering.hazelcast.HazelcastGroupManagementAgent',
  },
} satisfies Readonly<Record<string, KnownLine>>;
