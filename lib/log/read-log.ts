import type { ClusteringAgent } from '../cluster/members';
import { findKnownLine, type KnownLineName } from './known-lines';
import { parseLogLine, type LogLine } from './log-line';
import { hazelcastListEvent, memberEventOf, type MemberEvent, type NamedMember } from './member-lines';
import { agentOf, milestones } from './milestones';
import { lineFeed, lineSplitter } from './split-lines';
import type { RepeatedLine, SeenLine, SeenMember, StartRecord, StartState } from './start-record';

/** Reads server logs piece by piece and remembers the last start in them, in bounded memory. */
export interface LogReader {
  /**
   * Begins another file: what was left of the one before is a line, and lines count from 1 again. So many bytes at its
   * beginning count as lines only; what is in them does not matter.
   */
  beginFile(path: string, skip?: number): void;
  /** Takes the next bytes of the file, wherever they end. */
  push(bytes: Uint8Array): void;
  /** Takes what follows the last line end for a line; nothing is pushed after that. */
  end(): void;
  /** What is known so far. */
  record(): StartRecord;
}

/** A reader that has read nothing. */
export function logReader(): LogReader {
  const place = { path: '', line: 0, skip: 0 };
  const log = { starts: 0, entries: 0 };
  let start = newStart();
  const splitter = lineSplitter((text) => {
    place.line += 1;
    const { path, line } = place;
    const entry = parseLogLine(line === 1 ? text.replace(/^\uFEFF/, '') : text);
    if (entry === undefined) {
      takeContinuation(start, text, { path, line, time: '', text: shortened(text) });
      return;
    }
    log.entries += 1;
    if (startMarker.test(entry.message)) {
      log.starts += 1;
      start = newStart();
    }
    takeEntry(start, entry, { path, line, time: entry.time, text: shortened(entry.message) });
  });
  return {
    beginFile: (path, skip = 0) => {
      splitter.end();
      Object.assign(place, { path, line: 0, skip });
    },
    push: (bytes) => {
      const skipped = bytes.subarray(0, place.skip);
      place.skip -= skipped.length;
      place.line += skipped.reduce((count, byte) => (byte === lineFeed ? count + 1 : count), 0);
      splitter.push(bytes.subarray(skipped.length));
    },
    end: () => splitter.end(),
    record: () => ({ ...log, ...recordOf(start) }),
  };
}

const startMarker = /^Starting WSO2 Carbon/;
const stopped =
  /^(?:Shutdown hook triggered|Gracefully shutting down|Shutting down WSO2 Carbon|Halting JVM|Shutdown complete)/;

/** Members and unknown errors that are remembered; a log can name any number of either. */
const mostMembers = 500;
const mostErrors = 5;

/** Characters of a message that are kept. */
const mostCharacters = 300;

type Errors = StartRecord['otherErrors']['first'];

interface Start {
  state: StartState;
  agent: ClusteringAgent | undefined;
  readonly milestones: Map<string, SeenLine>;
  domain: StartRecord['domain'];
  local: StartRecord['local'];
  readonly members: Map<string, SeenMember>;
  hasMemberList: boolean;
  isCoordinator: boolean;
  readonly known: Map<KnownLineName, RepeatedLine>;
  /** An error that is not known, until what stands below it is read. */
  pending: Errors[number] | undefined;
  otherErrors: number;
  firstErrors: Errors;
}

function newStart(): Start {
  return {
    state: 'none',
    agent: undefined,
    milestones: new Map(),
    domain: undefined,
    local: undefined,
    members: new Map(),
    hasMemberList: false,
    isCoordinator: false,
    known: new Map(),
    pending: undefined,
    otherErrors: 0,
    firstErrors: [],
  };
}

