import { CarbonPatchError } from '../errors';
import type { CheckTarget } from '../plan/check-homes';
import { candidatesFor, selectNodes } from '../plan/select-nodes';
import { findCluster, type FoundCluster } from './cluster-source';
import type { Io } from './io';
import type { ClusterArguments } from './options';

/** The homes that are looked at together, and what they are compared with. */
export interface CheckTargets {
  readonly targets: readonly CheckTarget[];
  /** `undefined` where homes are compared with each other only. */
  readonly cluster: FoundCluster | undefined;
}

/**
 * The homes that a command looks at: those of `--home`, which are compared with a cluster file only where one is named;
 * else the nodes of the cluster file on this machine, or those of `--node`.
 * Throws as `findCluster` and `selectNodes` do, and NODE_CHOICE_UNCLEAR where nothing says which homes are meant.
 */
export async function checkTargets(
  args: ClusterArguments & { readonly home: readonly string[] | undefined },
  io: Io,
): Promise<CheckTargets> {
  const { home: homes } = args;
  if (homes !== undefined && args.cluster === undefined && args.node === undefined) {
    return { targets: homes.map((home) => ({ name: shortName(home, homes), home })), cluster: undefined };
  }
  const cluster = await findCluster(args, io, 'optional');
  if (cluster === undefined) {
    const problem = '--home is missing, and there is no cluster file';
    const advice = 'give --home DIR for each home, or --cluster FILE, or make carbon-cluster.yaml here';
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
  }
  if (homes !== undefined) return { targets: await namedHomes(homes, args.node ?? [], cluster), cluster };
  const { nodes } = await selectNodes(cluster.topology, args.node ?? [], io.addresses());
  return { targets: nodes.map(({ node, home }) => ({ name: node.name, home })), cluster };
}

/** The last part of a path, where no other home ends alike; findings name homes again and again. */
function shortName(home: string, homes: readonly string[]): string {
  const lastPart = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const name = lastPart(home);
  const isClear = name !== '' && !/^\.+$/.test(name) && homes.filter((other) => lastPart(other) === name).length === 1;
  return isClear && homes.length > 1 ? name : home;
}

/** Each home under the name of its node; with names, in their order. */
async function namedHomes(
  homes: readonly string[],
  names: readonly string[],
  { topology }: FoundCluster,
): Promise<readonly CheckTarget[]> {
  const targets: CheckTarget[] = [];
  for (const [index, home] of homes.entries()) {
    const candidates = await candidatesFor(topology, { name: names[index], role: undefined, home });
    const [node, another] = candidates;
    if (node === undefined || another !== undefined) {
      const problem = `${home} may be ${candidates.length} nodes of the cluster`;
      const advice =
        'name the node of each home with --node, in the same order, or write the homes into the cluster file';
      throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
    }
    targets.push({ name: node.name, home });
  }
  return targets;
}
