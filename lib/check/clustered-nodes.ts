import type { ClusteringFacts } from '../carbon/facts/axis2-facts';
import type { CheckedNode } from './checked-cluster';

/** A node whose clustering is on. */
export interface ClusteredNode {
  readonly node: CheckedNode;
  readonly clustering: ClusteringFacts;
}

/** Those nodes whose clustering is on: what the others say about their membership has no effect. */
export function clusteredNodes(nodes: readonly CheckedNode[]): readonly ClusteredNode[] {
  return nodes.flatMap((node) => {
    const clustering = node.facts.axis2?.clustering;
    return clustering?.enabled.value === true ? [{ node, clustering }] : [];
  });
}

/** The membership scheme of a node; both agents take `multicast` where none is written. */
export function membershipSchemeOf({ parameters }: ClusteringFacts): string {
  return parameters.get('membershipScheme')?.value ?? 'multicast';
}
