import type { HomeFacts } from '../carbon/facts/home-facts';
import type { EffectivePort } from '../carbon/effective-ports';
import type { RoleName } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';

/** One home that is checked, with what it should be. */
export interface CheckedNode {
  /** The name in the cluster file, or the path of the home as the caller gave it. */
  readonly name: string;
  readonly facts: HomeFacts;
  /** From the cluster file, or as the home shows it (see `roleOfHome`). */
  readonly role: RoleName;
  /** The machine it runs on: the host of the cluster file, else localMemberHost, else `undefined`. Nodes of one machine share the text. */
  readonly machine: string | undefined;
  /** `undefined` without a cluster file. */
  readonly node: ClusterNode | undefined;
  readonly ports: readonly EffectivePort[];
}

/** The homes that are checked together. */
export interface CheckedCluster {
  /** `undefined` without a cluster file: then homes are compared with each other. */
  readonly topology: ClusterTopology | undefined;
  /** Nodes with a home that could be opened. */
  readonly nodes: readonly CheckedNode[];
  /** Homes that could not be opened, with the code and the message of the error. */
  readonly unopened: readonly UnopenedHome[];
}

/** A home that could not be opened. */
export interface UnopenedHome {
  readonly name: string;
  readonly home: string;
  readonly code: string;
  readonly message: string;
}
