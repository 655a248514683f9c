import { readFile } from '../disk/read-file';
import { realPathOf } from '../disk/real-path';
import { keepBlock, type WantedBlock } from '../hosts/keep-block';
import { decodePlain } from './decode-plain';
import type { FilePatch } from './plan';

export type { WantedBlock } from '../hosts/keep-block';
export { entryLine, type HostsEntry } from '../hosts/hosts-entry';

/** What makes a hosts file hold the lines of a cluster. */
export interface HostsPlan {
  /** Its path is that of the file, all links followed. */
  readonly patch: FilePatch;
  /** Lines outside the block that say the same; whole sentences. */
  readonly notes: readonly string[];
}

/**
 * What makes a hosts file hold this block and nothing else different; reads, never writes.
 * Throws FILE_UNREADABLE, also for what is no regular file, and HOSTS_FILE_UNUSABLE with every line that is in the way.
 */
export async function planHostsFile(path: string, wanted: WantedBlock): Promise<HostsPlan> {
  const place = await realPathOf(path);
  const { bytes, digest } = await readFile(place, path);
  const decoded = decodePlain(bytes);
  const { edits, notes } = keepBlock(decoded.text, path, wanted);
  return { patch: { ...decoded, path: place, baseDigest: digest, edits, changes: [] }, notes };
}
