import type { Runbook, RunbookPart, RunbookStep, StartStep } from '../runbook/runbook';
import { printable } from './color';
import { commandText, startLines, variablesOf } from './runbook-commands';
import { shellWord } from '../text/shell-word';

/**
 * The runbook as a POSIX shell script, to be read before it is run: it does the one part that it is told, on the machine
 * where it is told, stops at the first step that fails, and asks before it goes on where somebody has to do something. Run
 * without a part it lists them and does nothing. Ends with LF.
 */
export function runbookScript(runbook: Runbook): string {
  const { parts, domain, clusterFile } = runbook;
  return [
    '#!/bin/sh',
    comment(`Brings up ${domain}, as ${clusterFile} says. Read it before you run it.`),
    '# Parts, to be run in this order, each on the machine that it names:',
    ...parts.filter(({ direction }) => direction === 'forward').map(partComment),
    '# Only where it has to be taken back:',
    ...parts.filter(({ direction }) => direction === 'back').map(partComment),
    'set -eu',
    '# The scripts of the servers find their own homes; a variable of another one would lead them there.',
    'unset CARBON_HOME',
    '',
    ...functions,
    ...parts.flatMap(partFunction),
    'case ${1-} in',
    ...parts.map((part) => `  ${part.name}) ${functionName(part)} ;;`),
    '  *)',
    `    printf 'usage: sh %s PART, where PART is one of:\\n' "$0" >&2`,
    ...parts.map((part) => `    printf '  %s\\n' ${shellWord(partTitle(part))} >&2`),
    '    exit 2',
    '    ;;',
    'esac',
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const functions = `say() {
  printf '== %s\\n' "$1" >&2
}

fail() {
  printf 'runbook: %s\\n' "$1" >&2
  exit 1
}

# Goes on only where a person says that it is done; without a terminal, RUNBOOK_DONE=yes says so.
by_hand() {
  printf '%s\\n' "$1" >&2
  if [ "\${RUNBOOK_DONE-}" = yes ]; then return 0; fi
  [ -t 0 ] || fail 'somebody has to do this; when it is done, run the part again with RUNBOOK_DONE=yes'
  printf 'Is it done? [y/N] ' >&2
  read -r answer || answer=
  [ "$answer" = y ] || fail 'not done; run the part again when it is'
}

# A second server in a home destroys its embedded database.
not_running() {
  if [ -f "$1/wso2carbon.pid" ] && ps -p "$(cat "$1/wso2carbon.pid")" > /dev/null 2>&1; then
    fail "a server runs from $1 already; stop it first"
  fi
}
`.split('\n');

function partComment(part: RunbookPart): string {
  return comment(`  ${partTitle(part)}`);
}

function partTitle({ name, title, machine }: RunbookPart): string {
  return printable(`${name}: ${title}${machine === undefined ? '' : `, on ${machine}`}`).replace(/[\r\n]+/g, ' ');
}

/** A text from a file must not end the comment. */
function comment(text: string): string {
  return `# ${printable(text).replace(/[\r\n]+/g, ' ')}`;
}

function functionName({ name }: RunbookPart): string {
  return name.replaceAll('-', '_');
}

function partFunction(part: RunbookPart): readonly string[] {
  const variables = variablesOf([part]).map((name) => `  : "\${${name}:?set it to ${variableMeanings[name] ?? name}}"`);
  const starts = part.steps.some(({ kind }) => kind === 'start');
  return [
    `${functionName(part)}() {`,
    ...variables,
    ...(starts ? [`  : "\${JAVA_HOME:?set it to the Java that the servers run with}"`] : []),
    ...part.steps.flatMap((step) => stepLines(step).map((line) => `  ${line}`)),
    '}',
    '',
  ];
}

const variableMeanings: Readonly<Record<string, string>> = { JDBC_DRIVER: 'the path of the JDBC driver' };

function stepLines(step: RunbookStep): readonly string[] {
  const head = [`say ${shellWord(step.title)}`, ...step.notes.map(comment)];
  if (step.kind === 'start') return [...head, ...startStepLines(step)];
  const failure = shellWord(`${step.title}: failed; mend it and run this part again`);
  const command = `${commandText(step.command)} || fail ${failure}`;
  return step.kind === 'by-hand' ? [...head, command, `by_hand ${shellWord(step.task)}`] : [...head, command];
}

function startStepLines(step: StartStep): readonly string[] {
  const lines = startLines(step);
  const failure = `${step.node} did not come up; what stands above says why, else start it in the foreground`;
  return [
    `not_running ${shellWord(step.home)}`,
    ...lines.slice(0, -1),
    `${lines.at(-1) ?? ''} ||`,
    `  fail ${shellWord(failure)}`,
  ];
}
