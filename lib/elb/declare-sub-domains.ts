import { blocksIn, settingOf, type SourceBlock } from './conf-source';
import type { ConfStep } from './conf-step';
import { keyedBlocks, keyedEntries } from './declare-keyed';
import { nestedBlocks, nestedEntries } from './declare-nested';
import { atOf, refuseTwice, type DomainPlace } from './domain-place';
import type { NewEntry } from './new-lines';
import { refuseAt } from './refuse-unsafe';
import type { WantedDomain } from './wanted-domain';

/**
 * What makes a service declare a domain with its sub-domains. A domain that is there keeps its settings: the one without a
 * sub-domain, which was shipped, becomes one of those that are wanted.
 * Throws TARGET_UNSUITABLE where the domain is written in both forms, or in one that the load balancer does not read.
 */
export function declareSubDomains(place: DomainPlace, wanted: WantedDomain): readonly ConfStep[] {
  const existing = blocksIn(place.domains).filter(({ name }) => name === wanted.domain);
  return isKeyed(place, wanted, existing)
    ? keyedBlocks(place, wanted, existing)
    : nestedBlocks(place, wanted, existing[0]);
}

/** The blocks that a new service holds. */
export function newDomains(wanted: WantedDomain): readonly NewEntry[] {
  const { domain, subDomains, form } = wanted;
  return form === 'sub_domain'
    ? subDomains.map((one) => ({ name: domain, entries: keyedEntries(one, '*', undefined) }))
    : [{ name: domain, entries: nestedEntries(wanted) }];
}

/** Whether sub-domains are told apart by a setting. ELB 2.1 reads that form too, so a file that has it keeps it. */
function isKeyed(place: DomainPlace, { domain, form }: WantedDomain, existing: readonly SourceBlock[]): boolean {
  const at = atOf(place, domain);
  const nested = existing.find((block) => blocksIn(block).length > 0);
  const keyed = existing.find((block) => settingOf(block, 'sub_domain') !== undefined);
  if (nested !== undefined && (form === 'sub_domain' || existing.length > 1 || keyed !== undefined)) {
    const problem =
      form === 'sub_domain'
        ? 'the domain holds blocks for its sub-domains, which this load balancer does not read; write a block of this name for each, with sub_domain'
        : 'the domain is declared by blocks and by sub_domain; leave one of the two forms';
    refuseAt(place.path, nested.header?.number ?? 1, at, problem);
  }
  if (keyed !== undefined || form === 'sub_domain') return true;
  const second = existing[1]?.header;
  if (second !== undefined) refuseTwice(place, second.number, at, 'domain');
  return false;
}