function takeEntry(start: Start, { level, className, message }: LogLine, seen: SeenLine): void {
  settlePending(start);
  const known =
    level === 'TRACE' || level === 'DEBUG' ? undefined : findKnownLine(message, { isInfo: level === 'INFO' });
  if (known !== undefined) remember(start, known, seen);
  else if (level === 'ERROR' || level === 'FATAL') start.pending = { ...seen, level };
  start.agent ??= agentOf(className, message);
  const milestone = milestones.find(({ pattern }) => pattern.test(message));
  if (milestone !== undefined) takeMilestone(start, milestone.name, message, seen);
  else if (stopped.test(message)) start.state = 'stopped';
  const event = memberEventOf(message);
  if (event !== undefined) takeEvent(start, event, seen);
}

function takeMilestone(start: Start, name: string, message: string, seen: SeenLine): void {
  if (!start.milestones.has(name)) start.milestones.set(name, seen);
  if (name === 'starting') start.state = 'starting';
  if (name === 'started') start.state = 'started';
  if (name === 'cluster-domain') start.domain ??= { ...seen, domain: message.replace(/^Cluster domain: /, '').trim() };
}

/** A line that belongs to the entry above it: of a stack trace, or of a list. */
function takeContinuation(start: Start, text: string, seen: SeenLine): void {
  // A load balancer has an instance of Hazelcast for each domain, and nothing tells whose list it is.
  const event = start.milestones.has('group-management') ? undefined : hazelcastListEvent(text);
  if (event !== undefined) takeEvent(start, event, seen);
  else if (!/^\s+(?:at |\.\.\. \d)/.test(text)) {
    const known = findKnownLine(text, { isInfo: false });
    if (known === undefined) return;
    // The error above is explained by it.
    const head = start.pending ?? seen;
    start.pending = undefined;
    remember(start, known, { ...head, text: seen.text });
  }
}

function remember(start: Start, name: KnownLineName, seen: SeenLine): void {
  const before = start.known.get(name);
  start.known.set(name, { ...(before ?? seen), count: (before?.count ?? 0) + 1 });
}

function settlePending(start: Start): void {
  if (start.pending === undefined) return;
  start.otherErrors += 1;
  start.firstErrors = withError(start.firstErrors, start.pending);
  start.pending = undefined;
}

/** The first few errors; one that is fatal comes before them and is never left out. */
function withError(first: Errors, next: Errors[number]): Errors {
  const all = next.level === 'FATAL' && first[0]?.level !== 'FATAL' ? [next, ...first] : [...first, next];
  return all.slice(0, mostErrors);
}

function takeEvent(start: Start, event: MemberEvent, seen: SeenLine): void {
  if (event.kind === 'elected') start.isCoordinator = true;
  else if (event.kind === 'list') {
    start.hasMemberList = true;
    start.members.clear();
  } else if (event.kind === 'local') start.local ??= { ...event.member, ...seen };
  else takeMember(start, event.member, seen, event.kind === 'left');
}

function takeMember(start: Start, member: NamedMember, seen: SeenLine, hasLeft: boolean): void {
  const key = `${member.host.toLowerCase()}:${member.port}`;
  const before = start.members.get(key);
  if (before === undefined && start.members.size >= mostMembers) return;
  // One line names the sub-domain, and others of the same member do not.
  start.members.set(key, { ...before, ...member, ...seen, hasLeft });
}

function recordOf(start: Start): Omit<StartRecord, 'starts' | 'entries'> {
  const { pending, firstErrors, otherErrors, members, milestones: seen, known, ...rest } = start;
  return {
    ...rest,
    milestones: new Map(seen),
    known: new Map(known),
    members: [...members.values()],
    otherErrors:
      pending === undefined
        ? { count: otherErrors, first: firstErrors }
        : { count: otherErrors + 1, first: withError(firstErrors, pending) },
  };
}

/** Cut between characters, so that no surrogate is left alone. */
function shortened(text: string): string {
  if (text.length <= mostCharacters) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(mostCharacters - 1)) ? mostCharacters - 1 : mostCharacters;
  return `${text.slice(0, end)}…`;
}
