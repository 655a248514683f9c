import type { InferredOptionTypes } from 'yargs';
import { printableLine } from '../../report/color';
import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say, usesColor, type Io } from '../io';
import { flag, nodeOptions, value } from '../options';
import type { PlannedNodes } from '../plan-nodes';

const options = {
  ...nodeOptions,
  out: { ...value, describe: 'Save the plan in a new file, for apply --plan' },
  explain: { ...flag, describe: 'Show every value of the cluster and from where it came' },
} as const;

type PlanCommandArguments = InferredOptionTypes<typeof options>;

/** `carbon-patch plan`: what `apply` would change as a list, why, and as a file that can be reviewed and applied later. */
export const plan: Command<typeof options> = {
  name: 'plan',
  usage: '[--role ROLE --home DIR | --cluster FILE [--node NAME]...] [OPTION]...',
  summary: 'List what apply would change, explain derived values, save the plan for later; changes no home',
  examples: [
    ['$0 plan --cluster carbon-cluster.yaml --explain', 'Every value, and from where it came'],
    ['$0 plan --cluster carbon-cluster.yaml --out cluster.plan.json', 'Save it; later: carbon-patch apply --plan FILE'],
    ['$0 plan --role worker --home /opt/esb', 'What would change in one home'],
  ],
  options,
  run: async (args, io) => {
    const [{ planNodes }, { printNotes, planDocument, printTable }, { planText }] = await Promise.all([
      import('../plan-nodes'),
      import('../print-plan'),
      import('../../report/plan-text'),
    ]);
    const nodes = await planNodes(args, io, 'show');
    if (args.explain) await explain(nodes, io);
    if (args.json) io.stdout.write(planDocument(nodes, args, 'planned'));
    else if (!args.explain) {
      for (const { node, plan: one } of nodes.planned) {
        if (!nodes.isOneHome) io.stdout.write(`${printableLine(node.name)}:\n`);
        const shown = { showSecrets: args['show-secrets'] ?? false, color: usesColor(io.stdout, io) };
        io.stdout.write(planText({ ...one, notes: [] }, shown));
      }
    }
    printNotes(nodes, args, io);
    printTable(nodes, io);
    if (args.out !== undefined) await save(args.out, nodes, args, io);
    return exitCodes.done;
  },
};

async function explain({ topology, planned, cluster }: PlannedNodes, io: Io): Promise<void> {
  const [{ explainNode }, { explanationsText }, { agentOfClass }] = await Promise.all([
    import('../../cluster/explain-node'),
    import('../../report/explanations'),
    import('../../carbon/clustering-agent'),
  ]);
  const ofNodes = planned.flatMap(({ node, home }) => explainNode(node, topology, agentOfClass(home.clusteringClass)));
  const all = [...(cluster?.explanations ?? []), ...ofNodes];
  const shared = all.filter(({ path }) => !path.startsWith('nodes.'));
  const names = planned.map(({ node }) => `nodes.${node.name}.`);
  const own = names.flatMap((name) => all.filter(({ path }) => path.startsWith(name)));
  io.stdout.write(explanationsText([...shared, ...own], { color: usesColor(io.stdout, io) }));
}

async function save(path: string, nodes: PlannedNodes, args: PlanCommandArguments, io: Io): Promise<void> {
  const [{ savedPlanOf, savePlan }, { clusterPlanJson }, { argumentsToSave }] = await Promise.all([
    import('../../plan/saved-plan'),
    import('../../report/cluster-plan-json'),
    import('../saved-arguments'),
  ]);
  const review = clusterPlanJson(nodes.planned, {});
  await savePlan(path, savedPlanOf(nodes.planned, argumentsToSave(args, nodes.cluster?.path), review));
  say(io, `Saved ${path}; carbon-patch apply --plan ${path} does exactly this, as long as nothing changes until then.`);
}
