import { posix } from 'node:path';
import type { CarbonFile, CarbonTextFile } from '../carbon/carbon-file';
import type { CarbonHome } from '../carbon/carbon-home';
import { carbonFiles, carbonTextFiles } from '../carbon/files';
import { datasourcesXml } from '../carbon/files/datasources-xml';
import { masterDatasourcesXml } from '../carbon/files/master-datasources-xml';
import { roleOf } from '../cluster/roles';
import type { ClusterNode, ClusterTopology, ConfPatch } from '../cluster/topology';
import { CarbonPatchError } from '../errors';

/** A file that a plan looks at, and why. */
export interface PlannedFile {
  /** Relative to the conf folder, with forward slashes. */
  readonly path: string;
  /** What the role asks of it, where it does. */
  readonly recipe: FileToPatch | undefined;
  /** What the user asks of it; an XML file where there is any. */
  readonly patches: readonly ConfPatch[];
  /** True where somebody asked for it by name, so that it has to be there. */
  readonly isNamed: boolean;
}

/** Which files of a home are planned. */
export interface FileChoice {
  /** Names or paths of the files to look at, such as `axis2.xml`; all that the role needs where this is left out. */
  readonly only?: readonly string[];
  /** `cluster` where `only` is meant for many nodes, so that a name need not be a file of this one. Default: `node`. */
  readonly onlyOf?: 'node' | 'cluster';
}

/** A file of one of the two registries. */
export type FileToPatch =
  { readonly kind: 'xml'; readonly file: CarbonFile } | { readonly kind: 'text'; readonly file: CarbonTextFile };

/** The registry, with the further datasource files of a home behind the master. */
export function filesOfHome(furtherDatasources: readonly string[]): readonly CarbonFile[] {
  const further = furtherDatasources.map((path) => datasourcesXml(posix.basename(path)));
  return carbonFiles.flatMap((file) => (file === masterDatasourcesXml ? [file, ...further] : [file]));
}

/**
 * The files to plan for a node, in the order in which they are shown: those of the registries that the role has something to
 * say in, then those that only the user's own patches name. `only` narrows them; TOPOLOGY_INVALID is thrown with every name
 * of it that is none of them.
 */
export function plannedFiles(
  home: CarbonHome,
  node: ClusterNode,
  topology: ClusterTopology,
  furtherDatasources: readonly string[],
  { only, onlyOf = 'node' }: FileChoice,
): readonly PlannedFile[] {
  const role = roleOf(node.role);
  const patches = topology.patches
    .filter(({ nodes }) => nodes === undefined || nodes.includes(node.name))
    .map((patch) => ({ ...patch, file: posix.normalize(patch.file) }));
  const recipes: readonly FileToPatch[] = [
    ...filesOfHome(furtherDatasources).map((file) => ({ kind: 'xml', file }) as const),
    ...carbonTextFiles.map((file) => ({ kind: 'text', file }) as const),
  ];
  const wanted = recipes.filter(({ file }) => file.need(role, topology) !== 'untouched');
  const paths = new Set([...wanted.map(({ file }) => file.path), ...patches.map(({ file }) => file)]);
  const files = [...paths].map((path) => ({
    path,
    recipe: wanted.find(({ file }) => file.path === path),
    patches: patches.filter(({ file }) => file === path),
    isNamed: only !== undefined && onlyOf === 'node',
  }));
  if (only === undefined) return files;
  if (onlyOf === 'node') refuseOtherNames(files, home, node, only);
  return files.filter(({ path }) => only.some((wanted) => isNamedBy(home, path, wanted)));
}

/** True where a file of the conf folder is meant by a name: its own, or its path in the conf folder or in the home. */
export function isNamedBy({ confFolder }: Pick<CarbonHome, 'confFolder'>, path: string, wanted: string): boolean {
  return [posix.basename(path), path, posix.join(confFolder, path)].includes(posix.normalize(wanted));
}

function refuseOtherNames(
  files: readonly PlannedFile[],
  home: CarbonHome,
  { role }: ClusterNode,
  only: readonly string[],
): void {
  const names = [...new Set(files.map(({ path }) => posix.basename(path)))].join(', ');
  const problems = only
    .filter((wanted) => !files.some(({ path }) => isNamedBy(home, path, wanted)))
    .map(
      (wanted) => `only: ${JSON.stringify(wanted)} is no file that role ${role} changes; it must be one of ${names}`,
    );
  if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
}
