import type { CheckedCluster, DatabaseInUse, ProbedDatabase } from '../check/checked-cluster';
import { databasesInUse } from '../check/databases-in-use';
import { probeDatabase } from '../connect/probe-database';
import { databaseKinds } from '../database/kinds';

/** How databases are opened. */
export interface ProbeDatabasesOptions {
  /** How long opening one may take, in ms. */
  readonly timeout: number;
  /** The IP addresses of this machine. */
  readonly addresses: readonly string[];
  /** Called after each database, with how many are done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The cluster with every database that its nodes use, opened from this machine as the nodes open it; several at a time. Only
 * reads, and nothing is thrown for what a server does.
 */
export async function probeDatabases(
  cluster: CheckedCluster,
  { timeout, addresses, onProgress }: ProbeDatabasesOptions,
): Promise<CheckedCluster> {
  const found = databasesInUse(cluster, (address) => addresses.includes(address));
  const databases: ProbedDatabase[] = [];
  for (let start = 0; start < found.length; start += atOnce) {
    const some = found.slice(start, start + atOnce);
    databases.push(...(await Promise.all(some.map((database) => probe(database, timeout)))));
    onProgress?.(databases.length, found.length);
  }
  return { ...cluster, databases };
}

/** Few enough that a server with a small limit still takes them. */
const atOnce = 8;

async function probe(database: DatabaseInUse, timeout: number): Promise<ProbedDatabase> {
  const { opening } = database;
  if ('because' in opening) return { ...database, result: undefined };
  const result = await probeDatabase(opening.target, { timeout });
  if (result !== undefined) return { ...database, result };
  const because = `there is no driver for ${databaseKinds[opening.target.kind].label} here`;
  return { ...database, opening: { because }, result };
}
