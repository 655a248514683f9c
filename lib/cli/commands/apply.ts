import type { Command } from '../command';
import { exitCodes, type ExitCode } from '../exit-code';
import { say, type Io } from '../io';
import { nodeOptions, type NodeArguments } from '../options';
import type { PlannedHome } from '../plan-node';

/** `carbon-patch apply`: shows the diff, asks where somebody can answer, and writes all files or none. */
export const apply: Command<typeof nodeOptions> = {
  name: 'apply',
  usage: '--role ROLE --home DIR [OPTION]...',
  summary: 'Turn a home into a node of a cluster: show the diff, then write all files or none',
  examples: [
    ['$0 apply --role worker --home /opt/esb --host 10.0.0.12', 'Make a worker; asks before writing on a terminal'],
    ['$0 apply --role manager --home /opt/esb --dry-run', 'Show the diff and write nothing'],
    [
      '$0 apply --role worker --home /opt/esb --member 10.0.0.5:4000 --member 10.0.0.11:4001',
      'With other well-known members',
    ],
    ['$0 apply --role elb --home /opt/elb --only axis2.xml --yes', 'One file only, without a question'],
  ],
  options: nodeOptions,
  run: async (args, io) => {
    const [{ planNode }, { isNoOp }, { printPlan }] = await Promise.all([
      import('../plan-node'),
      import('../../plan/plan'),
      import('../print-plan'),
    ]);
    const planned = await planNode(args, io, args['dry-run'] ? 'show' : 'write');
    if (!isNoOp(planned.plan) && !args['dry-run']) return write(planned, args, io);
    printPlan(planned.plan, args, io);
    say(io, isNoOp(planned.plan) ? 'Nothing to do: every file is as wanted already.' : 'Dry run: nothing was written.');
    return exitCodes.done;
  },
};

async function write({ home, plan }: PlannedHome, args: NodeArguments, io: Io): Promise<ExitCode> {
  const [{ applyPlan }, { planDocument, printNotes, printPlan, summarise }, { asksBeforeWriting, isConfirmed }] =
    await Promise.all([import('../../plan/apply-plan'), import('../print-plan'), import('../confirm')]);
  if (args.json) printNotes(plan, args, io);
  else printPlan(plan, args, io);
  if (asksBeforeWriting(args, io)) {
    if (args.json || !io.stdout.isTerminal) summarise(plan, args, io);
    if (!(await isConfirmed('Write these changes?', io))) {
      if (args.json) io.stdout.write(planDocument(plan, args, 'planned'));
      return exitCodes.refused;
    }
  }
  // A diff that could not be shown has not been seen by anybody: `run` tells why.
  if ((await io.stdout.settled()) !== undefined) return exitCodes.refused;
  // Made before, so that nothing of ours is left to go wrong once the files are written.
  const document = args.json ? planDocument(plan, args, 'written') : '';
  const { paths, inPlace } = await applyPlan(home, plan, { tool: `carbon-patch ${io.version}`, role: args.role });
  io.stdout.write(document);
  for (const path of inPlace) say(io, `${path} is a mount point and was overwritten in place.`);
  const count = `${paths.length} file${paths.length === 1 ? '' : 's'}`;
  say(io, `Wrote ${count}. To take it back: carbon-patch undo --home ${quoted(args.home)}`);
  return exitCodes.done;
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./:@%+,][\w./:@%+,-]*$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
