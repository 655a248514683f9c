import { fileExists } from '../disk/read-file';

/** The cluster file that is looked for in the current folder. */
export const usualClusterFile = 'carbon-cluster.yaml';

/** `carbon-cluster.yaml` where the current folder has one, else `undefined`. */
export async function findClusterFile(): Promise<string | undefined> {
  return (await fileExists(usualClusterFile)) ? usualClusterFile : undefined;
}
