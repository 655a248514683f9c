import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { withNodeOptions, type NodeArguments } from '../node-options';

/** `carbon-patch diff`: what `apply` would change, and exit code 1 where that is something. */
export const diff: Command<NodeArguments> = {
  name: 'diff',
  summary: 'Show what apply would change, and write nothing; exit code 1 where something would change',
  examples: [
    ['$0 diff --role worker --home /opt/esb', 'Show the difference between the home and a worker'],
    ['$0 diff --role worker --home /opt/esb --show-secrets > worker.patch', 'A patch for git apply or patch -p1'],
  ],
  options: withNodeOptions,
  run: async (args, io) => {
    const [{ planNode }, { isNoOp }, { printPlan }] = await Promise.all([
      import('../plan-node'),
      import('../../plan/plan'),
      import('../print-plan'),
    ]);
    const { plan } = await planNode(args, io);
    printPlan(plan, args, io, 'planned');
    return isNoOp(plan) ? exitCodes.done : exitCodes.differences;
  },
};
