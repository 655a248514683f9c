import { expectedError } from '../errors';
import { isUnfinished, recoverHome, runAtWork, type Recovery } from '../plan/undo-apply';
import { say, type Io } from './io';

/** Completes or rolls back what a killed run left in a home, and says so; writes and says nothing where there is nothing. */
export async function settleUnfinishedRun(home: string, io: Io): Promise<void> {
  say(io, describeRecovery(await recoverHome(home)));
}

/**
 * As `settleUnfinishedRun`, for a command that only reads: what it cannot put in order it tells, and leaves. It does not wait
 * for a run that is at work.
 */
export async function settleUnfinishedRunIfPossible(home: string, io: Io): Promise<void> {
  try {
    const isOpen = await isUnfinished(home);
    const holder = await runAtWork(home);
    if (holder === undefined) await settleUnfinishedRun(home, io);
    else if (isOpen) {
      say(io, `Another carbon-patch is at work here (${holder}); this is how the files are in the middle of it.`);
    }
  } catch (error) {
    const { message } = expectedError(error);
    say(io, `What an earlier run left here is not put in order, and the files are shown as they are: ${message}`);
  }
}

/** Says where a killed run left a home unfinished; for commands that write nothing, whatever they find. */
export async function mentionUnfinishedRun(home: string, io: Io): Promise<void> {
  if (await isUnfinished(home)) {
    say(io, 'An earlier run was interrupted here; the next apply, undo or show puts its files in order.');
  }
}

/** What a recovery did, in one line; empty where there was nothing to recover. */
export function describeRecovery(recovery: Recovery): string {
  if (recovery.outcome === 'nothing') return '';
  const { outcome, kind, record, paths, homes } = recovery;
  const done = outcome === 'completed' ? 'completed' : 'rolled back';
  const others = homes.length > 1 ? ` in all of its ${homes.length} homes` : '';
  const files = paths.length > 0 ? `: ${paths.join(', ')}` : '';
  return `An earlier ${kind} of ${record.time} was interrupted; it is ${done} now${others}${files}`;
}
