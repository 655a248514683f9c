import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { homeOption } from '../node-options';

interface ShowArguments {
  readonly home: string;
  readonly json: boolean;
  readonly 'show-secrets': boolean;
}

/** `carbon-patch show`: the cluster settings that a home has now. */
export const show: Command<ShowArguments> = {
  name: 'show',
  summary: 'Show the cluster settings that a home has now, for each file with line numbers',
  examples: [
    ['$0 show --home /opt/esb', 'What is set, and where'],
    ['$0 show --home /opt/esb --json', 'The same for programs'],
  ],
  options: (yargs) =>
    yargs.options({
      ...homeOption,
      json: { type: 'boolean', default: false, describe: 'Print JSON' },
      'show-secrets': { type: 'boolean', default: false, describe: 'Do not mask passwords' },
    }),
  run: async ({ home: path, json, 'show-secrets': showSecrets }, io) => {
    const [{ openHome }, { readSettings }, { settingsJson, settingsText }, { describeHome }] = await Promise.all([
      import('../../plan/open-home'),
      import('../../plan/read-settings'),
      import('../../report/settings'),
      import('../../carbon/carbon-home'),
    ]);
    const home = await openHome(path);
    const files = await readSettings(home);
    if (json) io.stdout.write(`${JSON.stringify(settingsJson(home, files, { showSecrets }), undefined, 2)}\n`);
    else {
      io.stderr.write(`${home.path}: ${describeHome(home)}\n`);
      io.stdout.write(settingsText(files, { showSecrets }));
    }
    return exitCodes.done;
  },
};
