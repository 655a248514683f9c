import { isUnfinished, recoverHome, type Recovery } from '../plan/undo-apply';
import { say, type Io } from './io';

/** Completes or rolls back what a killed run left in a home, and says so; writes and says nothing where there is nothing. */
export async function settleUnfinishedRun(home: string, io: Io): Promise<void> {
  say(io, describeRecovery(await recoverHome(home)));
}

/** Says where a killed run left a home unfinished; for commands that write nothing. */
export async function mentionUnfinishedRun(home: string, io: Io): Promise<void> {
  if (await isUnfinished(home)) {
    say(io, 'An earlier run was interrupted here; the next apply or undo puts its files in order first.');
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
