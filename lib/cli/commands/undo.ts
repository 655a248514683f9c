import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { homeOption } from '../node-options';

interface UndoArguments {
  readonly home: string;
  readonly yes: boolean;
}

/** `carbon-patch undo`: brings the files of the last apply back. */
export const undo: Command<UndoArguments> = {
  name: 'undo',
  summary: 'Bring every file of the last apply back byte for byte; once more goes one apply further back',
  examples: [['$0 undo --home /opt/esb', 'Take the last apply back']],
  options: (yargs) =>
    yargs.options({
      ...homeOption,
      yes: { alias: 'y', type: 'boolean', default: false, describe: 'Do not ask before writing' },
    }),
  run: async ({ home, yes }, io) => {
    const [{ undoApply }, { describeRecovery }] = await Promise.all([
      import('../../plan/undo-apply'),
      import('../recovery'),
    ]);
    if (
      !yes &&
      io.stdin.isTerminal &&
      !/^y(?:es)?$/i.test((await io.question('Take the last apply back? [y/N] ')).trim())
    ) {
      io.stderr.write('Nothing was written.\n');
      return exitCodes.refused;
    }
    const { record, paths, recovery } = await undoApply(home);
    io.stderr.write(describeRecovery(recovery));
    for (const path of paths) io.stdout.write(`${path}\n`);
    io.stderr.write(
      `Took back the apply of ${record.time}; ${paths.length} file${paths.length === 1 ? '' : 's'} restored.\n`,
    );
    return exitCodes.done;
  },
};
