import type { InferredOptionTypes } from 'yargs';
import type { HostsFileJson, HostsReport } from '../../report/hosts-json';
import { shellWord } from '../../text/shell-word';
import type { Command } from '../command';
import { exitCodes, type ExitCode } from '../exit-code';
import { say, type Io } from '../io';
import { clusterOptions, flag, outputOptions, value, yesOption } from '../options';

const options = {
  ...clusterOptions,
  node: {
    ...clusterOptions.node,
    describe: 'Node of the cluster; all that have an address of this machine where none is named',
  },
  clients: { ...flag, describe: 'Also the names that clients call; only these where no node is named' },
  write: { ...value, describe: 'Keep the lines as a block of this hosts file, such as /etc/hosts' },
  undo: { ...flag, describe: 'Take back what the last --write did to the file' },
  'dry-run': { ...flag, describe: 'Show what would change in the file and write nothing' },
  ...yesOption,
  json: outputOptions.json,
} as const;

type HostsArguments = InferredOptionTypes<typeof options>;

/** `carbon-patch hosts`: the lines of a hosts file that nodes need, printed or kept in one. */
export const hosts: Command<typeof options> = {
  name: 'hosts',
  usage: '[--cluster FILE] [--node NAME]... [--clients] [--write FILE [--undo]] [OPTION]...',
  summary: 'Print the lines of /etc/hosts that nodes need, or keep them as a block in that file',
  examples: [
    ['$0 hosts --cluster carbon-cluster.yaml --node worker1', 'The lines that worker1 needs'],
    ['$0 hosts --cluster carbon-cluster.yaml --clients', 'Those that the clients of the cluster need'],
    [
      '$0 hosts --cluster carbon-cluster.yaml --write /etc/hosts',
      'Keep those of the nodes of this machine in its hosts file; asks on a terminal',
    ],
  ],
  options,
  run: async (args, io) => {
    if (args.undo) return undoWrite(args, io);
    const [{ wantedHosts }, { entryLine }] = await Promise.all([
      import('../wanted-hosts'),
      import('../../plan/plan-hosts-file'),
    ]);
    const wanted = await wantedHosts(args, io);
    if (args.write !== undefined) return keepLines(args.write, wanted, args, io);
    if (args.json) await printDocument(wanted, null, io);
    else for (const entry of wanted.block.entries) io.stdout.write(`${entryLine(entry)}\n`);
    return exitCodes.done;
  },
};

async function keepLines(path: string, wanted: HostsReport, args: HostsArguments, io: Io): Promise<ExitCode> {
  const [{ planHostsFile }, { changeFile }, { hostsFileJson }] = await Promise.all([
    import('../../plan/plan-hosts-file'),
    import('../change-file'),
    import('../../report/hosts-json'),
  ]);
  if (!args['dry-run']) await settle(path, io);
  const { patch, notes } = await planHostsFile(path, wanted.block);
  for (const note of notes) say(io, `Note: ${note}`);
  const undo = `carbon-patch hosts --write ${shellWord(path)} --undo`;
  const { code, isWritten } = await changeFile(patch, { label: { hosts: wanted.block.domain }, undo }, args, io);
  if (args.json) await printDocument(wanted, hostsFileJson(patch, isWritten), io);
  return code;
}

async function printDocument(wanted: HostsReport, file: HostsFileJson | null, io: Io): Promise<void> {
  const { hostsJson } = await import('../../report/hosts-json');
  io.stdout.write(`${JSON.stringify(hostsJson(wanted, file), undefined, 2)}\n`);
}

/** What a killed run left beside the file is put in order before the file is read. */
async function settle(path: string, io: Io): Promise<void> {
  const [{ folderOfFile }, { settleUnfinishedRun }] = await Promise.all([
    import('../../plan/loose-file'),
    import('../unfinished-run'),
  ]);
  await settleUnfinishedRun(await folderOfFile(path), io);
}

async function undoWrite(args: HostsArguments, io: Io): Promise<ExitCode> {
  const [{ undoLooseFile }, { describeRecovery }, confirmation, { CarbonPatchError }] = await Promise.all([
    import('../../plan/loose-file'),
    import('../unfinished-run'),
    import('../confirm'),
    import('../../errors'),
  ]);
  const { write: path } = args;
  if (path === undefined) {
    const problem = '--undo takes back what --write did to a file, and none is named';
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: 'name it with --write FILE' });
  }
  if (
    confirmation.asksBeforeWriting(args, io) &&
    !(await confirmation.isConfirmed(`Take the last change of ${path} back?`, io))
  )
    return exitCodes.refused;
  const { record, recovery } = await undoLooseFile(path);
  say(io, describeRecovery(recovery));
  say(io, `Took back what was written to ${path} at ${record.time}.`);
  if (args.json) io.stdout.write(`${JSON.stringify({ formatVersion: 1, path, time: record.time }, undefined, 2)}\n`);
  return exitCodes.done;
}
