import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say, usesColor } from '../io';
import { jsonText } from '../../text/json-text';
import { clusterOptions, flag, homesOption } from '../options';

const options = {
  ...clusterOptions,
  ...homesOption,
  json: { ...flag, describe: 'Print one JSON document on stdout, also where it is an error' },
} as const;

/** `carbon-patch ports`: every port that the nodes will listen on, and those that two of them want. */
export const ports: Command<typeof options> = {
  name: 'ports',
  usage: '[--cluster FILE [--node NAME]... | --home DIR...] [OPTION]...',
  summary: 'Show every port that servers listen on, offset included; exit code 1 where two want the same',
  examples: [
    ['$0 ports --cluster carbon-cluster.yaml', 'The ports of the nodes on this machine'],
    ['$0 ports --home /opt/esb --json', 'Those of one home, for programs'],
  ],
  options,
  run: async (args, io) => {
    const [{ checkTargets }, { checkHomes }, { portCollisions }] = await Promise.all([
      import('../check-targets'),
      import('../../plan/check-homes'),
      import('../../carbon/ports/port-collisions'),
    ]);
    const { targets, cluster } = await checkTargets(args, io);
    const { nodes, unopened } = await checkHomes(targets, cluster?.topology);
    if (unopened.length > 0) {
      const { maskProse } = await import('../../report/mask-secrets');
      for (const { message } of unopened) say(io, `carbon-patch: ${maskProse(message)}`);
      return exitCodes.refused;
    }
    if (args.json) {
      const { portsJson } = await import('../../report/ports-json');
      io.stdout.write(jsonText(portsJson(nodes)));
    } else {
      const { portsText } = await import('../../report/ports-text');
      io.stdout.write(portsText(nodes, { color: usesColor(io.stdout, io) }));
    }
    return portCollisions(nodes).length > 0 ? exitCodes.differences : exitCodes.done;
  },
};
