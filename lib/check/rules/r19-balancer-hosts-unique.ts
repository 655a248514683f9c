import type { Declaration } from '../../elb/declarations';
import { declaredServices } from '../../elb/declarations';
import type { ConfValue } from '../../elb/load-balancer-conf';
import { readBalancers, type ReadBalancer } from '../load-balancers';
import type { Finding, Rule } from '../rule';

/** A virtual host belongs to one service, and to one sub-domain of a domain. */
export const balancerHostsUnique: Rule = {
  title: 'Every host of loadbalancer.conf stands for one service and one sub-domain, and no blank is part of it.',
  why: 'The load balancer does not start with a host in two services; a host in two sub-domains gets to either; and a host with a blank before it matches no request.',
  severities: ['error', 'warning'],
  evaluate: (cluster) =>
    readBalancers(cluster).flatMap((balancer) => [...repeatedFindings(balancer), ...blankFindings(balancer)]),
};

interface Use {
  readonly service: string;
  readonly declaration: Declaration;
  readonly host: ConfValue;
}

function usesIn({ conf }: ReadBalancer): readonly Use[] {
  return declaredServices(conf).flatMap(({ node, declarations }) =>
    declarations.flatMap((declaration) => declaration.hosts.map((host) => ({ service: node.name, declaration, host }))),
  );
}

/** One finding for each line that holds a host which stands somewhere above already. */
function repeatedFindings(balancer: ReadBalancer): readonly Finding[] {
  const seen = new Map<string, Use>();
  const findings = new Map<string, Finding>();
  for (const use of usesIn(balancer)) {
    const first = seen.get(use.host.value) ?? use;
    seen.set(use.host.value, first);
    const finding = repeatedFinding(balancer, first, use);
    if (finding !== undefined) findings.set(`${use.host.line} ${use.host.value}`, finding);
  }
  return [...findings.values()];
}

function repeatedFinding({ node, conf }: ReadBalancer, first: Use, use: Use): Finding | undefined {
  const isOtherService = first.service !== use.service;
  const isOtherSubDomain =
    first.declaration.domain === use.declaration.domain && first.declaration.subDomain !== use.declaration.subDomain;
  if (!isOtherService && !isOtherSubDomain) return undefined;
  const [one, other] = isOtherService
    ? [`services/${first.service}`, `services/${use.service}`]
    : [`sub-domain ${first.declaration.subDomain}`, `sub-domain ${use.declaration.subDomain}`];
  return {
    severity: isOtherService ? 'error' : 'warning',
    nodes: [node],
    place: { path: conf.path, line: use.host.line },
    what: `the host ${use.host.value} of ${other} stands for ${one} on line ${first.host.line} too`,
    fix: 'leave the host at one of the two',
  };
}

function blankFindings(balancer: ReadBalancer): readonly Finding[] {
  const { node, conf } = balancer;
  const padded = usesIn(balancer).filter(({ host }) => host.value !== host.value.trim());
  return [...new Map(padded.map((use) => [`${use.host.line} ${use.host.value}`, use])).values()].map(({ host }) => ({
    severity: 'warning',
    nodes: [node],
    place: { path: conf.path, line: host.line },
    what: `the load balancer takes the blank in ${JSON.stringify(host.value)} for a part of the host`,
    fix: `write the hosts without blanks around the commas`,
  }));
}
