import type { Command, RunbookPart, StartStep } from '../runbook/runbook';
import { shellWord } from '../text/shell-word';

/** A command as a POSIX shell takes it. */
export function commandText(command: Command): string {
  return command.map((word) => (typeof word === 'string' ? plainWord(word) : `"$${word.variable}"`)).join(' ');
}

/** A shell gives a dash no meaning, so options need no quotes. */
function plainWord(word: string): string {
  return /^--?[A-Za-z][\w-]*(?:=\w+)?$/.test(word) ? word : shellWord(word);
}

/** The variables that commands look up, each once. */
export function variablesOf(parts: readonly RunbookPart[]): readonly string[] {
  const commands = parts.flatMap(({ steps }) => steps.flatMap((step) => [...step.command]));
  return [...new Set(commands.flatMap((word) => (typeof word === 'string' ? [] : [word.variable])))];
}

/**
 * The lines that start a server in the background and wait for it. What was in its log before does not count. The option
 * `start` of the server's own script is not used, as in early versions it loses the options besides it.
 */
export function startLines({ log, command, needsRoot, wait }: StartStep): readonly string[] {
  const start = `${needsRoot ? 'sudo -E ' : ''}nohup ${commandText(command)} > /dev/null 2>&1 &`;
  return [
    'size=0',
    `[ ! -f ${shellWord(log)} ] || size=$(wc -c < ${shellWord(log)})`,
    ...(needsRoot ? ['sudo -v'] : []),
    start,
    `${commandText(wait)} --skip "$size"`,
  ];
}
