import type { ExpectedLine, LogProblem, LogVerdict, MemberVerdict } from '../log/verdict';
import { paint, printable, type ColorOptions } from './color';
import { displayWidth } from './display-width';
import { maskedLine, memberWords, placeOfLine, timesWords, verdictWords } from './log-shown';

/**
 * The verdict on a server log, for people: whose log it is and which start counts, the lines of that start with `+` for
 * those that came and `-` for those that are missing, the members with `!` for what is wrong, each problem with what it
 * means and what to do, and the verdict in one line. Each line ends in LF. Secrets are masked.
 */
export function logText(verdict: LogVerdict, options: ColorOptions): string {
  const sections = [
    head(verdict, options),
    verdict.lines.length === 0 ? [] : [heading('Lines of a start:', options), ...lineRows(verdict.lines, options)],
    verdict.members.length === 0 ? [] : [heading('Members:', options), ...memberRows(verdict.members, options)],
    ...verdict.problems.map((problem) => problemLines(problem, options)),
    [summary(verdict, options)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

const eras = { tribes: 'Tribes clustering', hazelcast: 'Hazelcast clustering' } as const;

function head({ isServerLog, node, agent, start, starts }: LogVerdict, options: ColorOptions): readonly string[] {
  if (!isServerLog) return [];
  const which = start === undefined ? 'the start is not in this log' : `start of ${start.time}, ${placeOfLine(start)}`;
  const others = starts > 1 ? `, the last of ${starts}` : '';
  const subject = node === undefined ? 'a server' : `${node.name} (${node.role})`;
  const era = agent === undefined ? '' : `; ${eras[agent]}`;
  return [`${paint(printable(subject), 'heading', options)}: ${printable(which)}${others}${era}`];
}

function heading(text: string, options: ColorOptions): string {
  return paint(text, 'heading', options);
}

function lineRows(lines: readonly ExpectedLine[], options: ColorOptions): readonly string[] {
  const numbers = lines.map(({ seen }) => (seen === undefined ? '' : String(seen.line)));
  const width = Math.max(...numbers.map(({ length }) => length));
  return lines.map(({ message, seen }, index) => {
    const number = paint((numbers[index] ?? '').padStart(width), 'place', options);
    return seen === undefined
      ? `  ${paint('-', 'removed', options)} ${number} ${message}`
      : `  ${paint('+', 'added', options)} ${number} ${oneLine(maskedLine(seen))}`;
  });
}

function memberRows(members: readonly MemberVerdict[], options: ColorOptions): readonly string[] {
  const rows = members.map((member) => ({
    member,
    name: printable(member.name ?? '?'),
    address: printable(member.address),
  }));
  const nameWidth = Math.max(...rows.map(({ name }) => widthOf(name)));
  const addressWidth = Math.max(...rows.map(({ address }) => widthOf(address)));
  return rows.map(({ member, name, address }) => {
    const words = printable(memberWords(member));
    const mark = paint(marks[member.state], tones[member.state], options);
    return `  ${mark} ${padded(name, nameWidth)}  ${padded(address, addressWidth)}  ${words}`.trimEnd();
  });
}

const marks = { joined: '+', seen: '+', awaited: ' ', untold: '?', left: '!', missing: '-', stranger: '!' } as const;
const tones = {
  joined: 'added',
  seen: 'added',
  awaited: 'place',
  untold: 'place',
  left: 'removed',
  missing: 'removed',
  stranger: 'removed',
} as const;

function problemLines(problem: LogProblem, options: ColorOptions): readonly string[] {
  const { severity, name, seen, meaning, advice } = problem;
  const place = seen === undefined ? '' : ` ${paint(printable(placeOfLine(seen)), 'place', options)}`;
  return [
    `${paint(severity, severity === 'error' ? 'removed' : 'changed', options)} ${heading(name, options)}${place}${timesWords(problem)}`,
    ...(seen === undefined ? [] : [`  log: ${oneLine(maskedLine(seen))}`]),
    `  means: ${oneLine(meaning)}`,
    `  do: ${oneLine(advice)}`,
  ];
}

function summary(verdict: LogVerdict, options: ColorOptions): string {
  const words = verdictWords(verdict);
  return paint(words.charAt(0).toUpperCase() + words.slice(1), verdict.isHealthy ? 'added' : 'removed', options);
}

/** A log can hold anything, also what would steer a terminal. */
function oneLine(text: string): string {
  return printable(text.replace(/[\r\n\t]+/g, ' '));
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + displayWidth(char), 0);
}
