/** How an era of the load balancer has the sub-domains of a domain written (domain facts §7.3 and §7.4). */
export type DeclarationForm =
  /** ELB 2.0, Tribes: one block for each sub-domain, all named after the domain, told apart by the setting `sub_domain`. */
  | 'sub_domain'
  /** ELB 2.1, Hazelcast: one block for the domain with `group_mgt_port`, and in it a block for each sub-domain. */
  | 'nested';

/** What a cluster needs a load balancer to declare. */
export interface WantedDomain {
  /** The clustering domain of the nodes behind the load balancer, such as `wso2.esb.domain`. */
  readonly domain: string;
  /** In the order in which they are to be written. */
  readonly subDomains: readonly [WantedSubDomain, ...WantedSubDomain[]];
  /** The port at which members are taken in; only the nested form has it. */
  readonly groupManagementPort: number;
  readonly form: DeclarationForm;
}

/** A sub-domain with the virtual hosts whose requests go to its members. */
export interface WantedSubDomain {
  readonly subDomain: string;
  readonly hosts: readonly [string, ...string[]];
}

/** The name of a service whose domain no service holds yet: the middle label, such as `esb` of `wso2.esb.domain`. */
export function serviceNameOf(domain: string): string {
  const labels = domain.split('.').filter((label) => label !== '');
  const name = labels[Math.min(Math.floor(labels.length / 2), Math.max(labels.length - 2, 0))];
  // A service of that name would be taken for the settings of all services.
  return name === undefined || name === 'defaults' ? domain : name;
}
