import { domainsOf, hostsOf } from '../../elb/declarations';
import {
  childOf,
  propertyOf,
  withNodesBelow,
  type ConfNode,
  type LoadBalancerConf,
} from '../../elb/load-balancer-conf';
import { readBalancers, type ReadBalancer } from '../load-balancers';
import type { Finding, Rule } from '../rule';

/** Every URL suffix is paired with its host. */
export const urlSuffixesPaired: Rule = {
  title: 'A url_suffix stands behind the hosts that it belongs to, has one suffix for each, and size_of_cache is set.',
  why: 'Suffixes are paired with hosts by their order; where that does not work out, the load balancer ignores them without a word, and mapped URLs go nowhere.',
  severities: ['warning'],
  evaluate: (cluster) =>
    readBalancers(cluster).flatMap((balancer) => [...pairFindings(balancer), ...cacheFindings(balancer)]),
};

interface Scope {
  readonly node: ConfNode;
  readonly at: string;
  /** The blocks around it whose hosts it inherits, the nearest first. */
  readonly around: readonly ConfNode[];
}

/** Services, domains and sub-domains: the blocks whose settings the load balancer takes. */
function scopesIn({ nodes }: LoadBalancerConf): readonly Scope[] {
  const services = childOf({ children: nodes }, 'services')?.children ?? [];
  return services.flatMap((service) => {
    const at = `services/${service.name}`;
    const domains = domainsOf(service)?.children ?? [];
    return [
      { node: service, at, around: [] },
      ...domains.flatMap((domain) => {
        const inner = `${at}/domains/${domain.name}`;
        return [
          { node: domain, at: inner, around: [service] },
          ...domain.children.map((node) => ({ node, at: `${inner}/${node.name}`, around: [domain, service] })),
        ];
      }),
    ];
  });
}

function pairFindings({ node: balancer, conf }: ReadBalancer): readonly Finding[] {
  return scopesIn(conf).flatMap(({ node, at, around }): readonly Finding[] => {
    const suffix = propertyOf(node, 'url_suffix');
    if (suffix === undefined) return [];
    const common = { severity: 'warning', nodes: [balancer], place: { path: conf.path, line: suffix.line } } as const;
    const own = propertyOf(node, 'hosts');
    if (own !== undefined && own.line > suffix.line)
      return [
        {
          ...common,
          what: `url_suffix of ${at} stands before hosts on line ${own.line}, so it is paired with none of them`,
          fix: 'move url_suffix below hosts',
        },
      ];
    const hosts = [node, ...around].map((one) => propertyOf(one, 'hosts')).find((found) => found !== undefined);
    const hostCount = hostsOf(hosts?.value ?? '').length;
    const suffixCount = suffix.value.replace(/,+$/, '').split(',').length;
    if (hostCount === suffixCount) return [];
    return [
      {
        ...common,
        what: `url_suffix of ${at} has ${counted(suffixCount, 'suffix', 'suffixes')} for ${counted(hostCount, 'host', 'hosts')}, so the load balancer ignores it`,
        fix: 'give one suffix for each host, in the same order',
      },
    ];
  });
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** One finding for a file: the cache is for all of it. */
function cacheFindings({ node, conf }: ReadBalancer): readonly Finding[] {
  const settings = childOf({ children: conf.nodes }, 'loadbalancer');
  if (settings !== undefined && propertyOf(settings, 'size_of_cache') !== undefined) return [];
  const [first] = withNodesBelow(conf.nodes)
    .map((one) => propertyOf(one, 'url_suffix'))
    .filter((found) => found !== undefined);
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: [node],
      place: { path: conf.path, line: first.line },
      what: 'there is a url_suffix, but no size_of_cache in loadbalancer, without which URLs are not mapped',
      fix: 'set size_of_cache, such as to 100, in the block loadbalancer',
    },
  ];
}
