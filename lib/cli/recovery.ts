import type { Recovery } from '../disk/recover';

export { isUnfinished, recoverHome } from '../plan/undo-apply';

/** What a recovery did, in a line for stderr; empty where there was nothing to recover. */
export function describeRecovery(recovery: Recovery): string {
  if (recovery.outcome === 'nothing') return '';
  const done = recovery.outcome === 'completed' ? 'completed' : 'rolled back';
  return `An earlier ${recovery.kind} of ${recovery.record.time} was interrupted; it is ${done} now: ${recovery.paths.join(', ')}\n`;
}
