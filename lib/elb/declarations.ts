import {
  childOf,
  propertyOf,
  type ConfNode,
  type ConfProperty,
  type ConfValue,
  type LoadBalancerConf,
} from './load-balancer-conf';

/** The sub-domain of members that tell none, and of domains that name none (Constants of org.wso2.carbon.lb.common). */
export const defaultSubDomain = '__$default';

/** A service of a loadbalancer.conf. */
export interface DeclaredService {
  readonly node: ConfNode;
  /** What the domains of the service declare, in file order. */
  readonly declarations: readonly Declaration[];
}

/** A pair of domain and sub-domain that the load balancer takes members for. */
export interface Declaration {
  readonly domain: string;
  readonly subDomain: string;
  /** How the sub-domain is named: by a setting, by a block of its own, or not at all. */
  readonly form: 'sub_domain' | 'nested' | 'default';
  /** The names of the blocks down to it, such as `services/esb/domains/wso2.esb.domain/mgt`. */
  readonly at: string;
  /** Of its innermost block. */
  readonly line: number;
  /** Exactly as the load balancer takes them: split at commas and not trimmed. */
  readonly hosts: readonly ConfValue[];
  readonly groupManagementPort: ConfValue | undefined;
}

/** The services with what they declare; the settings of a service hold for its domains, and those of a domain for its sub-domains. */
export function declaredServices({ nodes }: Pick<LoadBalancerConf, 'nodes'>): readonly DeclaredService[] {
  const services = childOf({ children: nodes }, 'services');
  if (services === undefined) return [];
  const defaults = childOf(services, 'defaults');
  return services.children
    .filter((node) => node !== defaults)
    .map((node) => ({
      node,
      declarations: (domainsOf(node)?.children ?? []).flatMap((domain) => declarationsOf(node, domain)),
    }));
}

/** The block of a service that holds its domains; the load balancer only takes the first block. */
export function domainsOf(service: ConfNode): ConfNode | undefined {
  const [first] = service.children;
  return first?.name === 'domains' ? first : undefined;
}

/** The hosts of a `hosts` setting, exactly as the load balancer takes them: split at commas and not trimmed. */
export function hostsOf(value: string): readonly string[] {
  return value.split(',').filter((host) => host !== '');
}

function declarationsOf(service: ConfNode, domain: ConfNode): readonly Declaration[] {
  const at = `services/${service.name}/domains/${domain.name}`;
  const setting = (key: string, ...inner: readonly ConfNode[]): ConfValue | undefined =>
    [...inner, domain, service].map((node) => propertyOf(node, key)).find((found) => found !== undefined);
  const declare = (...inner: readonly ConfNode[]): Omit<Declaration, 'subDomain' | 'form' | 'at' | 'line'> => ({
    domain: domain.name,
    hosts: hostValues(setting('hosts', ...inner)),
    groupManagementPort: setting('group_mgt_port', ...inner),
  });
  if (domain.children.length > 0)
    return domain.children.map((node) => ({
      ...declare(node),
      subDomain: node.name,
      form: 'nested',
      at: `${at}/${node.name}`,
      line: node.line,
    }));
  const subDomain = setting('sub_domain');
  return [
    {
      ...declare(),
      subDomain: subDomain?.value ?? defaultSubDomain,
      form: subDomain === undefined ? 'default' : 'sub_domain',
      at,
      line: domain.line,
    },
  ];
}

function hostValues(hosts: ConfValue | undefined): readonly ConfValue[] {
  return hosts === undefined ? [] : hostsOf(hosts.value).map((value) => ({ value, line: hosts.line }));
}

/** Every setting of a file with the names of the blocks around it, in file order. */
export function allProperties({
  nodes,
}: Pick<LoadBalancerConf, 'nodes'>): readonly (ConfProperty & { readonly at: string })[] {
  const found: (ConfProperty & { readonly at: string })[] = [];
  const waiting = nodes.map((node) => ({ node, at: node.name }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, at } = next;
    found.push(...node.properties.map((property) => ({ ...property, at })));
    waiting.push(...node.children.map((child) => ({ node: child, at: `${at}/${child.name}` })));
  }
  return found.sort((a, b) => a.line - b.line);
}
