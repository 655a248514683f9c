import type { HostsFileProblem } from '../errors';
import { familyOf, isLoopbackAddress, plainAddress } from './host-addresses';
import type { HostsEntry } from './hosts-entry';
import type { HostsLine } from './hosts-file';

/** The lines that map a name of these entries to another address, so that the resolver would take whichever comes first. */
export function contradictions(
  lines: readonly HostsLine[],
  entries: readonly HostsEntry[],
): readonly HostsFileProblem[] {
  return uses(lines, entries).flatMap(({ line, address, entry }) => {
    if (relation(address, entry.address) !== 'other') return [];
    const problem = `maps ${entry.name} to ${address}, the cluster file to ${entry.address}; correct one of them`;
    return [{ line, problem }];
  });
}

/** The lines that map a name of these entries and do no harm; whole sentences. */
export function repetitions(
  lines: readonly HostsLine[],
  entries: readonly HostsEntry[],
  path: string,
): readonly string[] {
  return uses(lines, entries).flatMap(({ line, address, entry }) => {
    const is = relation(address, entry.address);
    if (is === 'other') return [];
    const what = is === 'same' ? 'to the same address' : `to the ${familyOf(address) ?? ''} address ${address}`;
    return [`${path}:${line}: maps ${entry.name} ${what} too; it stays.`];
  });
}

interface NameUse {
  readonly line: number;
  readonly address: string;
  readonly entry: HostsEntry;
}

function uses(lines: readonly HostsLine[], entries: readonly HostsEntry[]): readonly NameUse[] {
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  return lines.flatMap(({ number, address, names }) =>
    [...new Set(names.map((name) => name.toLowerCase()))].flatMap((name) => {
      const entry = byName.get(name);
      return entry === undefined || address === undefined ? [] : [{ line: number, address, entry }];
    }),
  );
}

/** A name can have an address of each family; one of them that means the own machine is still another machine. */
function relation(address: string, wanted: string): 'same' | 'other family' | 'other' {
  if (plainAddress(address) === plainAddress(wanted)) return 'same';
  const isOfOther = familyOf(address) !== familyOf(wanted) && familyOf(address) !== undefined;
  return isOfOther && !isLoopbackAddress(address) && !isLoopbackAddress(wanted) ? 'other family' : 'other';
}
