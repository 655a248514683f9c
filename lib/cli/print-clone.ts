import { describeHome } from '../carbon/carbon-home';
import { secretsInClusterFile } from '../cluster/cluster-file/secret-lines';
import { inMegabytes, type ClonePlan } from '../plan/plan-clone';
import { cloneJson } from '../report/clone-json';
import { maskProse } from '../report/mask-secrets';
import { shellWord } from '../text/shell-word';
import { printFileDiff } from './change-file';
import { say, type Io, type Output } from './io';

/** How a clone is printed. */
export interface PrintCloneOptions {
  readonly json: boolean | undefined;
  readonly 'show-secrets': boolean | undefined;
}

/** Says on stderr what a clone would do, in short: what is copied, what is left out, and notes. */
export function sayClone(
  { home, to, node, size, leftOut, notes }: ClonePlan,
  { 'show-secrets': showSecrets }: PrintCloneOptions,
  io: Io,
): void {
  say(io, `${home.path}: ${describeHome(home)}`);
  say(io, `${node.name} in ${to}: ${size.files} files are copied, ${inMegabytes(size.bytes)}`);
  for (const [what, paths] of leftOut) say(io, `Left out, ${what}: ${shortList(paths)}`);
  for (const note of notes) say(io, `Note: ${showSecrets ? note : maskProse(note)}`);
}

/** Prints the diffs of the cluster file and of the new home. */
export function printCloneDiffs(
  { to, plan, clusterPatch }: ClonePlan,
  { 'show-secrets': showSecrets = false }: PrintCloneOptions,
  output: Output,
  io: Io,
): void {
  printFileDiff(clusterPatch, output, io, { showSecrets, secretsIn: secretsInClusterFile });
  for (const patch of plan.patches)
    if (patch.edits.length > 0) printFileDiff({ ...patch, path: `${to}/${patch.path}` }, output, io, { showSecrets });
}

/** The JSON document of a clone, with its line end. */
export function cloneDocument(
  clone: ClonePlan,
  { 'show-secrets': showSecrets = false }: PrintCloneOptions,
  written: boolean,
): string {
  const document = cloneJson(clone, { showSecrets, secretsIn: secretsInClusterFile, written });
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** The commands that take a clone back. */
export function undoOfClone({ to, clusterFolder }: ClonePlan): string {
  return `carbon-patch undo --home ${shellWord(clusterFolder)} && rm -r ${shellWord(to)}`;
}

function shortList(paths: readonly string[]): string {
  return paths.length <= 5 ? paths.join(', ') : `${paths.slice(0, 5).join(', ')} and ${paths.length - 5} more`;
}
