import type { HomeFacts } from '../carbon/facts/home-facts';
import type { Sourced } from '../carbon/facts/sourced';
import type { EffectivePort } from '../carbon/effective-ports';
import type { RoleName } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import type { ProbeResult, ProbeTarget } from '../database/database-probe';

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
  /** The databases that the nodes use, where somebody asked to open them; left out otherwise. */
  readonly databases?: readonly ProbedDatabase[];
}

/** A home that could not be opened. */
export interface UnopenedHome {
  readonly name: string;
  readonly home: string;
  readonly code: string;
  readonly message: string;
}

/** One database as one user sees it, which the files of some nodes use. */
export interface DatabaseInUse {
  /** The first of them has the place. */
  readonly nodes: readonly CheckedNode[];
  /** The JNDI names of its datasources. */
  readonly datasources: readonly string[];
  /** Where its URL stands. */
  readonly place: Sourced<unknown>;
  /** As it may be shown: without options and passwords, and with the user. */
  readonly shown: string;
  /** Such as `127.0.0.1:3306`, for what is about the server; empty where it is not known. */
  readonly server: string;
  /** The tables that should be there. */
  readonly expected: readonly ExpectedTables[];
  /** What to open, or why it cannot be: a clause that goes on from "not looked at: ". */
  readonly opening: { readonly target: ProbeTarget } | { readonly because: string };
}

/** Tables that something keeps in a database. */
export interface ExpectedTables {
  /** Such as `the registry`. */
  readonly what: string;
  /** Such as `REG_*`. */
  readonly prefix: string;
  readonly tables: readonly string[];
}

/** A database in use, with what came of opening it. */
export interface ProbedDatabase extends DatabaseInUse {
  /** `undefined` where nothing was opened. */
  readonly result: ProbeResult | undefined;
}
