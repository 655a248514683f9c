import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say } from '../io';
import { homeOption, outputOptions } from '../options';

const options = { ...homeOption, ...outputOptions } as const;

/** `carbon-patch show`: the cluster settings that a home has now. */
export const show: Command<typeof options> = {
  name: 'show',
  usage: '--home DIR [OPTION]...',
  summary: 'Show the cluster settings that a home has now, for each file with line numbers',
  examples: [
    ['$0 show --home /opt/esb', 'What is set, and where'],
    ['$0 show --home /opt/esb --json', 'The same for programs'],
  ],
  options,
  run: async ({ home: path, json, 'show-secrets': showSecrets = false }, io) => {
    const [{ openHome }, { readSettings }, { settingsJson, settingsText }, { describeHome }, { mentionUnfinishedRun }] =
      await Promise.all([
        import('../../plan/open-home'),
        import('../../plan/read-settings'),
        import('../../report/settings'),
        import('../../carbon/carbon-home'),
        import('../unfinished-run'),
      ]);
    const home = await openHome(path);
    say(io, `${home.path}: ${describeHome(home)}`);
    await mentionUnfinishedRun(home.path, io);
    const files = await readSettings(home);
    if (json) io.stdout.write(`${JSON.stringify(settingsJson(home, files, { showSecrets }), undefined, 2)}\n`);
    else io.stdout.write(settingsText(files, { showSecrets }));
    return exitCodes.done;
  },
};
