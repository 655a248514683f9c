import type { ClusteringAgent } from '../cluster/members';
import type { RoleName } from '../cluster/roles';
import type { KnownLineName } from './known-lines';
import type { SeenLine, StartState } from './start-record';

/** What a log says of the last start in it, and whether that is as it should be. */
export interface LogVerdict {
  /** False where no line is one of a server. */
  readonly isServerLog: boolean;
  /** `undefined` without a cluster file. */
  readonly node: { readonly name: string; readonly role: RoleName } | undefined;
  readonly agent: ClusteringAgent | undefined;
  readonly state: StartState;
  /** How many starts the log holds; the last one counts. */
  readonly starts: number;
  /** The first line of that start; `undefined` where it is not in the log. */
  readonly start: SeenLine | undefined;
  readonly lines: readonly ExpectedLine[];
  readonly members: readonly MemberVerdict[];
  /** The worst first. */
  readonly problems: readonly LogProblem[];
  /** True where the server is up, every line and every member is there, and there is no error. */
  readonly isHealthy: boolean;
  /** True where waiting cannot make it better: it is healthy, or an error ended the start, or it is up with an error. */
  readonly isSettled: boolean;
}

/** A line of a start. */
export interface ExpectedLine {
  /** Such as `cluster-domain`. */
  readonly name: string;
  /** The message, with `…` where it differs. */
  readonly message: string;
  /** `undefined` where it did not come. */
  readonly seen: SeenLine | undefined;
}

/**
 * What became of a member. `joined`, `left`, `missing`; `awaited`: it is started later and not waited for; `untold`: it may
 * have been there before, of which the log of this node says nothing; `stranger`: it is no node of the cluster file;
 * `seen`: it joined, and no cluster file says whether it should.
 */
export type MemberState = 'joined' | 'left' | 'missing' | 'awaited' | 'untold' | 'stranger' | 'seen';

/** One member of the cluster. */
export interface MemberVerdict {
  /** The node of the cluster file; `undefined` for a stranger. */
  readonly name: string | undefined;
  /** `192.0.2.1:4000`. */
  readonly address: string;
  /** As the log says it; null where it says that there is none, `undefined` where it does not say. */
  readonly subDomain: string | null | undefined;
  readonly state: MemberState;
  readonly seen: SeenLine | undefined;
}

/** Something that is wrong. */
export interface LogProblem {
  readonly severity: 'error' | 'warning';
  /** A known line, or what was found by comparing. */
  readonly name: KnownLineName | ComparedProblem;
  /** The line, as the server wrote it; `undefined` where it is about something that is missing. */
  readonly seen: SeenLine | undefined;
  /** How often the line came. */
  readonly count: number;
  /** What it means; one sentence without a final dot. */
  readonly meaning: string;
  /** What to do; one sentence without a final dot. */
  readonly advice: string;
}

/** Problems that no single line tells. */
export type ComparedProblem =
  | 'wrong-domain'
  | 'wrong-address'
  | 'wrong-sub-domain'
  | 'member-at-other-port'
  | 'stranger'
  | 'member-left'
  | 'cluster-of-its-own'
  | 'other-errors'
  | 'fatal';
