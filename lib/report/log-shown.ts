import type { LogProblem, LogVerdict, MemberVerdict } from '../log/verdict';
import type { SeenLine } from '../log/start-record';
import { maskSecrets } from './mask-secrets';

/** A line of a log for an output, with secrets masked; it may still hold what would steer a terminal. */
export function maskedLine({ text }: SeenLine): string {
  // What MySQL says of a login is about a password and holds none.
  return text
    .split(/(\(using password: (?:YES|NO)\))/)
    .map((part) => (/^\(using password/.test(part) ? part : maskSecrets(part)))
    .join('');
}

/** The verdict in a few words: `healthy`, or what stands against it. */
export function verdictWords(verdict: LogVerdict): string {
  const { isServerLog, isHealthy, isSettled, state, lines, members, problems } = verdict;
  if (!isServerLog) return 'no line of a server';
  const untold = counted(
    members.filter((member) => member.state === 'untold').length,
    'member',
    'not told by this log',
  );
  if (isHealthy) return untold === '' ? 'healthy' : `healthy; ${untold}`;
  const missingLines = lines.filter(({ seen }) => seen === undefined).length;
  const missing = members.filter((member) => member.state === 'missing').length;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return [
    state === 'starting' && isSettled ? 'the start failed' : stateWords[state],
    counted(errors, 'error'),
    state === 'started' || state === 'starting' ? counted(missingLines, 'line', 'missing') : '',
    counted(missing, 'member', 'missing'),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

const stateWords = {
  none: 'no start in the log',
  starting: 'still starting',
  started: 'started, but not healthy',
  stopped: 'stopped',
} as const;

/** What is said of a member behind its address; empty where it joined as it should. */
export function memberWords({ state, subDomain }: MemberVerdict): string {
  const shown = subDomain === undefined ? '' : subDomain === null ? 'no sub-domain' : `sub-domain ${subDomain}`;
  return [shown, stateOfMember[state]].filter((text) => text !== '').join(', ');
}

const stateOfMember: Readonly<Record<MemberVerdict['state'], string>> = {
  joined: '',
  seen: '',
  left: 'left the cluster',
  missing: 'has not joined',
  awaited: 'is started later',
  untold: 'not told by this log; it may have been there before',
  stranger: 'is no node of the cluster file',
};

/** Where a line stands: `wso2carbon.log:12`; of several files the name is needed. */
export function placeOfLine({ path, line }: SeenLine): string {
  return `${path}:${line}`;
}

/** ` (3 times)`, or nothing where it came once. */
export function timesWords({ count }: Pick<LogProblem, 'count'>): string {
  return count === 1 ? '' : ` (${count} times)`;
}

function counted(count: number, noun: string, state = ''): string {
  if (count === 0) return '';
  return `${count} ${noun}${count === 1 ? '' : 's'}${state === '' ? '' : ` ${state}`}`;
}
