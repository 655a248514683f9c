import { clusterGroups } from '../cluster-groups';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { disagreement, type Claim } from '../disagreement';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** All nodes cache the shared registry, or none does. */
export const cachesAlike: Rule = {
  title: 'enableCache of the shared registry is the same on all nodes.',
  why: 'A node without the cache does not tell the others what it changed, and they go on with stale values.',
  severities: ['warning'],
  evaluate: (cluster) => clusterGroups(cluster).flatMap((nodes) => findingsOf(cluster, nodes)),
};

function findingsOf(cluster: CheckedCluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  const different = disagreement(nodes.flatMap(claimsOf), undefined);
  if (different === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: [...new Set(different.odd.map(({ node }) => node))],
      place: different.odd[0].place,
      what: `enableCache of the shared registry ${different.what}`,
      fix: 'write <enableCache>true</enableCache> on every node',
      ...applyCommand(cluster),
    },
  ];
}

/** Of the remote instances that a mount uses. */
function claimsOf(node: CheckedNode): readonly Claim[] {
  const { registry } = node.facts;
  const used = new Set((registry?.mounts ?? []).map(({ value }) => value.instanceId?.value.trim()));
  return (registry?.remoteInstances ?? []).flatMap(({ value: { children } }): readonly Claim[] => {
    const enableCache = children.get('enableCache');
    if (enableCache === undefined || !used.has(children.get('id')?.value.trim())) return [];
    // Carbon takes anything but `true` for false; blanks around it are for R39 to tell.
    const key = String(enableCache.value.trim() === 'true');
    return [{ node, key, shown: key, place: placeOf(enableCache) }];
  });
}
