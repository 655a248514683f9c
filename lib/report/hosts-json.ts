import type { FilePatch } from '../plan/plan';
import type { WantedBlock } from '../plan/plan-hosts-file';
import { diffString } from './unified-diff';

/**
 * The hosts lines of nodes, as JSON for other programs. Fields are added without a new `formatVersion`; a field that goes or
 * means something else raises it.
 */
export interface HostsJson {
  readonly formatVersion: 1;
  readonly domain: string;
  /** In the order in which they are printed. */
  readonly lines: readonly { readonly name: string; readonly address: string; readonly why: string }[];
  /** Names that are needed and have no address in the cluster file. */
  readonly unknown: readonly { readonly name: string; readonly why: string }[];
  /** The hosts file, or null without one. */
  readonly file: HostsFileJson | null;
}

/** What becomes of a hosts file. */
export interface HostsFileJson {
  /** All links followed. */
  readonly path: string;
  /** True where it is not yet as wanted. */
  readonly changed: boolean;
  readonly written: boolean;
  /** The unified diff, with secrets masked; empty where nothing changes. */
  readonly diff: string;
}

/** What a `HostsJson` is made from. */
export interface HostsReport {
  readonly block: WantedBlock;
  readonly unknown: HostsJson['unknown'];
}

/** The JSON form of hosts lines, ready for `JSON.stringify`. */
export function hostsJson({ block, unknown }: HostsReport, file: HostsFileJson | null): HostsJson {
  const lines = block.entries.map(({ name, address, why }) => ({ name, address, why }));
  return { formatVersion: 1, domain: block.domain, lines, unknown, file };
}

/** The JSON form of the change of a hosts file. */
export function hostsFileJson(patch: FilePatch, written: boolean): HostsFileJson {
  return { path: patch.path, changed: patch.edits.length > 0, written, diff: diffString(patch, {}) };
}
