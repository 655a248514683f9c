import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../fresh-build';

/** The folder of the cluster files that the tests share. */
export const clusterFixtures = join(root, 'fixtures/clusters');

/** The cluster files that load; each has what it means beside it, as `<name>.expected.json`. */
export const goodFiles: readonly string[] = [
  'worked-example.yaml',
  ...readdirSync(join(clusterFixtures, 'good'))
    .filter((name) => /\.(?:yaml|json)$/.test(name) && !name.endsWith('.expected.json'))
    .map((name) => `good/${name}`),
];

/** The cluster files that are refused; each has the error beside it, as `<name>.txt`. */
export const brokenFiles: readonly string[] = readdirSync(join(clusterFixtures, 'broken'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `broken/${name}`);

/** The environment of the good files. */
export const goodEnvironment: Readonly<Record<string, string>> = {
  CARBON_PATCH_DB_PASSWORD: 'from the environment',
  LOCAL_PASSWORD: 'local',
};

/** The environment of the broken files: those about secrets get none, as one from the environment would take their place. */
export function brokenEnvironment(file: string): Readonly<Record<string, string>> {
  return /secret|password/.test(file) ? { EMPTY: '' } : { CARBON_PATCH_DB_PASSWORD: 's3cr3t' };
}
