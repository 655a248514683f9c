import type { NewFile } from '../plan/plan';
import { paint, printableLine, type ColorOptions } from './color';

/**
 * A file that is made, in one line with its LF: `new file lib/x.jar (2.4 MB, sha256 …)`. In a diff it stands between the
 * files, where `git apply` and `patch` pass over it: the bytes are not in a diff.
 */
export function newFileLine({ path, bytes, digest }: NewFile, options: ColorOptions): string {
  const line = `new file ${printableLine(path)} (${sizeOf(bytes.length)}, sha256 ${digest})`;
  return `${paint(line, 'added', options)}\n`;
}

/** In units of a thousand, as `ls -h --si` and vendors' pages write them. */
function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} byte${bytes === 1 ? '' : 's'}`;
  return bytes < 999_950 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
