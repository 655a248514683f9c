import { settingOf, type SourceBlock, type SourceProperty } from './conf-source';
import type { ConfStep } from './conf-step';
import { hostsOf } from './declarations';
import {
  addSettings,
  atOf,
  correctHosts,
  ensurePort,
  holdsAll,
  hostsEntry,
  missingRange,
  neighboursOf,
  refuseRepeated,
  type DomainPlace,
} from './domain-place';
import type { NewEntry } from './new-lines';
import { placeBlocks } from './place-blocks';
import type { WantedDomain, WantedSubDomain } from './wanted-domain';

/**
 * What makes the blocks of a domain, told apart by `sub_domain`, say what is wanted. The block without a sub-domain, which
 * was shipped, becomes one that is missing. With the nested form, which this file does not have, they get the port too.
 */
export function keyedBlocks(
  place: DomainPlace,
  wanted: WantedDomain,
  existing: readonly SourceBlock[],
): readonly ConfStep[] {
  const { source, service, domains } = place;
  const at = atOf(place, wanted.domain);
  const keyOf = (block: SourceBlock): string | undefined =>
    (settingOf(block, 'sub_domain') ?? settingOf(service, 'sub_domain'))?.value;
  refuseRepeated(place, existing, keyOf, at);
  const missing = wanted.subDomains.filter(({ subDomain }) => !existing.some((block) => keyOf(block) === subDomain));
  const unnamed = existing.find((block) => keyOf(block) === undefined);
  const adopted = unnamed && adoptedBy(missing, settingOf(unnamed, 'hosts') ?? settingOf(service, 'hosts'));
  const port = wanted.form === 'nested' ? wanted.groupManagementPort : undefined;
  const model = unnamed ?? existing[0];
  const range = (model && settingOf(model, 'tenant_range')?.value) ?? '*';
  const placed = wanted.subDomains.map((one) => ({
    one,
    existing: one === adopted ? unnamed : existing.find((block) => keyOf(block) === one.subDomain),
    name: wanted.domain,
    entries: keyedEntries(one, range, port),
  }));
  return [
    ...placed.flatMap(({ one, existing: block }) =>
      block === undefined
        ? []
        : [
            ...headEntries(place, block, one, one === adopted, at),
            ...(port === undefined ? [] : ensurePort(place, block, port, at)),
          ],
    ),
    ...placeBlocks(source, domains, placed, neighboursOf(place, model), atOf(place)),
  ];
}

/** A new block for a sub-domain. */
export function keyedEntries(one: WantedSubDomain, range: string, port: number | undefined): readonly NewEntry[] {
  return [
    hostsEntry(one),
    { key: 'sub_domain', value: one.subDomain },
    { key: 'tenant_range', value: range },
    ...(port === undefined ? [] : [{ key: 'group_mgt_port', value: String(port) }]),
  ];
}

/** Which of the sub-domains that are missing a block without one becomes: that of its hosts, else the last. */
function adoptedBy(
  missing: readonly WantedSubDomain[],
  hosts: SourceProperty | undefined,
): WantedSubDomain | undefined {
  const own = hostsOf(hosts?.value ?? '').map((host) => host.trim());
  return missing.find((one) => one.hosts.some((host) => own.includes(host))) ?? missing.at(-1);
}

/** `hosts` and `sub_domain` of a block that is there, in the order of the documentation. */
function headEntries(
  place: DomainPlace,
  block: SourceBlock,
  one: WantedSubDomain,
  isAdopted: boolean,
  at: string,
): readonly ConfStep[] {
  const hosts = settingOf(block, 'hosts');
  const inherited = isAdopted ? undefined : settingOf(place.service, 'hosts');
  const added = [
    ...(hosts === undefined && !holdsAll(inherited, one) ? [hostsEntry(one)] : []),
    ...(isAdopted ? [{ key: 'sub_domain', value: one.subDomain }, ...missingRange(place, block)] : []),
  ];
  const correction = hosts === undefined ? [] : correctHosts(hosts, one, at);
  return [...correction, ...addSettings(place, block, added, hosts?.line ?? block.header, at)];
}
