import { dirname, resolve } from 'node:path';
import {
  parseClusterFile,
  resolveClusterFile,
  type ParsedClusterFile,
  type ResolvedCluster,
} from '../cluster/cluster-file/parse-cluster-file';
import { secretFilesOf, type SecretSources } from '../cluster/cluster-file/secrets';
import type { Setting } from '../cluster/cluster-file/settings';
import { readFile } from '../disk/read-file';
import { realPathOf } from '../disk/real-path';
import { CarbonPatchError, expectedError } from '../errors';
import { positionAt, sourceLineAt } from '../text/position';
import { readSecret } from './read-secret';

export type { Explanation } from '../cluster/cluster-file/resolution';
export type { ResolvedCluster } from '../cluster/cluster-file/parse-cluster-file';
export type { Setting } from '../cluster/cluster-file/settings';

/** How a cluster file is read. */
export interface LoadClusterOptions {
  /** Values that take the place of those in the file, the later ones winning. */
  readonly settings?: readonly Setting[];
  /** Where `{ env: NAME }` is looked up; nothing is set where this is left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `optional` where nothing is planned: then a secret that cannot be had is empty and no problem. Default: `required`. */
  readonly secrets?: SecretSources['need'];
}

/**
 * Reads a cluster file; paths in it count from its folder. Reads, never writes.
 * Throws FILE_UNREADABLE, and CLUSTER_FILE_INVALID with everything that is wrong with it.
 */
export async function loadCluster(path: string, options: LoadClusterOptions = {}): Promise<ResolvedCluster> {
  return resolveClusterText(await readClusterText(path), options);
}

/** A cluster file as it is on the disk. */
export interface ClusterText {
  /** As it was named; paths in it count from this folder. */
  readonly path: string;
  /** The same with all links followed. */
  readonly place: string;
  /** Without the byte order mark. */
  readonly text: string;
  readonly byteOrderMark: boolean;
  /** SHA-256 of its bytes. */
  readonly digest: string;
}

/** Reads the text of a cluster file. Throws FILE_UNREADABLE, and CLUSTER_FILE_INVALID where it is not UTF-8. */
export async function readClusterText(path: string): Promise<ClusterText> {
  const { bytes, digest } = await readFile(path);
  const decoded = decode(bytes, path);
  const byteOrderMark = decoded.startsWith('\ufeff');
  return {
    path,
    place: await realPathOf(path),
    text: byteOrderMark ? decoded.slice(1) : decoded,
    byteOrderMark,
    digest,
  };
}

/** What the text of a cluster file means. Throws as `loadCluster` does, but for reading the file itself. */
export async function resolveClusterText(
  { path, text }: Pick<ClusterText, 'path' | 'text'>,
  options: LoadClusterOptions = {},
): Promise<ResolvedCluster> {
  const { settings = [], env = {}, secrets: need = 'required' } = options;
  const parsed = parseClusterFile(text, path, settings);
  const folder = dirname(path);
  const files = await readSecrets(parsed, folder);
  return resolveClusterFile(parsed, { secrets: { env, files, need }, resolveHome: (home) => resolve(folder, home) });
}

async function readSecrets({ file }: ParsedClusterFile, folder: string): Promise<SecretSources['files']> {
  const files = new Map<string, { readonly secret: string } | { readonly problem: string }>();
  for (const name of secretFilesOf(file)) {
    try {
      files.set(name, { secret: await readSecret(resolve(folder, name)) });
    } catch (error) {
      files.set(name, { problem: expectedError(error).message });
    }
  }
  return files;
}

/** A cluster file is UTF-8, with or without a byte order mark, which stays here. */
function decode(bytes: Uint8Array, path: string): string {
  const text = Buffer.from(bytes).toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  const valid = text.slice(0, firstDifference(Buffer.from(text, 'utf8'), bytes, text));
  const { line, column } = positionAt(valid, valid.length);
  const place = { path, line, column, sourceLine: sourceLineAt(valid, valid.length) };
  const problem = 'is not UTF-8 from here on; save the cluster file as UTF-8';
  throw new CarbonPatchError('CLUSTER_FILE_INVALID', { path, problems: [{ place, problem }] });
}

/** The UTF-16 offset up to which the decoded text is what the bytes say. */
function firstDifference(encoded: Uint8Array, bytes: Uint8Array, text: string): number {
  let index = 0;
  while (index < bytes.length && encoded[index] === bytes[index]) index++;
  return Math.min(
    Buffer.from(encoded.subarray(0, index))
      .toString('utf8')
      .replace(/\uFFFD$/, '').length,
    text.length,
  );
}
