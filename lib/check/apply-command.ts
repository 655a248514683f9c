import type { CheckedCluster } from './checked-cluster';
import type { Finding } from './rule';

/**
 * The command that writes what the cluster file says, for a finding about a setting that it writes. Nothing without a
 * cluster file, as nobody has said then what to write.
 */
export function applyCommand({ topology }: CheckedCluster): Pick<Finding, 'command'> {
  return topology === undefined ? {} : { command: 'apply --node {node}' };
}
