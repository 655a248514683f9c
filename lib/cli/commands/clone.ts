import type { InferredOptionTypes } from 'yargs';
import type { ClonePlan } from '../../plan/plan-clone';
import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say, type Io } from '../io';
import { clusterOptions, flag, outputOptions, value, yesOption } from '../options';

const { cluster } = clusterOptions;

const options = {
  cluster,
  from: { ...value, group: cluster.group, demandOption: true, describe: 'Node whose home is copied' },
  to: { ...value, group: cluster.group, demandOption: true, describe: 'Folder of the new home; nothing may be there' },
  name: { ...value, group: cluster.group, demandOption: true, describe: 'Name of the new node' },
  host: { ...value, group: cluster.group, describe: 'Machine of the new node; that of the other where it is left out' },
  'dry-run': { ...flag, describe: 'Show what would be copied and changed and write nothing' },
  ...yesOption,
  ...outputOptions,
} as const;

type CloneArguments = InferredOptionTypes<typeof options>;

/** `carbon-patch clone`: another worker, by copying the home of one and adding it to the cluster file. */
export const clone: Command<typeof options> = {
  name: 'clone',
  usage: '--from NODE --to NEW_HOME --name NAME [--host HOST] [OPTION]...',
  summary: 'Make another worker: copy the home of one without its runtime state, and add it to the cluster file',
  examples: [
    [
      '$0 clone --cluster carbon-cluster.yaml --from worker1 --to /opt/worker2 --name worker2',
      'On the same machine; asks before writing on a terminal',
    ],
    [
      '$0 clone --cluster carbon-cluster.yaml --from worker1 --to /opt/esb2 --name worker2 --host esb3.example.org',
      'For another machine',
    ],
    [
      '$0 clone --cluster carbon-cluster.yaml --from worker1 --to /opt/worker2 --name worker2 --dry-run',
      'Show everything and write nothing',
    ],
  ],
  options,
  run: async (args, io) => {
    const [
      { planClone },
      { clusterToChange },
      { sayClone, printCloneDiffs, cloneDocument },
      confirmation,
      { hasLeftover },
    ] = await Promise.all([
      import('../../plan/plan-clone'),
      import('../cluster-source'),
      import('../print-clone'),
      import('../confirm'),
      import('../../plan/clone-home'),
    ]);
    const { path: clusterFile, options: reading } = await clusterToChange(args, io);
    if (!args['dry-run']) await settleClusterFile(clusterFile, io);
    const clone = await planClone({ ...args, clusterFile, host: args.host }, reading);
    const isAsked = !args['dry-run'] && confirmation.asksBeforeWriting(args, io);
    // With --json stdout is for the document; whoever is asked has to see what about all the same.
    if (!args.json || isAsked) printCloneDiffs(clone, args, args.json ? io.stderr : io.stdout, io);
    sayClone(clone, args, io);
    if (await hasLeftover(clone.to)) say(io, 'Note: a clone to this folder was killed; what it left is removed first.');
    if (args['dry-run']) say(io, 'Dry run: nothing was written.');
    const isWanted = !isAsked || (await confirmation.isConfirmed('Clone it?', io));
    if (args['dry-run'] || !isWanted) {
      if (args.json) io.stdout.write(cloneDocument(clone, args, false));
      return isWanted ? exitCodes.done : exitCodes.refused;
    }
    // A diff that could not be shown has not been seen by anybody: `run` tells why.
    if ((await io.stdout.settled()) !== undefined) return exitCodes.refused;
    // Made before, so that nothing of ours is left to go wrong once the files are written.
    const document = args.json ? cloneDocument(clone, args, true) : '';
    await write(clone, args, io);
    io.stdout.write(document);
    return exitCodes.done;
  },
};

async function settleClusterFile(path: string, io: Io): Promise<void> {
  const [{ folderOfFile }, { settleUnfinishedRun }] = await Promise.all([
    import('../../plan/loose-file'),
    import('../unfinished-run'),
  ]);
  await settleUnfinishedRun(await folderOfFile(path), io);
}

async function write(clone: ClonePlan, { from, name }: CloneArguments, io: Io): Promise<void> {
  const [{ cloneHome }, { progressLine }, { undoOfClone }] = await Promise.all([
    import('../../plan/clone-home'),
    import('../progress'),
    import('../print-clone'),
  ]);
  const progress = progressLine('Copying', io);
  const interruption = io.onInterrupt();
  try {
    const label = { tool: `carbon-patch ${io.version}`, clone: from, node: name };
    await cloneHome(clone, label, { signal: interruption.signal, onProgress: progress.onProgress });
  } finally {
    interruption.end();
    progress.end();
  }
  say(io, `Made ${clone.to}, and added ${name} to ${clone.clusterPatch.path}.`);
  say(io, `To take it back: ${undoOfClone(clone)}`);
}
