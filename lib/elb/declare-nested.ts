import { blocksIn, settingOf, type SourceBlock } from './conf-source';
import type { ConfStep } from './conf-step';
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
import { placeBlocks, type PlacedBlock } from './place-blocks';
import type { WantedDomain, WantedSubDomain } from './wanted-domain';

/** What makes the block of a domain, and the blocks for sub-domains in it, say what is wanted. */
export function nestedBlocks(
  place: DomainPlace,
  wanted: WantedDomain,
  domain: SourceBlock | undefined,
): readonly ConfStep[] {
  const { source, domains, service } = place;
  const at = atOf(place, wanted.domain);
  if (domain === undefined) {
    const placed = { existing: undefined, name: wanted.domain, entries: nestedEntries(wanted) };
    return placeBlocks(source, domains, [placed], neighboursOf(place, undefined), atOf(place));
  }
  refuseRepeated(place, blocksIn(domain), ({ name }) => name, at);
  const placed = wanted.subDomains.map((one): PlacedBlock & { readonly one: WantedSubDomain } => ({
    one,
    existing: blocksIn(domain).find(({ name }) => name === one.subDomain),
    name: one.subDomain,
    entries: [hostsEntry(one)],
  }));
  const inherited = settingOf(domain, 'hosts') ?? settingOf(service, 'hosts');
  return [
    ...ensurePort(
      place,
      domain,
      wanted.groupManagementPort,
      at,
      blocksIn(domain).length > 0 ? [] : missingRange(place, domain),
    ),
    ...placed.flatMap(({ one, existing: block }): readonly ConfStep[] => {
      if (block === undefined) return [];
      const hosts = settingOf(block, 'hosts');
      const inner = `${at}/${one.subDomain}`;
      // A port in here hides that of the domain.
      const port =
        settingOf(block, 'group_mgt_port') === undefined
          ? []
          : ensurePort(place, block, wanted.groupManagementPort, inner, []);
      if (hosts !== undefined) return [...port, ...correctHosts(hosts, one, inner)];
      const isInherited = holdsAll(inherited, one);
      return [...port, ...(isInherited ? [] : addSettings(place, block, [hostsEntry(one)], block.header, inner))];
    }),
    ...placeBlocks(source, domain, placed, neighboursOf(place, domain), at),
  ];
}

/** A new block for a domain. */
export function nestedEntries({ subDomains, groupManagementPort }: WantedDomain): readonly NewEntry[] {
  return [
    { key: 'tenant_range', value: '*' },
    { key: 'group_mgt_port', value: String(groupManagementPort) },
    ...subDomains.map((one) => ({ name: one.subDomain, entries: [hostsEntry(one)] })),
  ];
}
