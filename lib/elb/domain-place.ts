import {
  blocksIn,
  propertiesIn,
  settingOf,
  type ConfSource,
  type SourceBlock,
  type SourceProperty,
} from './conf-source';
import { newSettings, setValue, type ConfStep } from './conf-step';
import { hostsOf } from './declarations';
import { insertBelow, layoutIn, newLines, type NewEntry } from './new-lines';
import { refuseAt } from './refuse-unsafe';
import type { WantedSubDomain } from './wanted-domain';

/** Where a domain is declared. */
export interface DomainPlace {
  readonly source: ConfSource;
  readonly path: string;
  readonly service: SourceBlock;
  /** The block `domains` of the service. */
  readonly domains: SourceBlock;
}

/** New settings of a block that is there, below one of its lines. */
export function addSettings(
  place: DomainPlace,
  block: SourceBlock,
  entries: readonly NewEntry[],
  below: SourceBlock['header'],
  at: string,
): readonly ConfStep[] {
  if (entries.length === 0 || below === undefined) return [];
  const layout = layoutIn(place.source, block, neighboursOf(place, block));
  const edit = insertBelow(place.source, below, newLines(entries, layout));
  return [{ edit, changes: newSettings(entries, below.number, at) }];
}

/** Makes a block, or the service around it, say the port for group management; `range` goes in with it. */
export function ensurePort(
  place: DomainPlace,
  block: SourceBlock,
  port: number,
  at: string,
  range: readonly NewEntry[] = [],
): readonly ConfStep[] {
  const own = settingOf(block, 'group_mgt_port');
  if (own !== undefined) return own.value === String(port) ? [] : [setValue(own, String(port), at)];
  if (settingOf(place.service, 'group_mgt_port')?.value === String(port)) return [];
  const below = settingOf(block, 'tenant_range') ?? propertiesIn(block).at(-1);
  const entry = { key: 'group_mgt_port', value: String(port) };
  return addSettings(place, block, [...range, entry], below?.line ?? block.header, at);
}

/** Further hosts stay beside those that are wanted; a list without one of these becomes what is wanted. */
export function correctHosts(hosts: SourceProperty, one: WantedSubDomain, at: string): readonly ConfStep[] {
  if (holdsAll(hosts, one)) return [];
  const trimmed = hostsOf(hosts.value).map((host) => host.trim());
  const isPadded = one.hosts.every((host) => trimmed.includes(host));
  return [setValue(hosts, (isPadded ? trimmed : one.hosts).join(','), at)];
}

/** The range of all tenants, for a domain that serves none yet. */
export function missingRange({ service }: DomainPlace, block: SourceBlock): readonly NewEntry[] {
  const has = [block, service].some((one) => settingOf(one, 'tenant_range') !== undefined);
  return has ? [] : [{ key: 'tenant_range', value: '*' }];
}

/** True where a list of hosts has all those of a sub-domain, exactly as the load balancer takes them. */
export function holdsAll(hosts: SourceProperty | undefined, one: WantedSubDomain): boolean {
  const own = hostsOf(hosts?.value ?? '');
  return one.hosts.every((host) => own.includes(host));
}

/** The hosts of a sub-domain as a new setting. */
export function hostsEntry({ hosts }: WantedSubDomain): NewEntry {
  return { key: 'hosts', value: hosts.join(',') };
}

/** Throws TARGET_UNSUITABLE at the second of two blocks that stand for the same. */
export function refuseRepeated(
  place: DomainPlace,
  blocks: readonly SourceBlock[],
  keyOf: (block: SourceBlock) => string | undefined,
  at: string,
): void {
  const seen = new Set<string | undefined>();
  for (const block of blocks) {
    const key = keyOf(block);
    if (seen.has(key))
      refuseTwice(place, block.header?.number ?? 1, at, key === undefined ? 'domain' : `sub-domain ${key}`);
    seen.add(key);
  }
}

/** Blocks that lend the layout of settings, the nearest first. */
export function neighboursOf(
  { service, domains, source }: DomainPlace,
  near: SourceBlock | undefined,
): readonly SourceBlock[] {
  const others = blocksIn(source.root).flatMap(blocksIn).flatMap(blocksIn).flatMap(blocksIn);
  return [...(near === undefined ? [] : [near, ...blocksIn(near)]), ...blocksIn(domains), ...others, service];
}

/** The blocks down to `domains` of the service, or to one domain in it. */
export function atOf({ service }: DomainPlace, domain?: string): string {
  return `services/${service.name}/domains${domain === undefined ? '' : `/${domain}`}`;
}

/** Throws TARGET_UNSUITABLE at the line where something is declared that stands above already. */
export function refuseTwice({ path }: DomainPlace, line: number, at: string, what: string): never {
  refuseAt(path, line, at, `the ${what} is declared for the second time here; remove the one that is not meant`);
}
