import { copyTree, type CopyWatch } from '../disk/copy-tree';
import { makeNewFolder } from '../disk/new-folder';
import { applyLooseFile } from './loose-file';
import { replacementsOf } from './apply-plan';
import type { ClonePlan } from './plan-clone';

export { hasLeftover } from '../disk/new-folder';

/**
 * Makes the new home and adds the node to the cluster file: both, or nothing. The copy is made under a temporary name and
 * gets its own in one step; the cluster file is replaced last, and remembers how it was for `undoLooseFile`.
 * Throws as `makeNewFolder` and `copyTree` do, and PLAN_STALE where the cluster file has changed.
 */
export async function cloneHome(
  { home, tree, plan, to, clusterPatch }: ClonePlan,
  label: Readonly<Record<string, string>>,
  watch: CopyWatch,
): Promise<void> {
  const copy = { from: home.path, entries: tree.entries, replacements: replacementsOf(plan), place: to };
  await makeNewFolder({
    path: to,
    fill: (temporary) => copyTree(copy, temporary, watch),
    conclude: async () => void (await applyLooseFile(clusterPatch, label)),
  });
}
