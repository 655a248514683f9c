import type { Runbook, RunbookPart, RunbookStep } from '../runbook/runbook';
import { printable } from './color';
import { commandText, startLines, variablesOf } from './runbook-commands';

/** The runbook as Markdown: a section for each part, with the commands of its steps as blocks for a shell. Ends with LF. */
export function runbookMarkdown(runbook: Runbook): string {
  const { domain, clusterFile, parts } = runbook;
  const sections = parts.flatMap((part, index) => [
    ...(part.direction === 'back' && parts[index - 1]?.direction === 'forward'
      ? ['## The way back', '', 'Only where it has to be taken back.', '']
      : []),
    ...section(part),
  ]);
  return [
    `# Bring up ${inline(domain)}`,
    '',
    `Made from ${inline(clusterFile)}. Do the parts in this order, each on the machine that it names.`,
    'Run the commands in the folder from which that path is right, with JAVA_HOME set and CARBON_HOME not set.',
    ...(variablesOf(parts).includes('JDBC_DRIVER')
      ? ['Set JDBC_DRIVER to the path of the JDBC driver, such as `JDBC_DRIVER=/tmp/driver.jar`.']
      : []),
    '',
    ...sections,
  ]
    .map((line) => `${line}\n`)
    .join('')
    .replace(/\n+$/, '\n');
}

function section({ title, machine, steps, direction }: RunbookPart): readonly string[] {
  const where = machine === undefined ? '' : `, on ${inline(machine)}`;
  const mark = direction === 'back' ? '###' : '##';
  return [`${mark} ${inline(title)}${where}`, '', ...steps.flatMap(stepLines)];
}

function stepLines(step: RunbookStep, index: number): readonly string[] {
  const commands = step.kind === 'start' ? startLines(step) : [commandText(step.command)];
  const after = step.kind === 'by-hand' ? [step.task, ''] : [];
  return [
    `${index + 1}. ${inline(step.title)}.`,
    '',
    '```sh',
    ...commands.map(printable),
    '```',
    '',
    ...after,
    ...step.notes.flatMap((note) => [note, '']),
  ];
}

/** A text as Markdown shows it: what would be markup is escaped. */
function inline(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
