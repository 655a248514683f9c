import { writeFileSync } from 'node:fs';
import { parseClusterFile, resolveClusterFile } from '../../lib/cluster/cluster-file/parse-cluster-file';
import { loadCluster } from '../../lib/plan/load-cluster';
import { checkRefusal, orRefusal, promise } from './refusal';

/** Reads a cluster file as text; true where it is a cluster. */
export function checkClusterText(text: string): boolean {
  const cluster = orRefusal(['CLUSTER_FILE_INVALID'], () => {
    const secrets = { env: {}, files: new Map(), need: 'optional' } as const;
    return resolveClusterFile(parseClusterFile(text, 'c.yaml', []), { secrets, resolveHome: (home) => `/${home}` });
  });
  if (cluster === undefined) return false;
  promise(cluster.topology.nodes.length > 0, 'a cluster has no nodes');
  promise(/^.*$/s.test(JSON.stringify(cluster)), 'a cluster is no JSON');
  return true;
}

/** Reads a cluster file from the disk, where its bytes count too; true where it is a cluster. */
export async function checkClusterFile(bytes: Buffer, file: string): Promise<boolean> {
  writeFileSync(file, bytes);
  try {
    const { topology } = await loadCluster(file, { secrets: 'optional' });
    return topology.nodes.length > 0;
  } catch (error) {
    checkRefusal(['CLUSTER_FILE_INVALID'], error);
    return false;
  }
}
