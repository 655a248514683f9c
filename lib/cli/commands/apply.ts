import { shellWord } from '../../text/shell-word';
import type { Command } from '../command';
import { exitCodes, type ExitCode } from '../exit-code';
import { say, type Io } from '../io';
import { nodeOptions, value, type NodeArguments } from '../options';
import type { PlannedNodes } from '../plan-nodes';

const options = {
  ...nodeOptions,
  plan: { ...value, describe: 'Do exactly what a plan says that plan --out saved, or refuse where anything changed' },
} as const;

/** `carbon-patch apply`: shows the diff, asks where somebody can answer, and writes all files or none. */
export const apply: Command<typeof options> = {
  name: 'apply',
  usage: '[--role ROLE --home DIR | --cluster FILE [--node NAME]...] [OPTION]...',
  summary: 'Turn homes into nodes of a cluster: show the diff, then write all files of all homes or none',
  examples: [
    ['$0 apply --cluster carbon-cluster.yaml', 'Every node of the cluster file whose home is on this machine'],
    ['$0 apply --cluster carbon-cluster.yaml --node worker1 --yes', 'One of them, without a question'],
    ['$0 apply --role worker --home /opt/esb --host 10.0.0.12', 'Make a worker; asks before writing on a terminal'],
    ['$0 apply --role manager --home /opt/esb --dry-run', 'Show the diff and write nothing'],
    [
      '$0 apply --role worker --home /opt/esb --member 10.0.0.5:4000 --member 10.0.0.11:4001',
      'With other well-known members',
    ],
    ['$0 apply --plan cluster.plan.json', 'What was saved by plan --out, and nothing else'],
    ['$0 apply --role elb --home /opt/elb --only axis2.xml --yes', 'One file only, without a question'],
  ],
  options,
  run: async ({ plan: planFile, ...given }, io) => {
    const [{ planNodes }, { isNoOp }, { printPlans }] = await Promise.all([
      import('../plan-nodes'),
      import('../../plan/plan'),
      import('../print-plan'),
    ]);
    const saved = planFile === undefined ? undefined : await readPlan(planFile, given);
    const args = saved?.args ?? given;
    const nodes = await planNodes(args, io, args['dry-run'] ? 'show' : 'write');
    saved?.check(nodes);
    const isDone = nodes.planned.every(({ plan }) => isNoOp(plan));
    if (!isDone && !args['dry-run']) return write(nodes, args, io);
    printPlans(nodes, args, io);
    say(io, isDone ? 'Nothing to do: every file is as wanted already.' : 'Dry run: nothing was written.');
    return exitCodes.done;
  },
};

interface PlanToKeep {
  readonly args: NodeArguments;
  /** Throws where what is planned now is not what was saved. */
  readonly check: (nodes: PlannedNodes) => void;
}

async function readPlan(path: string, args: NodeArguments): Promise<PlanToKeep> {
  const [{ readSavedPlan, checkAgainstSaved }, { optionsBesidePlan, savedArguments }, { CarbonPatchError }] =
    await Promise.all([import('../../plan/saved-plan'), import('../saved-arguments'), import('../../errors')]);
  const beside = optionsBesidePlan(args);
  if (beside.length > 0) {
    const problem = `--${beside.join(', --')} would plan something else; leave it out, or plan again with it`;
    throw new CarbonPatchError('PLAN_FILE_INVALID', { path, problem });
  }
  const saved = await readSavedPlan(path);
  return { args: savedArguments(saved, args), check: ({ planned }) => checkAgainstSaved(path, saved, planned) };
}

/** Shows, asks, and writes what was planned, all of it or nothing. */
async function write(nodes: PlannedNodes, args: NodeArguments, io: Io): Promise<ExitCode> {
  const [{ applyPlans }, { planDocument, printNotes, printPlans, printTable, summarise }, confirmation] =
    await Promise.all([import('../../plan/apply-plan'), import('../print-plan'), import('../confirm')]);
  if (args.json) printNotes(nodes, args, io);
  else printPlans(nodes, args, io);
  if (confirmation.asksBeforeWriting(args, io)) {
    if (args.json || !io.stdout.isTerminal) summarise(nodes, args, io);
    else printTable(nodes, io);
    if (!(await confirmation.isConfirmed('Write these changes?', io))) {
      if (args.json) io.stdout.write(planDocument(nodes, args, 'planned'));
      return exitCodes.refused;
    }
  }
  // A diff that could not be shown has not been seen by anybody: `run` tells why.
  if ((await io.stdout.settled()) !== undefined) return exitCodes.refused;
  // Made before, so that nothing of ours is left to go wrong once the files are written.
  const document = args.json ? planDocument(nodes, args, 'written') : '';
  const tool = `carbon-patch ${io.version}`;
  const results = await applyPlans(
    nodes.planned.map(({ node, home, plan }) => ({ home, plan, label: { tool, role: node.role } })),
  );
  io.stdout.write(document);
  for (const path of results.flatMap(({ inPlace }) => inPlace))
    say(io, `${path} is a mount point and was overwritten in place.`);
  printTable(nodes, io);
  await adviseGitignore(
    nodes.planned.filter((_one, index) => (results[index]?.paths.length ?? 0) > 0).map(({ home }) => home.path),
    io,
  );
  const paths = results.flatMap((result) => result.paths);
  const homes = results.filter((result) => result.paths.length > 0).length;
  const count = `${paths.length} file${paths.length === 1 ? '' : 's'}${nodes.isOneHome ? '' : ` of ${homes} node${homes === 1 ? '' : 's'}`}`;
  say(io, `Wrote ${count}. To take it back: carbon-patch undo ${undoOptions(nodes, args)}`);
  return exitCodes.done;
}

/** Says which line keeps the originals, and so the passwords in them, out of git. */
async function adviseGitignore(homes: readonly string[], io: Io): Promise<void> {
  const { missingIgnores } = await import('../../plan/git-work-tree');
  for (const { home, gitignore, line } of await missingIgnores(homes))
    say(
      io,
      `${home} lies in a git work tree, and its .carbon-patch holds the originals with their passwords: put the line ${line} into ${gitignore}`,
    );
}

function undoOptions({ planned, cluster, isOneHome }: PlannedNodes, args: NodeArguments): string {
  if (isOneHome || cluster === undefined) return `--home ${shellWord(planned[0]?.home.path ?? '')}`;
  const names = (args.node ?? []).map((name) => ` --node ${shellWord(name)}`).join('');
  return `--cluster ${shellWord(cluster.path)}${names}`;
}
