import { CarbonPatchError } from '../errors';
import { declaredServices } from './declarations';
import { childOf, withNodesBelow, type ConfNode, type LoadBalancerConf } from './load-balancer-conf';
import type { WantedDomain } from './wanted-domain';

/**
 * Throws INTERNAL_MISMATCH where a file that was edited to declare a domain does not, has traps that it did not have, or
 * says something else outside of the service that was edited.
 */
export function verifyDeclared(before: LoadBalancerConf, after: LoadBalancerConf, wanted: WantedDomain): void {
  const fail = (problem: string): never => {
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path: after.path, problem });
  };
  const services = declaredServices(after).filter((one) =>
    one.declarations.some(({ domain }) => domain === wanted.domain),
  );
  const [service] = services;
  if (service === undefined || services.length > 1) return fail(`${services.length} services declare ${wanted.domain}`);
  for (const { subDomain, hosts } of wanted.subDomains) {
    const [found, ...more] = service.declarations.filter(
      (one) => one.domain === wanted.domain && one.subDomain === subDomain,
    );
    if (found === undefined || more.length > 0)
      return fail(`sub-domain ${subDomain} is declared ${more.length + (found ? 1 : 0)} times`);
    if (!hosts.every((host) => found.hosts.some(({ value }) => value === host)))
      fail(`sub-domain ${subDomain} has other hosts`);
    const port = found.groupManagementPort?.value;
    if (wanted.form === 'nested' && port !== String(wanted.groupManagementPort)) fail(`group_mgt_port is ${port}`);
  }
  if (after.traps.length > before.traps.length) fail('the file has more traps than before');
  const name = service.node.name;
  if (meaningBeside(before, name) !== meaningBeside(after, name))
    fail(`the file says something else beside services/${name}`);
}

/** What a file says but for one service; blocks are told apart by their settings and by how many blocks they hold. */
function meaningBeside({ nodes }: LoadBalancerConf, service: string): string {
  const services = childOf({ children: nodes }, 'services');
  const others = (services?.children ?? []).filter(({ name }) => name !== service);
  const roots = nodes.filter((node) => node !== services);
  return JSON.stringify([
    services?.properties.map(settingText) ?? [],
    ...withNodesBelow([...others, ...roots]).map(nodeText),
  ]);
}

function nodeText({ name, properties, children }: ConfNode): readonly unknown[] {
  return [name, properties.map(settingText), children.length];
}

function settingText({ key, value }: ConfNode['properties'][number]): string {
  return `${key} ${value}`;
}
