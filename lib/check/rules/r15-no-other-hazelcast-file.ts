import { clusteredNodes } from '../clustered-nodes';
import { groupBy } from '../group-by';
import type { Rule } from '../rule';

/** The network settings of axis2.xml count, and not those of another file. */
export const noOtherHazelcastFile: Rule = {
  title: 'A home has no hazelcast.xml of its own.',
  why: 'Where that file is there, the members, addresses and ports of axis2.xml are ignored, however right they are.',
  severities: ['warning'],
  evaluate: ({ nodes }) => {
    const clustered = clusteredNodes(nodes).filter(({ clustering }) => clustering.agent === 'hazelcast');
    const files = clustered.flatMap(({ node }) => node.facts.hazelcastFiles.map((path) => ({ node, path })));
    return [...groupBy(files, ({ path }) => path).entries()].map(([path, group]) => ({
      severity: 'warning',
      nodes: group.map(({ node }) => node),
      place: { path, line: undefined },
      what: `${path} takes the place of the network settings of axis2.xml`,
      fix: 'remove the file, or see that its members, addresses and ports are those of the cluster',
    }));
  },
};
