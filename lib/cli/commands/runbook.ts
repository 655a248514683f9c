import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { clusterOptions, value } from '../options';

const formats = ['markdown', 'sh'] as const;
const tableSources = ['scripts', 'setup'] as const;

const options = {
  cluster: clusterOptions.cluster,
  node: { ...clusterOptions.node, describe: 'Only this node; the others are taken to be up' },
  format: { ...value, describe: 'markdown, or sh for a shell script; markdown where it is left out' },
  tables: {
    ...value,
    describe: 'What makes the tables: scripts, or setup for the first start of the manager with -Dsetup; else scripts',
  },
} as const;

/** `carbon-patch runbook`: the steps that bring this very cluster up. */
export const runbook: Command<typeof options> = {
  name: 'runbook',
  usage: '[--cluster FILE] [--node NAME]... [OPTION]...',
  summary: 'Print the steps that bring the cluster up, in their order, with the exact commands; runs nothing',
  examples: [
    ['$0 runbook --cluster carbon-cluster.yaml > runbook.md', 'For people'],
    ['$0 runbook --cluster carbon-cluster.yaml --format sh > runbook.sh', 'A script, to be read before it is run'],
  ],
  options,
  run: async (args, io) => {
    const [{ findCluster }, { startFactsHere }, { makeRunbook }, { namedNodes }, { CarbonPatchError }] =
      await Promise.all([
        import('../cluster-source'),
        import('../../plan/start-facts-of'),
        import('../../runbook/make-runbook'),
        import('../../plan/select-nodes'),
        import('../../errors'),
      ]);
    const format = formats.find((name) => name === (args.format ?? 'markdown'));
    const tables = tableSources.find((name) => name === (args.tables ?? 'scripts'));
    if (format === undefined || tables === undefined) {
      const problems = [
        ...(format === undefined ? [`format: ${JSON.stringify(args.format)} is none; it must be markdown or sh`] : []),
        ...(tables === undefined
          ? [`tables: ${JSON.stringify(args.tables)} is none; it must be scripts or setup`]
          : []),
      ];
      throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
    }
    const cluster = await findCluster({ cluster: args.cluster, node: undefined, set: undefined }, io, 'optional');
    if (cluster === undefined) {
      const problem = 'there is no cluster file';
      const advice = 'give --cluster FILE, or make carbon-cluster.yaml here';
      throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
    }
    const { topology, path: clusterFile } = cluster;
    const facts = await startFactsHere(topology, io.addresses());
    const names = args.node ?? topology.nodes.map(({ name }) => name);
    const nodes = namedNodes(topology, names).nodes.map((one) => ({ ...one, facts: facts.get(one.node.name) }));
    const made = makeRunbook({ topology, clusterFile, nodes, tables });
    if (format === 'sh') io.stdout.write((await import('../../report/runbook-sh')).runbookScript(made));
    else io.stdout.write((await import('../../report/runbook-markdown')).runbookMarkdown(made));
    return exitCodes.done;
  },
};
