import { roleOf } from '../cluster/roles';
import { clusterProblems } from './cluster-problems';
import { compareMembers, membersAsSeen } from './compare-members';
import { endsStart, knownProblems } from './known-problems';
import type { LogQuestion } from './log-question';
import { milestones, type ExpectedStart } from './milestones';
import type { StartRecord } from './start-record';
import type { ExpectedLine, LogProblem, LogVerdict, MemberState } from './verdict';

/**
 * What a log says of the last start in it; with a question, whether that is what the cluster file wants. A member that is
 * `untold` is not held against the node.
 */
export function judgeLog(record: StartRecord, question?: LogQuestion): LogVerdict {
  const compared = question && compareMembers(record, question);
  const members = compared?.verdicts ?? membersAsSeen(record);
  const lines = linesOf(record, startOf(record, question));
  const problems = [
    ...knownProblems(record, { isAlone: question === undefined }),
    ...(question === undefined ? [] : clusterProblems(record, question, compared)),
  ].toSorted((a, b) => rank(a) - rank(b));
  const isUp = record.state === 'started';
  const hasError = problems.some(({ severity }) => severity === 'error');
  // Where no line tells the era, nobody has joined either.
  const isComplete =
    lines.every(({ seen }) => seen !== undefined) &&
    (question === undefined || compared !== undefined) &&
    !members.some(({ state }) => bad.has(state));
  const isHealthy = isUp && isComplete && !hasError;
  return {
    isServerLog: record.entries > 0,
    node: question && { name: question.node.name, role: question.node.role },
    agent: record.agent,
    state: record.state,
    starts: record.starts,
    start: record.milestones.get('starting'),
    lines: record.entries > 0 ? lines : [],
    members,
    problems,
    isHealthy,
    isSettled: isHealthy || problems.some(endsStart) || (isUp && hasError),
  };
}

const bad: ReadonlySet<MemberState> = new Set(['left', 'missing', 'stranger']);

const rank = ({ severity }: LogProblem): number => (severity === 'error' ? 0 : 1);

function startOf({ agent }: StartRecord, question: LogQuestion | undefined): ExpectedStart {
  return { agent, role: question && roleOf(question.node.role), scheme: question?.topology.membershipScheme };
}

/** The lines that are wanted, and of the others those that came. */
function linesOf({ milestones: seen, state }: StartRecord, start: ExpectedStart): readonly ExpectedLine[] {
  // The start may be in a file that is gone; a server that says that it is up was started.
  const isOlder = (name: string): boolean => name === 'starting' && state === 'started';
  return milestones.flatMap((milestone) => {
    const { name, message } = milestone;
    const line = seen.get(name);
    const isWanted = milestone.isRequired(start) && !(line === undefined && isOlder(name));
    return isWanted || line !== undefined ? [{ name, message, seen: line }] : [];
  });
}
