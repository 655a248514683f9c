import type { Argv } from 'yargs';
import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { usesColor, type Io } from '../io';
import { withNodeOptions, type NodeArguments } from '../node-options';

interface ApplyArguments extends NodeArguments {
  readonly 'dry-run': boolean;
  readonly yes: boolean;
}

/** `carbon-patch apply`: shows the diff, asks where somebody can answer, and writes all files or none. */
export const apply: Command<ApplyArguments> = {
  name: 'apply',
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
  options: (yargs: Argv) =>
    withNodeOptions(yargs).options({
      'dry-run': { type: 'boolean', default: false, describe: 'Show the diff and write nothing' },
      yes: { alias: 'y', type: 'boolean', default: false, describe: 'Do not ask before writing' },
    }),
  run: async (args, io) => {
    const [{ planNode }, { isNoOp }, { printPlan }] = await Promise.all([
      import('../plan-node'),
      import('../../plan/plan'),
      import('../print-plan'),
    ]);
    await settleHome(args, io);
    const { home, plan } = await planNode(args, io);
    if (isNoOp(plan)) {
      printPlan(plan, args, io, 'planned');
      io.stderr.write('Nothing to do: every file is as wanted already.\n');
      return exitCodes.done;
    }
    if (args['dry-run']) {
      printPlan(plan, args, io, 'planned');
      io.stderr.write('Dry run: nothing was written.\n');
      return exitCodes.done;
    }
    if (!args.json) printPlan(plan, args, io, 'planned');
    if (!(await mayWrite(args, io))) {
      io.stderr.write('Nothing was written.\n');
      return exitCodes.refused;
    }
    const { applyPlan } = await import('../../plan/apply-plan');
    const result = await applyPlan(home, plan, { tool: `carbon-patch ${io.version}`, role: args.role });
    if (args.json) printPlan(plan, args, io, 'written');
    const count = `${result.paths.length} file${result.paths.length === 1 ? '' : 's'}`;
    io.stderr.write(`Wrote ${count}. To take it back: carbon-patch undo --home ${quoted(args.home)}\n`);
    for (const path of result.inPlace) {
      io.stderr.write(`${path} is a mount point and was overwritten in place.\n`);
    }
    return exitCodes.done;
  },
};

/** A killed run is completed or rolled back first; a dry run only says that there is one. */
async function settleHome({ home, 'dry-run': dryRun }: ApplyArguments, io: Io): Promise<void> {
  const { describeRecovery, isUnfinished, recoverHome } = await import('../recovery');
  if (!dryRun) {
    io.stderr.write(describeRecovery(await recoverHome(home)));
  } else if (await isUnfinished(home)) {
    io.stderr.write('An earlier run was interrupted here; the next apply or undo puts its files in order first.\n');
  }
}

async function mayWrite({ yes }: ApplyArguments, io: Io): Promise<boolean> {
  if (yes || !io.stdin.isTerminal) return true;
  const { paint } = await import('../../report/color');
  const answer = await io.question(
    paint('Write these changes? [y/N] ', 'heading', { color: usesColor(io.stderr, io) }),
  );
  return /^y(?:es)?$/i.test(answer.trim());
}

function quoted(path: string): string {
  return /^[\w./:@%+,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
