import { printableLine } from '../../report/color';
import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say } from '../io';
import { jsonText } from '../../text/json-text';
import { clusterOptions, homesOption, outputOptions } from '../options';

const options = { ...clusterOptions, ...homesOption, ...outputOptions } as const;

/** `carbon-patch show`: the cluster settings that homes have now. What a killed run left is put in order first. */
export const show: Command<typeof options> = {
  name: 'show',
  usage: '[--home DIR... | --cluster FILE [--node NAME]...] [OPTION]...',
  summary: 'Show the cluster settings that homes have now, for each file with line numbers',
  examples: [
    ['$0 show --home /opt/esb', 'What is set, and where'],
    ['$0 show --home /opt/esb --json', 'The same for programs'],
    ['$0 show --cluster carbon-cluster.yaml --node worker1', 'Of a node of the cluster file'],
  ],
  options,
  run: async (args, io) => {
    const [{ openHome }, { readSettings }, { settingsJson, settingsText }, { describeHome }, unfinishedRun] =
      await Promise.all([
        import('../../plan/open-home'),
        import('../../plan/read-settings'),
        import('../../report/settings'),
        import('../../carbon/carbon-home'),
        import('../unfinished-run'),
      ]);
    const { checkTargets } = await import('../check-targets');
    const { json, 'show-secrets': showSecrets = false } = args;
    const { targets } = await checkTargets(args, io);
    const documents: unknown[] = [];
    for (const { name, home: path } of targets) {
      const home = await openHome(path);
      say(io, `${name === home.path ? '' : `${name}: `}${home.path}: ${describeHome(home)}`);
      await unfinishedRun.settleUnfinishedRunIfPossible(home.path, io);
      const files = await readSettings(home);
      if (json) documents.push(settingsJson(home, files, { showSecrets }));
      else {
        if (targets.length > 1) io.stdout.write(`${printableLine(name)}:\n`);
        io.stdout.write(settingsText(files, { showSecrets }));
      }
    }
    if (json) {
      const document = targets.length === 1 ? documents[0] : { formatVersion: 1, homes: documents };
      io.stdout.write(jsonText(document));
    }
    return exitCodes.done;
  },
};
