import type { ClusterNode, ClusterTopology } from '../cluster/topology';

/** Whose log it is, and what is waited for. */
export interface LogQuestion {
  readonly topology: ClusterTopology;
  readonly node: ClusterNode;
  /** `own-start`: members that are started after this node are not waited for. */
  readonly scope: 'cluster' | 'own-start';
}
