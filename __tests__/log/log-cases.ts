import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCluster } from '../../lib/plan/load-cluster';
import type { LogQuestion } from '../../lib/log/log-question';
import { root } from '../fresh-build';

/** One log of `fixtures/logs`, whose it is, and whether a run over it ends well. */
export interface LogCase {
  /** The name of the log without its ending. */
  readonly name: string;
  readonly node?: string;
  readonly isOwnStart?: true;
  readonly isHealthy?: true;
}

/** Every log of `fixtures/logs`. A case of the same name as another one is the same log, asked otherwise. */
export const logCases: readonly LogCase[] = [
  { name: 'tribes-manager', node: 'manager', isHealthy: true },
  { name: 'tribes-worker', node: 'worker1', isHealthy: true },
  { name: 'tribes-elb', node: 'elb', isHealthy: true },
  { name: 'tribes-elb-wrong-sub-domain', node: 'elb' },
  { name: 'tribes-worker-split', node: 'worker1' },
  { name: 'tribes-manager-port-in-use', node: 'manager', isOwnStart: true },
  { name: 'tribes-worker-login-refused', node: 'worker1' },
  { name: 'tribes-manager-two-starts', node: 'manager', isHealthy: true },
  { name: 'tribes-manager-starting', node: 'manager' },
  { name: 'tribes-manager-stopped', node: 'manager' },
  { name: 'hazelcast-manager', node: 'manager', isHealthy: true },
  { name: 'hazelcast-worker', node: 'worker1', isHealthy: true },
  { name: 'hazelcast-elb', node: 'elb', isHealthy: true },
  { name: 'hazelcast-elb-wrong-sub-domain', node: 'elb' },
  { name: 'hazelcast-worker-split', node: 'worker1', isOwnStart: true },
  { name: 'hazelcast-worker-wrong-address', node: 'worker1' },
  { name: 'hazelcast-worker-loopback', node: 'worker1', isOwnStart: true },
  { name: 'hazelcast-manager-no-tables', node: 'manager' },
  { name: 'hazelcast-manager-listed', node: 'manager' },
  { name: 'alone', isHealthy: true },
  { name: 'no-server' },
];

/** The folder of the logs. */
export const logs = join(root, 'fixtures/logs');

/** The bytes of a log. */
export function logBytes(name: string): Uint8Array {
  return readFileSync(join(logs, `${name}.log`));
}

/** The cluster file that a log belongs to. */
export function clusterOf(name: string): string {
  return join(logs, name.startsWith('tribes') ? 'tribes.yaml' : 'hazelcast.yaml');
}

/** What is asked of a log; `undefined` for one that is looked at alone. */
export async function questionOf({ name, node, isOwnStart }: LogCase): Promise<LogQuestion | undefined> {
  if (node === undefined) return undefined;
  const { topology } = await loadCluster(clusterOf(name), { secrets: 'optional' });
  const found = topology.nodes.find((one) => one.name === node);
  if (found === undefined) throw new Error(`no node ${node}`);
  return { topology, node: found, scope: isOwnStart ? 'own-start' : 'cluster' };
}
