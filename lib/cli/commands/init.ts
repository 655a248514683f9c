import type { InferredOptionTypes } from 'yargs';
import type { DescribedHomes } from '../../plan/describe-homes';
import { printable } from '../../report/color';
import { shellWord } from '../../text/shell-word';
import type { Command } from '../command';
import { exitCodes, type ExitCode } from '../exit-code';
import { say, usesColor, type Io } from '../io';
import { flag, nodeOptions, value, values } from '../options';

const cluster = { ...value, group: 'Cluster:' } as const;
const database = { ...value, group: 'Database:' } as const;

const options = {
  out: { ...value, describe: 'Name of the new cluster file; carbon-cluster.yaml where it is left out' },
  from: {
    ...values,
    group: 'Cluster:',
    describe: 'Folder of a product that is described as it is; give each home of the cluster',
  },
  node: {
    ...values,
    group: 'Cluster:',
    describe: 'Node as NAME=ROLE@HOST or NAME=ROLE@HOST:HOME, such as worker1=worker@10.0.0.12:/opt/esb',
  },
  domain: { ...cluster, describe: 'Clustering domain' },
  'host-name': { ...cluster, describe: 'Virtual host of the cluster' },
  'mgt-host-name': {
    ...cluster,
    describe: 'Virtual host of the management console; mgt. and the host name by default',
  },
  'db-type': { ...database, describe: nodeOptions['db-type'].describe },
  'db-url': { ...database, describe: nodeOptions['db-url'].describe },
  'db-host': { ...database, describe: nodeOptions['db-host'].describe },
  'db-port': { ...database, describe: nodeOptions['db-port'].describe },
  'db-user': { ...database, describe: nodeOptions['db-user'].describe },
  'db-layout': { ...database, describe: nodeOptions['db-layout'].describe },
  'dry-run': { ...flag, describe: 'Print the cluster file and write nothing' },
  yes: { ...flag, alias: 'y', describe: 'Do not ask for what is missing; only a terminal is asked' },
} as const;

type InitArguments = InferredOptionTypes<typeof options>;

/** `carbon-patch init`: a commented cluster file, from options, from answers, or from homes as they are. */
export const init: Command<typeof options> = {
  name: 'init',
  usage: '[--out FILE] [--from HOME... | --node NAME=ROLE@HOST[:HOME]...] [OPTION]...',
  summary: 'Write a commented cluster file, from options, answers or homes; never overwrites a file',
  examples: [
    ['$0 init', 'Ask for everything, and write carbon-cluster.yaml'],
    ['$0 init --from /opt/elb --from /opt/esb1 --from /opt/esb2', 'Describe the cluster that these homes are'],
    [
      '$0 init --out clusters/esb.yaml --domain wso2.esb.domain --host-name esb.example.org --db-host db.example.org --db-user regadmin --node manager=manager@10.0.0.11:/opt/esb --node worker1=worker@10.0.0.12:/opt/esb',
      'Without a question, for a script',
    ],
    ['$0 init --from /opt/esb --dry-run', 'Print the file and write nothing'],
  ],
  options,
  run: async (args, io) => {
    const [{ usualClusterFile }, { refuseExisting }] = await Promise.all([
      import('../../plan/find-cluster-file'),
      import('../../plan/save-cluster-file'),
    ]);
    const path = args.out ?? usualClusterFile;
    // Told before anything is asked or read.
    if (!args['dry-run']) await refuseExisting(path);
    return args.from === undefined ? fromWords(path, args, io) : fromHomes(path, args.from, args, io);
  },
};

async function fromWords(path: string, args: InitArguments, io: Io): Promise<ExitCode> {
  const [{ describeWords, missingOptions }, { homeForClusterFile }, { withoutDerived }, { writeClusterFile }] =
    await Promise.all([
      import('../init-description'),
      import('../../plan/describe-homes'),
      import('../../cluster/cluster-file/cluster-description'),
      import('../../cluster/cluster-file/write-cluster-file'),
    ]);
  const isAsked = missingOptions(args).length > 0 && io.stdin.isTerminal && !args.yes;
  const words = isAsked ? await (await import('../init-questions')).askForWords(args, io) : args;
  const described = describeWords(words, (home) => (home.startsWith('/') ? home : homeForClusterFile(path, home)));
  const text = writeClusterFile(withoutDerived(described, new Map()), { heading: ['Cluster file of carbon-patch.'] });
  await save(path, { text, secretFiles: [], variables: ['CARBON_PATCH_DB_PASSWORD'] }, args, io);
  return exitCodes.done;
}

async function fromHomes(path: string, homes: readonly string[], args: InitArguments, io: Io): Promise<ExitCode> {
  const [{ describeHomes }, { statedValues }, { progressLine }] = await Promise.all([
    import('../../plan/describe-homes'),
    import('../init-description'),
    import('../progress'),
  ]);
  const stated = statedValues(args);
  const progress = progressLine('Reading', io);
  try {
    const described = await describeHomes(homes, { clusterFile: path, stated, onProgress: progress.onProgress });
    progress.end();
    await save(path, described, args, io);
    await tellDifferences(path, described, io);
  } finally {
    progress.end();
  }
  return exitCodes.done;
}

async function save(
  path: string,
  { text, secretFiles, variables }: Pick<DescribedHomes, 'text' | 'secretFiles' | 'variables'>,
  args: InitArguments,
  io: Io,
): Promise<void> {
  const { saveClusterFile } = await import('../../plan/save-cluster-file');
  if (args['dry-run']) {
    io.stdout.write(io.stdout.isTerminal ? printable(text) : text);
    const beside =
      secretFiles.length === 0 ? '' : ` Beside it would be ${secretFiles.map(({ name }) => name).join(', ')}.`;
    say(io, `Dry run: nothing was written.${beside}`);
  } else {
    const secrets = await saveClusterFile(path, text, secretFiles);
    say(io, `Wrote ${path}.`);
    for (const secret of secrets)
      say(io, `Wrote ${secret}: a password in clear text that only you can read. Never commit it.`);
  }
  if (variables.length > 0) say(io, `Before apply, set ${variables.join(', ')} to the password.`);
}

/** What the file could not say, so that the next apply would change it. */
async function tellDifferences(path: string, { remarks, remaining, unplanned }: DescribedHomes, io: Io): Promise<void> {
  const { planText } = await import('../../report/plan-text');
  const { maskProse } = await import('../../report/mask-secrets');
  for (const remark of remarks) say(io, `Warning: ${maskProse(remark)}`);
  const color = usesColor(io.stderr, io);
  for (const plan of remaining) {
    say(io, `${plan.node}:`);
    const patches = plan.patches.filter(({ edits }) => edits.length > 0);
    io.stderr.write(planText({ ...plan, patches, notes: [] }, { color }));
  }
  for (const problem of unplanned) say(io, `Warning: cannot be compared: ${maskProse(problem)}`);
  const count = remaining
    .flatMap(({ patches }) => patches)
    .reduce((sum, { edits, changes }) => sum + (edits.length === 0 ? 0 : changes.length), 0);
  if (count > 0)
    say(
      io,
      `Warning: ${count} setting${count === 1 ? '' : 's'} of these homes ${count === 1 ? 'is' : 'are'} not what the cluster file says; see carbon-patch diff --cluster ${shellWord(path)}`,
    );
  else if (unplanned.length === 0) say(io, 'The homes are what the cluster file says.');
}
