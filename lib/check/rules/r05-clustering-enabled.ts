import { applyCommand } from '../apply-command';
import type { Finding, Rule } from '../rule';
import { placeOf } from '../place-of';

/** Clustering is on, on every node. */
export const clusteringEnabled: Rule = {
  title: 'Clustering is enabled on every node.',
  why: 'A node without clustering runs alone: it gets no cluster messages, so caches go stale and deployed artifacts do not arrive.',
  severities: ['error'],
  evaluate: (cluster) =>
    cluster.nodes.flatMap((node): readonly Finding[] => {
      const { axis2 } = node.facts;
      if (axis2 === undefined || axis2.clustering?.enabled.value === true) return [];
      const { clustering } = axis2;
      if (clustering === undefined)
        return [
          {
            severity: 'error',
            nodes: [node],
            place: { path: axis2.path, line: undefined },
            what: 'axis2.xml has no clustering element that is not commented out',
            fix: 'put the clustering element of a fresh home of the same release back, then apply the cluster to it',
          },
        ];
      return [
        {
          severity: 'error',
          nodes: [node],
          place: placeOf(clustering.enabled),
          what: 'clustering is not enabled',
          fix: 'set enable="true" at the clustering element',
          ...applyCommand(cluster),
        },
      ];
    }),
};
