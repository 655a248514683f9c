import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say } from '../io';
import { nodeOptions } from '../options';

/** `carbon-patch diff`: what `apply` would change, and exit code 1 where that is something. */
export const diff: Command<typeof nodeOptions> = {
  name: 'diff',
  usage: '[--role ROLE --home DIR | --cluster FILE [--node NAME]...] [OPTION]...',
  summary: 'Show what apply would change, and write nothing; exit code 1 where something would change',
  examples: [
    ['$0 diff --role worker --home /opt/esb', 'Show the difference between the home and a worker'],
    ['$0 diff --cluster carbon-cluster.yaml', 'Show it for every node whose home is on this machine'],
    ['$0 diff --role worker --home /opt/esb --show-secrets > worker.patch', 'A patch for git apply or patch -p1'],
  ],
  // The same as those of `apply`, so that one command line serves both; it never asks and never writes, whatever is given.
  options: nodeOptions,
  run: async (args, io) => {
    const [{ planNodes }, { isNoOp }, { hidesSecrets, printPlans }] = await Promise.all([
      import('../plan-nodes'),
      import('../../plan/plan'),
      import('../print-plan'),
    ]);
    const nodes = await planNodes(args, io, 'show');
    printPlans(nodes, args, io);
    // A file or another program takes it: `patch` would write the masks as passwords.
    if (!io.stdout.isTerminal && hidesSecrets(nodes, args)) {
      say(io, 'Passwords are masked in this diff; one that git apply or patch is to take needs --show-secrets.');
    }
    return nodes.planned.every(({ plan }) => isNoOp(plan)) ? exitCodes.done : exitCodes.differences;
  },
};
