import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say } from '../io';
import { homeOption, yesOption } from '../options';

const options = { ...homeOption, ...yesOption } as const;

/** `carbon-patch undo`: brings the files of the last apply back. */
export const undo: Command<typeof options> = {
  name: 'undo',
  usage: '--home DIR [OPTION]...',
  summary: 'Bring every file of the last apply back byte for byte; once more goes one apply further back',
  examples: [
    ['$0 undo --home /opt/esb', 'Take the last apply back; asks before writing on a terminal'],
    ['$0 undo --home /opt/esb --yes', 'Without a question'],
  ],
  options,
  run: async ({ home, yes }, io) => {
    const [{ undoApply }, { describeRecovery }, { asksBeforeWriting, isConfirmed }] = await Promise.all([
      import('../../plan/undo-apply'),
      import('../unfinished-run'),
      import('../confirm'),
    ]);
    if (asksBeforeWriting({ yes }, io) && !(await isConfirmed('Take the last apply back?', io))) {
      return exitCodes.refused;
    }
    const { record, paths, recovery } = await undoApply(home);
    say(io, describeRecovery(recovery));
    for (const path of paths) io.stdout.write(`${path}\n`);
    const count = `${paths.length} file${paths.length === 1 ? '' : 's'}`;
    say(io, `Took back the apply of ${record.time}; ${count} restored.`);
    return exitCodes.done;
  },
};
