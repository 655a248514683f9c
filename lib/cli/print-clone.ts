import { describeHome } from '../carbon/carbon-home';
import { secretsInClusterFile } from '../cluster/cluster-file/secret-lines';
import { inMegabytes, type ClonePlan } from '../plan/plan-clone';
import { maskProse } from '../report/mask-secrets';
import { shellWord } from '../text/shell-word';
import { printFileDiff } from './change-file';
import { say, type Io } from './io';

/** Prints what a clone would do: the diffs of the cluster file and of the new home on stdout, all else on stderr. */
export function printClone(
  { home, to, node, tree, leftOut, plan, clusterPatch, notes }: ClonePlan,
  { 'show-secrets': showSecrets = false }: { readonly 'show-secrets': boolean | undefined },
  io: Io,
): void {
  say(io, `${home.path}: ${describeHome(home)}`);
  const files = tree.entries.filter(({ kind }) => kind === 'file');
  const bytes = tree.entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.size : 0), 0);
  say(io, `${node.name} in ${to}: ${files.length} files are copied, ${inMegabytes(bytes)}`);
  for (const [what, paths] of leftOut) say(io, `Left out, ${what}: ${shortList(paths)}`);
  printFileDiff(clusterPatch, io, { showSecrets, secretsIn: secretsInClusterFile });
  for (const patch of plan.patches)
    if (patch.edits.length > 0) printFileDiff({ ...patch, path: `${to}/${patch.path}` }, io, { showSecrets });
  for (const note of notes) say(io, `Note: ${showSecrets ? note : maskProse(note)}`);
}

/** The commands that take a clone back. */
export function undoOfClone({ to, clusterFolder }: ClonePlan): string {
  return `carbon-patch undo --home ${shellWord(clusterFolder)} && rm -r ${shellWord(to)}`;
}

function shortList(paths: readonly string[]): string {
  return paths.length <= 5 ? paths.join(', ') : `${paths.slice(0, 5).join(', ')} and ${paths.length - 5} more`;
}
