import type { ClusteringAgent } from '../../cluster/members';
import type { CheckedNode } from '../checked-cluster';
import { clusteredNodes, type ClusteredNode } from '../clustered-nodes';
import { disagreement } from '../disagreement';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** The clustering class is that of the Carbon version, and of the other nodes. */
export const clusteringClassFits: Rule = {
  title: 'The clustering class of axis2.xml is the one that the Carbon version brings, and the same era on all nodes.',
  why: 'A home has the classes of its own era only, so another one stops it from starting, and members of different eras cannot talk.',
  severities: ['error', 'warning'],
  evaluate: ({ nodes }) => {
    const clustered = clusteredNodes(nodes);
    const wrong = clustered.flatMap(versionFinding);
    if (wrong.length > 0) return wrong;
    return [...clustered.flatMap(nameFinding), ...eraFindings(clustered)];
  },
};

/** Tribes up to Carbon 4.1, Hazelcast from 4.2 on. */
const classes: Readonly<Record<ClusteringAgent, string>> = {
  tribes: 'org.apache.axis2.clustering.tribes.TribesClusteringAgent',
  hazelcast: 'org.wso2.carbon.core.clustering.hazelcast.HazelcastClusteringAgent',
};

function versionFinding({ node, clustering: { agent, className } }: ClusteredNode): readonly Finding[] {
  const wanted = eraOf(node);
  if (wanted === undefined || wanted === agent) return [];
  return [
    {
      severity: 'error',
      nodes: [node],
      place: placeOf(className),
      what: `the clustering class is ${className.value}, but Carbon ${node.facts.home.carbonVersion} has ${classes[wanted]}`,
      fix: `put the class that the home was shipped with back: ${classes[wanted]}`,
    },
  ];
}

function eraOf({ facts }: CheckedNode): ClusteringAgent | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(facts.home.carbonVersion ?? '') ?? [];
  if (Number(major) !== 4) return undefined;
  return Number(minor) >= 2 ? 'hazelcast' : 'tribes';
}

function nameFinding({ node, clustering: { className } }: ClusteredNode): readonly Finding[] {
  if (Object.values(classes).includes(className.value.trim())) return [];
  return [
    {
      severity: 'warning',
      nodes: [node],
      place: placeOf(className),
      what:
        className.value.trim() === ''
          ? 'clustering has no class'
          : `the clustering class is ${className.value}, which Carbon does not bring`,
      fix: `put the class that the home was shipped with back: ${shippedClass(node)}`,
    },
  ];
}

function shippedClass(node: CheckedNode): string {
  const era = eraOf(node);
  return era === undefined ? `${classes.tribes} up to Carbon 4.1, ${classes.hazelcast} from 4.2 on` : classes[era];
}

function eraFindings(clustered: readonly ClusteredNode[]): readonly Finding[] {
  const claims = clustered.map(({ node, clustering: { agent, className } }) => ({
    node,
    key: agent,
    shown: agent === 'tribes' ? 'Tribes' : 'Hazelcast',
    place: placeOf(className),
  }));
  const different = disagreement(claims, undefined);
  if (different === undefined) return [];
  return [
    {
      severity: 'error',
      nodes: different.odd.map(({ node }) => node),
      place: different.odd[0].place,
      what: `the clustering ${different.what}`,
      fix: 'run products of one Carbon era in a cluster; the class alone cannot be changed',
    },
  ];
}
