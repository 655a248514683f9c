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
  only: readonly string[] | undefined,
): readonly PlannedFile[] {
  const role = roleOf(node.role);
  const patches = topology.patches
    .filter(({ nodes }) => nodes === undefined || nodes.includes(node.name))
    .map((patch) => ({ ...patch, file: posix.normalize(patch.file) }));
  const recipes: readonly FileToPatch[] = [
    ...filesOfHome(furtherDatasources).map((file) => ({ kind: 'xml', file }) as const),
    ...carbonTextFiles.map((file) => ({ kind: 'text', file }) as const),
  ];
  const wanted = recipes.filter(({ file }) => file.need(role) !== 'untouched');
  const paths = new Set([...wanted.map(({ file }) => file.path), ...patches.map(({ file }) => file)]);
  const files = [...paths].map((path) => ({
    path,
    recipe: wanted.find(({ file }) => file.path === path),
    patches: patches.filter(({ file }) => file === path),
    isNamed: only !== undefined,
  }));
  return only === undefined ? files : narrowed(files, home, node, only);
}

function narrowed(
  files: readonly PlannedFile[],
  { confFolder }: CarbonHome,
  { role }: ClusterNode,
  only: readonly string[],
): readonly PlannedFile[] {
  const isNamed = ({ path }: PlannedFile, wanted: string): boolean =>
    [posix.basename(path), path, posix.join(confFolder, path)].includes(posix.normalize(wanted));
  const names = [...new Set(files.map(({ path }) => posix.basename(path)))].join(', ');
  const problems = only
    .filter((wanted) => !files.some((file) => isNamed(file, wanted)))
    .map(
      (wanted) => `only: ${JSON.stringify(wanted)} is no file that role ${role} changes; it must be one of ${names}`,
    );
  if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
  return files.filter((file) => only.some((wanted) => isNamed(file, wanted)));
}
