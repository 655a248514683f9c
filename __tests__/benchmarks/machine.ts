import { availableParallelism, cpus, loadavg, release, type } from 'node:os';
import { version } from 'node:process';

/** The machine in one sentence: what figures depend on, and nothing that tells one machine of a kind from another. */
export function machineText(): string {
  const [first] = cpus();
  const cores = availableParallelism();
  // How quiet the machine was: the benchmark itself is about 1.
  const [load = 0] = loadavg();
  const kernel = release().split('.').slice(0, 2).join('.');
  return `Measured on ${cores} ${cores === 1 ? 'core' : 'cores'} of ${first?.model.trim() ?? 'an unknown processor'}, Node ${version}, ${type()} ${kernel}, at a load of ${load.toFixed(1)}.`;
}
