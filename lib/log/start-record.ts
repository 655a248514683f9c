import type { ClusteringAgent } from '../cluster/members';
import type { KnownLineName } from './known-lines';
import type { LogLevel } from './log-line';
import type { NamedMember } from './member-lines';

/** A line of a log that is worth showing. */
export interface SeenLine {
  /** As the caller named the file. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** As the server wrote it; empty where the line has no time. */
  readonly time: string;
  /** The message, cut where it is long; it may hold secrets. */
  readonly text: string;
}

/** A line that came one or several times. */
export interface RepeatedLine extends SeenLine {
  readonly count: number;
}

/** A member that came up in a log, as it stands at the end. */
export interface SeenMember extends NamedMember, SeenLine {
  readonly hasLeft: boolean;
}

/** How far a start got. `none`: no start is in the log. */
export type StartState = 'none' | 'starting' | 'started' | 'stopped';

/** What a log says of the last start in it. */
export interface StartRecord {
  /** How many starts there are. */
  readonly starts: number;
  /** Entries of a server log, of whatever start. */
  readonly entries: number;
  readonly state: StartState;
  /** The era, where a line tells it. */
  readonly agent: ClusteringAgent | undefined;
  /** The first line of each milestone, by its name. */
  readonly milestones: ReadonlyMap<string, SeenLine>;
  readonly domain: (SeenLine & { readonly domain: string }) | undefined;
  readonly local: (NamedMember & SeenLine) | undefined;
  /** By address and port, without the server itself as far as lists of members mark it. */
  readonly members: readonly SeenMember[];
  /** True where a list of all members was logged, so that who is missing in it is missing. */
  readonly hasMemberList: boolean;
  /** True where this server became the coordinator, as the first member of a cluster does. */
  readonly isCoordinator: boolean;
  readonly known: ReadonlyMap<KnownLineName, RepeatedLine>;
  /** Entries of level ERROR and FATAL that are not known: how many, and the first of them. */
  readonly otherErrors: {
    readonly count: number;
    readonly first: readonly (SeenLine & { readonly level: LogLevel })[];
  };
}
