import { declaredServices, domainsOf } from './declarations';
import { childOf, withNodesBelow, type ConfNode, type ConfTrap } from './load-balancer-conf';

/** The traps of what a loadbalancer.conf is about: blocks that the load balancer misses, ignores or counts twice. */
export function serviceTraps(nodes: readonly ConfNode[], lineCount: number): readonly ConfTrap[] {
  const services = childOf({ children: nodes }, 'services');
  return [
    ...rootTraps(nodes),
    ...(services === undefined ? [noServices(lineCount)] : servicesTraps(services)),
    ...repeatedKeys(nodes),
    ...repeatedDomains(nodes),
  ];
}

function noServices(lineCount: number): ConfTrap {
  return {
    line: Math.max(lineCount, 1),
    kind: 'missing-services',
    effect: 'stops',
    problem: 'there is no block services, and the load balancer does not start',
    mend: 'add services { } with the domains to take members for',
  };
}

function rootTraps(nodes: readonly ConfNode[]): readonly ConfTrap[] {
  return nodes
    .filter(
      (node) => !['loadbalancer', 'services'].includes(node.name) || node !== childOf({ children: nodes }, node.name),
    )
    .map(({ name, line }) => ({
      line,
      kind: 'misplaced-block',
      effect: 'misread',
      problem: ['loadbalancer', 'services'].includes(name)
        ? `there is a block ${name} above already, and the load balancer ignores this one`
        : `the block ${name} stands outside of services, where the load balancer ignores it`,
      mend: 'move it into the block that it belongs to; often a } above is one too many',
    }));
}

function servicesTraps(services: ConfNode): readonly ConfTrap[] {
  const defaults = childOf(services, 'defaults');
  return services.children.filter((node) => node !== defaults).flatMap(serviceTrapsOf);
}

function serviceTrapsOf(service: ConfNode): readonly ConfTrap[] {
  const domains = domainsOf(service);
  const at = `services/${service.name}`;
  if (domains === undefined || domains.children.length === 0)
    return [
      {
        line: (domains ?? service).line,
        kind: 'missing-block',
        effect: 'stops',
        problem:
          domains === undefined
            ? `the first block in ${at} is not domains, and the load balancer does not start`
            : `${at}/domains holds no domain, and the load balancer does not start`,
        mend:
          domains === undefined
            ? 'put domains { } in front of every other block of it, with a domain, or remove the service'
            : 'declare a domain in it, or remove the service',
      },
    ];
  return service.children.slice(1).map(({ name, line }) => ({
    line,
    kind: 'misplaced-block',
    effect: 'misread',
    problem: `the block ${name} stands in ${at} behind domains, where the load balancer ignores it`,
    mend: 'move it into the block that it belongs to; often a } above is missing',
  }));
}

function repeatedKeys(nodes: readonly ConfNode[]): readonly ConfTrap[] {
  const traps: ConfTrap[] = [];
  for (const node of withNodesBelow(nodes)) {
    const last = new Map(node.properties.map((property) => [property.key, property]));
    for (const { key, value, line } of node.properties) {
      const winner = last.get(key);
      if (winner === undefined || winner.line === line) continue;
      traps.push({
        line,
        kind: 'repeated-key',
        effect: winner.value === value ? 'harmless' : 'misread',
        problem: `${key} of ${node.name} is set again on line ${winner.line}, and the load balancer takes only that`,
        mend: 'remove the one that is not meant',
      });
    }
  }
  return traps;
}

function repeatedDomains(nodes: readonly ConfNode[]): readonly ConfTrap[] {
  const seen = new Map<string, number>();
  const traps: ConfTrap[] = [];
  for (const { domain, subDomain, at, line } of declaredServices({ nodes }).flatMap((one) => one.declarations)) {
    const pair = JSON.stringify([domain, subDomain]);
    const first = seen.get(pair);
    if (first === undefined) seen.set(pair, line);
    else
      traps.push({
        line,
        kind: 'repeated-domain',
        effect: 'misread',
        problem: `${at} declares domain ${domain} with sub-domain ${subDomain} once more; the load balancer forgets the one on line ${first}`,
        mend: 'remove one, or give them different sub-domains',
      });
  }
  return traps;
}
