import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import type { StartFacts } from './start-facts';

/** A node that the runbook is about. */
export interface RunbookNode {
  readonly node: ClusterNode;
  /** The folder of the product on the machine of the node. */
  readonly home: string;
  /** `undefined` where the home is on another machine. */
  readonly facts: StartFacts | undefined;
}

/** What a runbook is made of. */
export interface RunbookRequest {
  readonly topology: ClusterTopology;
  /** As commands name it. */
  readonly clusterFile: string;
  /** Nodes with a home; those that are not among them are taken to be up. */
  readonly nodes: readonly RunbookNode[];
  /** `scripts`: those of the homes make the tables; `setup`: the first start of the first manager does. */
  readonly tables: 'scripts' | 'setup';
}
