import { printableLine } from '../../report/color';
import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say, type Io } from '../io';
import { clusterOptions, homesOption, yesOption } from '../options';

const options = { ...clusterOptions, ...homesOption, ...yesOption } as const;

/** `carbon-patch undo`: brings the files of the last apply back. */
export const undo: Command<typeof options> = {
  name: 'undo',
  usage: '[--home DIR... | --cluster FILE [--node NAME]...] [OPTION]...',
  summary: 'Bring every file of the last apply back byte for byte; once more goes one apply further back',
  examples: [
    ['$0 undo --home /opt/esb', 'Take the last apply back; asks before writing on a terminal'],
    ['$0 undo --home /opt/esb --yes', 'Without a question'],
    ['$0 undo --cluster carbon-cluster.yaml', 'Of every node on this machine, all of them or none'],
  ],
  options,
  run: async (args, io) => {
    const [{ checkTargets }, { removedCount, undoApplies }, { describeRecovery }, { asksBeforeWriting, isConfirmed }] =
      await Promise.all([
        import('../check-targets'),
        import('../../plan/undo-apply'),
        import('../unfinished-run'),
        import('../confirm'),
      ]);
    const { targets } = await checkTargets(args, io);
    const homes = await undoableHomes(
      targets.map(({ home }) => home),
      io,
    );
    if (asksBeforeWriting(args, io) && !(await isConfirmed('Take the last apply back?', io))) return exitCodes.refused;
    const results = await undoApplies(homes);
    const recoveries = new Set(results.map(({ recovery }) => describeRecovery(recovery)));
    for (const recovery of recoveries) say(io, recovery);
    for (const [index, { record, paths }] of results.entries()) {
      if (homes.length > 1) say(io, `${homes[index]}:`);
      for (const path of paths)
        io.stdout.write(`${printableLine(`${homes.length > 1 ? `${homes[index]}/` : ''}${path}`)}\n`);
      const removed = removedCount({ record, paths });
      const restored = paths.length - removed;
      const count = `${restored} file${restored === 1 ? '' : 's'} restored`;
      say(io, `Took back the apply of ${record.time}; ${count}${removed > 0 ? `, ${removed} removed` : ''}.`);
    }
    return exitCodes.done;
  },
};

/** Homes without an apply are told and left out, unless none has one; then the error says so. */
async function undoableHomes(homes: readonly string[], io: Io): Promise<readonly string[]> {
  const { hasApply } = await import('../../plan/undo-apply');
  const found: string[] = [];
  const others: string[] = [];
  for (const home of homes) ((await hasApply(home)) ? found : others).push(home);
  const [first] = others;
  if (found.length === 0 && first !== undefined) {
    const { CarbonPatchError } = await import('../../errors');
    throw new CarbonPatchError('NOTHING_TO_UNDO', { home: first });
  }
  for (const home of others) say(io, `${home}: there is no apply to undo here`);
  return found;
}
