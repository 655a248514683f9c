import { describeHome } from '../carbon/carbon-home';
import type { Driver } from '../plan/load-drivers';
import { planHomes, type PlannedHome } from '../plan/plan-homes';
import { chooseNodes, type ChosenNodes } from './choose-nodes';
import { say, type Io } from './io';
import type { NodeArguments } from './options';
import { progressLine } from './progress';
import { mentionUnfinishedRun, settleUnfinishedRun } from './unfinished-run';

/** What a command works with: the nodes that were chosen, and the plan of each. */
export interface PlannedNodes extends ChosenNodes {
  readonly planned: readonly PlannedHome[];
}

/** Above this many nodes a line for each would push everything else off the screen. */
const mostDescribed = 20;

/**
 * Recognises the homes, says on stderr what was found and which cluster is used, and makes the plans. Where they are to be
 * written, what a killed run left is put in order first; nothing else is written, and not even that where a value is
 * wrong or a home is no home. Throws as `chooseNodes`, `loadDrivers` and `planHomes` do, and FILE_UNREADABLE.
 */
export async function planNodes(args: NodeArguments, io: Io, purpose: 'write' | 'show'): Promise<PlannedNodes> {
  const chosen = await chooseNodes(args, io);
  const { topology, nodes, cluster } = chosen;
  const drivers = await driversOf(args);
  const progress = progressLine('Planning', io);
  try {
    const planned = await planHomes(topology, nodes, {
      ...(args.only === undefined ? {} : { only: args.only }),
      drivers,
      onHome: async (node, home) => {
        // What is said must not stand behind the progress, on its line.
        progress.end();
        const name = cluster === undefined ? '' : `${node.name}: `;
        if (nodes.length <= mostDescribed) say(io, `${name}${home.path}: ${describeHome(home)}`);
        if (cluster === undefined) say(io, exampleLine(chosen, args));
        if (purpose === 'write') await settleUnfinishedRun(home.path, io);
        else await mentionUnfinishedRun(home.path, io);
      },
      onProgress: progress.onProgress,
    });
    return { ...chosen, planned };
  } finally {
    progress.end();
  }
}

async function driversOf({ 'jdbc-driver': paths = [] }: NodeArguments): Promise<readonly Driver[]> {
  if (paths.length === 0) return [];
  const { loadDrivers } = await import('../plan/load-drivers');
  return loadDrivers(paths);
}

/** An example address that is written to a real node keeps it out of every cluster. */
function exampleLine({ nodes, topology }: ChosenNodes, { host }: NodeArguments): string {
  const hint = host === undefined ? '; give --host with the IP address of this node, and see --help for the rest' : '';
  return `No cluster file: node ${nodes[0]?.node.name} of the built-in example cluster, ${topology.database.layout} database layout${hint}`;
}
