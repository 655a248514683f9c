import { diffLines } from 'diff';
import type { CarbonFile } from '../../lib/carbon/carbon-file';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { chooseNode, type TopologyOverrides } from '../../lib/cluster/overrides';
import { roleOf, type RoleName } from '../../lib/cluster/roles';
import type { ClusterTopology } from '../../lib/cluster/topology';
import { patchDocument } from '../../lib/patch/patch-document';
import { applyEdits } from '../../lib/text/edit';
import { parseText } from '../../lib/xml/document';

/** What a recipe makes of a text. */
export interface RecipeResult {
  readonly text: string;
  readonly notes: readonly string[];
}

/** Runs the recipe of a file over a text, for the first node of a role; the second run must find nothing to do. */
export function applyRecipe(
  file: CarbonFile,
  role: RoleName,
  source: string,
  overrides: TopologyOverrides = {},
  cluster: ClusterTopology = exampleCluster,
): RecipeResult {
  const first = runOnce(file, role, source, overrides, cluster);
  const second = runOnce(file, role, first.text, overrides, cluster);
  if (second.text !== first.text) throw new Error(`the second run changes:\n${second.text}`);
  return first;
}

function runOnce(
  file: CarbonFile,
  role: RoleName,
  source: string,
  overrides: TopologyOverrides,
  cluster: ClusterTopology,
): RecipeResult {
  const { topology, node } = chooseNode(cluster, role, overrides);
  const document = parseText(source, file.path, file.namespaces);
  const { operations, notes } = file.recipe({ node, role: roleOf(role), topology, document });
  return { text: applyEdits(source, patchDocument(document, operations).edits), notes };
}

/** The lines that a change removes and adds, each behind its sign. */
export function changedLines(before: string, after: string): readonly string[] {
  return diffLines(before, after)
    .filter(({ added, removed }) => added || removed)
    .flatMap(({ added, value }) =>
      value
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `${added ? '+' : '-'}${line}`),
    );
}
