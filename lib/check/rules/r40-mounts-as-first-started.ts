import { appNodes } from '../app-nodes';
import { lastRunBeforeRegistryChange, minuteOf } from '../changed-since-start';
import { listWords } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';
import type { CheckedNode } from '../checked-cluster';

/** Mounts were not changed after they were made. */
export const mountsAsFirstStarted: Rule = {
  title: 'Mounts are not changed in a home that has run with other ones.',
  why: 'What was mounted at the first start is kept in the local registry and compared by its targetPath only, so that a corrected instanceId never takes effect.',
  severities: ['warning'],
  evaluate: (cluster) => appNodes(cluster).flatMap(findingsOf),
};

function findingsOf(node: CheckedNode): readonly Finding[] {
  const { registry } = node.facts;
  const lastRun = lastRunBeforeRegistryChange(node.facts);
  const [first] = registry?.mounts ?? [];
  if (registry === undefined || first === undefined || lastRun === undefined) return [];
  const paths = registry.mounts.map(({ value }) => value.mountPath ?? 'no path');
  return [
    {
      severity: 'warning',
      nodes: [node],
      place: placeOf(first),
      what: `registry.xml of ${node.name} was changed after the node last ran (${minuteOf(lastRun)}); if it ran with other mounts of ${listWords(paths, 'more')}, these stay in its local registry`,
      fix: 'start it with an empty local registry if the instanceId of a mount was changed, and look for the mounts in the log',
    },
  ];
}
