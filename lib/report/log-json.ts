import type { SeenLine } from '../log/start-record';
import type { LogVerdict } from '../log/verdict';
import { maskedLine, verdictWords } from './log-shown';

/**
 * The verdict on a server log, as JSON for other programs. Fields are added without a new `formatVersion`; a field that
 * goes or means something else raises it. Secrets are masked.
 */
export interface LogJson {
  readonly formatVersion: 1;
  readonly log: string;
  /** The node, or null without a cluster file. */
  readonly node: string | null;
  readonly role: string | null;
  readonly isHealthy: boolean;
  /** In words, as the last line of the text. */
  readonly verdict: string;
  /** False where no line is one of a server. */
  readonly isServerLog: boolean;
  /** `none`, `starting`, `started` or `stopped`. */
  readonly state: string;
  /** `tribes`, `hazelcast`, or null where no line tells it. */
  readonly clustering: string | null;
  readonly starts: number;
  /** The first line of the last start; null where it is not in the log. */
  readonly start: SeenLine | null;
  readonly lines: readonly { readonly name: string; readonly message: string; readonly seen: SeenLine | null }[];
  readonly members: readonly MemberJson[];
  readonly problems: readonly ProblemJson[];
}

/** One member. */
export interface MemberJson {
  /** Null for one that is no node of the cluster file. */
  readonly node: string | null;
  readonly address: string;
  /** Null where it has none or the log does not say. */
  readonly subDomain: string | null;
  /** `joined`, `left`, `missing`, `awaited`, `untold`, `stranger` or `seen`. */
  readonly state: string;
  readonly seen: SeenLine | null;
}

/** One problem. */
export interface ProblemJson {
  readonly severity: 'error' | 'warning';
  readonly name: string;
  readonly seen: SeenLine | null;
  readonly count: number;
  readonly meaning: string;
  readonly advice: string;
}

/** The JSON form of a verdict, ready for `JSON.stringify`. */
export function logJson(log: string, verdict: LogVerdict): LogJson {
  const { node, agent, state, starts, start, lines, members, problems, isHealthy, isServerLog } = verdict;
  return {
    formatVersion: 1,
    log,
    node: node?.name ?? null,
    role: node?.role ?? null,
    isHealthy,
    verdict: verdictWords(verdict),
    isServerLog,
    state,
    clustering: agent ?? null,
    starts,
    start: seenJson(start),
    lines: lines.map(({ name, message, seen }) => ({ name, message, seen: seenJson(seen) })),
    members: members.map(({ name, address, subDomain, state: stateOfMember, seen }) => ({
      node: name ?? null,
      address,
      subDomain: subDomain ?? null,
      state: stateOfMember,
      seen: seenJson(seen),
    })),
    problems: problems.map(({ severity, name, seen, count, meaning, advice }) => ({
      severity,
      name,
      seen: seenJson(seen),
      count,
      meaning,
      advice,
    })),
  };
}

function seenJson(seen: SeenLine | undefined): SeenLine | null {
  return seen === undefined ? null : { path: seen.path, line: seen.line, time: seen.time, text: maskedLine(seen) };
}
