import type { MountFacts } from '../../carbon/facts/registry-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { appNodes } from '../app-nodes';
import { lastRunBeforeRegistryChange, minuteOf } from '../changed-since-start';
import type { CheckedNode } from '../checked-cluster';
import { listWords } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** A mount that is added to a home with data neither deletes the data nor fails on it. */
export const mountsLoseNothing: Rule = {
  title: 'A mount that is added to a home that has run does not delete what is there, and does not fail on it.',
  why: 'With overwrite="true" Carbon deletes the collection at the path and links the mount in its place; with "false" it says "Unable to create remote mount. A resource already exists" and mounts nothing.',
  severities: ['warning'],
  evaluate: (cluster) => appNodes(cluster).flatMap(findingsOf),
};

function findingsOf(node: CheckedNode): readonly Finding[] {
  const lastRun = lastRunBeforeRegistryChange(node.facts);
  if (lastRun === undefined) return [];
  const mounts = node.facts.registry?.mounts ?? [];
  const since = `(registry.xml was changed after the node last ran, ${minuteOf(lastRun)})`;
  return [
    ...findingOf(
      node,
      mounts.filter(({ value }) => /^true$/i.test(value.overwrite ?? '')),
      (paths) =>
        `${node.name} has run, and at the next start overwrite="true" deletes what its local registry holds at ${paths} ${since}`,
      'export what is kept there, or write overwrite="virtual", which only covers it',
    ),
    ...findingOf(
      node,
      mounts.filter(({ value }) => !/^(?:true|virtual)$/i.test(value.overwrite ?? '')),
      (paths) =>
        `${node.name} has run, and without overwrite="true" or "virtual" nothing is mounted over what its local registry holds at ${paths} ${since}`,
      'write overwrite="virtual", or "true" where nothing there is to be kept',
    ),
  ];
}

function findingOf(
  node: CheckedNode,
  mounts: readonly Sourced<MountFacts>[],
  whatOf: (paths: string) => string,
  fix: string,
): readonly Finding[] {
  const [first] = mounts;
  if (first === undefined) return [];
  const paths = mounts.map(({ value }) => value.mountPath ?? 'no path');
  return [{ severity: 'warning', nodes: [node], place: placeOf(first), what: whatOf(listWords(paths, 'more')), fix }];
}
