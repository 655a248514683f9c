import { allProperties } from '../../elb/declarations';
import { knowsKey, type BalancerEra, type KeyPlace } from '../../elb/known-keys';
import type { CheckedNode } from '../checked-cluster';
import { readBalancers, type ReadBalancer } from '../load-balancers';
import type { Finding, Rule } from '../rule';

/** The load balancer knows every setting of its file. */
export const balancerKeysKnown: Rule = {
  title:
    'Every setting of loadbalancer.conf is one that this release of the load balancer knows, at a place where it looks.',
  why: 'The load balancer does not start with a setting that it does not know: "Did not find a setter method named".',
  severities: ['error', 'warning'],
  evaluate: (cluster) => readBalancers(cluster).flatMap(keyFindings),
};

function keyFindings({ node, conf }: ReadBalancer): readonly Finding[] {
  const era = eraOf(node);
  return allProperties(conf).flatMap(({ key, at, line }): readonly Finding[] => {
    const place = placeOf(at);
    const common = { nodes: [node], place: { path: conf.path, line } };
    if (place === undefined)
      return [
        {
          ...common,
          severity: 'warning',
          what: `${key} stands in ${at}, where the load balancer does not look for settings`,
          fix: 'move it into the service, the domain or the sub-domain that it is for',
        },
      ];
    if (knowsKey(place, key, era)) return [];
    const isNewer = era === '2.0' && knowsKey(place, key, '2.1');
    return [
      {
        ...common,
        severity: 'error',
        what: isNewer
          ? `${key} in ${at} is known from ELB 2.1 on, and this is an older one`
          : `the load balancer knows no setting ${key} in ${at}`,
        fix: isNewer ? 'remove it, or take a load balancer that knows it' : 'correct the name, or remove the setting',
      },
    ];
  });
}

/** The version of the product where it is told, else the era of its clustering. */
function eraOf({ facts }: CheckedNode): BalancerEra {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(facts.home.productVersion ?? '') ?? [];
  if (major === undefined) return facts.axis2?.clustering?.agent === 'tribes' ? '2.0' : '2.1';
  return Number(major) > 2 || (major === '2' && Number(minor) >= 1) ? '2.1' : '2.0';
}

/** The load balancer takes settings of `loadbalancer`, `defaults`, services, domains and sub-domains. */
function placeOf(at: string): KeyPlace | undefined {
  const [root, service, domains, ...inner] = at.split('/');
  if (root === 'loadbalancer') return service === undefined ? 'loadbalancer' : undefined;
  if (root !== 'services' || service === undefined) return undefined;
  if (domains === undefined) return 'service';
  return domains === 'domains' && inner.length > 0 && inner.length < 3 ? 'service' : undefined;
}
