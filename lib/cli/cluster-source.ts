import { CarbonPatchError } from '../errors';
import { findClusterFile, usualClusterFile } from '../plan/find-cluster-file';
import type { LoadClusterOptions, ResolvedCluster, Setting } from '../plan/load-cluster';
import { say, type Io } from './io';
import type { ClusterArguments } from './options';

/** A cluster that was read from a file. */
export interface FoundCluster extends ResolvedCluster {
  /** As it was named, or found. */
  readonly path: string;
}

/**
 * The cluster file: `--cluster`, else `CARBON_PATCH_CLUSTER`, else `carbon-cluster.yaml` in the current folder; `undefined`
 * where there is none. Its warnings are told on stderr. Throws as `loadCluster` does, and NODE_CHOICE_UNCLEAR for settings
 * without a file to make them in.
 */
export async function findCluster(
  args: ClusterArguments,
  io: Io,
  secrets: 'required' | 'optional',
): Promise<FoundCluster | undefined> {
  const path = args.cluster ?? (io.env['CARBON_PATCH_CLUSTER'] || (await findClusterFile()));
  const settings = settingsOf(args, io);
  if (path === undefined) {
    if (settings.length > 0) throw nothingToSet(settings);
    return undefined;
  }
  const { loadCluster } = await import('../plan/load-cluster');
  const cluster = await loadCluster(path, { settings, env: io.env, secrets });
  for (const warning of cluster.warnings) say(io, `Warning: ${path}: ${warning}`);
  return { ...cluster, path };
}

/** A cluster file that a command changes, and how it is read. */
export interface ClusterToChange {
  readonly path: string;
  readonly options: LoadClusterOptions;
}

/**
 * The cluster file that `findCluster` would read. Throws NODE_CHOICE_UNCLEAR where there is none, or where the environment
 * has settings, which are of one run and not of the file.
 */
export async function clusterToChange(args: Pick<ClusterArguments, 'cluster'>, io: Io): Promise<ClusterToChange> {
  const path = args.cluster ?? (io.env['CARBON_PATCH_CLUSTER'] || (await findClusterFile()));
  if (path === undefined) throw noClusterFile();
  if (settingsOf({ cluster: args.cluster, node: undefined, set: undefined }, io).length > 0) {
    const problem = 'CARBON_PATCH_SET changes values for one run, and a node that is added stays';
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', {
      problem,
      advice: 'unset it, or write its values into the file',
    });
  }
  return { path, options: { env: io.env, secrets: 'required' } };
}

/** What commands say that need a cluster file where there is none. */
export function noClusterFile(): CarbonPatchError {
  const advice = 'give --cluster FILE, or make carbon-cluster.yaml here';
  return new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem: 'there is no cluster file', advice });
}

function nothingToSet(settings: readonly Setting[]): CarbonPatchError {
  const origins = [...new Set(settings.map(({ origin }) => origin))].join(' and ');
  const problem = `${origins}: changes values of a cluster file, and there is none`;
  const advice = `give --cluster FILE, or make ${usualClusterFile} here`;
  return new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
}

/** The environment first, so that the command line wins. */
function settingsOf({ set = [] }: ClusterArguments, { env }: Io): readonly Setting[] {
  const lines = (env['CARBON_PATCH_SET'] ?? '').split('\n').filter((line) => line.trim() !== '');
  return [
    ...lines.map((line) => settingOf(line.trim(), 'CARBON_PATCH_SET')),
    ...set.map((words) => settingOf(words, '--set')),
  ];
}

/** What has no `=` is refused as no path; of it only what can be one is shown, as the rest may be a secret. */
function settingOf(words: string, origin: string): Setting {
  const at = words.indexOf('=');
  if (at === -1) return { path: `${/^[\w.]*/.exec(words)?.[0] ?? ''}…`, value: '', origin };
  return { path: words.slice(0, at), value: words.slice(at + 1), origin };
}
