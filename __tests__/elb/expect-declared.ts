import { expect } from '@jest/globals';
import type { WantedDomain } from '../../lib/elb/declare-domains';
import { modelRead, type ModelNode } from './node-builder-model';

/** What the load balancer sends to which members: `domain/subDomain` with its hosts and its port for group management. */
export type ModelRoutes = Readonly<
  Record<string, { readonly hosts: readonly string[]; readonly port: string | undefined }>
>;

/** The routes of a file, as the model of the load balancer reads them. */
export function modelRoutes(text: string): ModelRoutes {
  const read = modelRead(text);
  if (typeof read === 'number') throw new Error(`the model stops at line ${read}`);
  const services = read.children.find(({ name }) => name === 'services')?.children ?? [];
  const routes: Record<string, { readonly hosts: readonly string[]; readonly port: string | undefined }> = {};
  for (const service of services.filter(({ name }) => name !== 'defaults'))
    for (const domain of service.children[0]?.children ?? [])
      for (const inner of domain.children.length > 0 ? domain.children : [undefined]) {
        const chain = [inner, domain, service].filter((node) => node !== undefined);
        const subDomain = inner?.name ?? settingOf(chain, 'sub_domain') ?? '-';
        const hosts = (settingOf(chain, 'hosts') ?? '').split(',').filter(Boolean);
        routes[`${domain.name}/${subDomain}`] = { hosts, port: settingOf(chain, 'group_mgt_port') };
      }
  return routes;
}

/** Expects that a file routes what is wanted. */
export function expectDeclared(text: string, wanted: WantedDomain): void {
  const routes = modelRoutes(text);
  for (const { subDomain, hosts } of wanted.subDomains) {
    const route = routes[`${wanted.domain}/${subDomain}`];
    expect(route?.hosts).toEqual(expect.arrayContaining([...hosts]));
    if (wanted.form === 'nested') expect(route?.port).toBe(String(wanted.groupManagementPort));
  }
}

function settingOf(chain: readonly ModelNode[], key: string): string | undefined {
  return chain.map(({ properties }) => properties[key]).find((value) => value !== undefined);
}
