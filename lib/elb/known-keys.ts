/** A release of the load balancer, as far as its settings differ: before 2.1, and from it on. */
export type BalancerEra = '2.0' | '2.1';

/** Which settings are looked for in a block: those of the load balancer, or those of services, domains and sub-domains. */
export type KeyPlace = 'loadbalancer' | 'service';

/**
 * True where a load balancer of this era has a setter for a key; with any other key it does not start
 * (LoadBalancerConfiguration of org.wso2.carbon.lb.common, domain facts §7.6).
 */
export function knowsKey(place: KeyPlace, key: string, era: BalancerEra): boolean {
  const known = [...keys.both, ...keys[place]];
  return known.includes(key) || (era === '2.1' && newerKeys[place].includes(key));
}

const keys: Readonly<Record<KeyPlace | 'both', readonly string[]>> = {
  both: ['payload', 'availability_zone', 'security_groups', 'instance_type', 'additional_info'],
  loadbalancer: [
    'instances',
    'elasticIP',
    'enable_autoscaler',
    'use_embedded_autoscaler',
    'fail_over',
    'autoscaler_service_epr',
    'mb_server_url',
    'autoscaler_task_interval',
    'server_startup_delay',
    'session_timeout',
    'algorithm',
    'size_of_cache',
    'group_mgt_agent',
    'autoscaler_task',
  ],
  service: [
    'hosts',
    'url_suffix',
    'tenant_range',
    'sub_domain',
    'domain',
    'min_app_instances',
    'max_app_instances',
    'max_requests_per_second',
    'alarming_upper_rate',
    'alarming_lower_rate',
    'scale_down_factor',
    'rounds_to_average',
    'instances_per_scale_up',
    'message_expiry_time',
    'public_ip',
  ],
};

const newerKeys: Readonly<Record<KeyPlace, readonly string[]>> = {
  loadbalancer: ['lb_endpoint_class', 'enable_domain_mapping'],
  service: ['group_mgt_port', 'members'],
};
