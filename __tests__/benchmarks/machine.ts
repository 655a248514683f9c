import { cpus, release, type, availableParallelism } from 'node:os';
import { version } from 'node:process';

/** The machine in one sentence: what figures depend on, and nothing that tells one machine of a kind from another. */
export function machineText(): string {
  const [first] = cpus();
  const cores = availableParallelism();
  const kernel = release().split('.').slice(0, 2).join('.');
  return `Measured on ${cores} ${cores === 1 ? 'core' : 'cores'} of ${first?.model.trim() ?? 'an unknown processor'}, Node ${version}, ${type()} ${kernel}.`;
}
