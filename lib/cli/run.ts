import { readCommandLine } from './command-line';
import { exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';
import { settledCode } from './settled-code';

/**
 * Runs the program with its words (without `node` and the script) and gives its exit code; never ends the process.
 * Whatever goes wrong is told on stderr, and with `--json` also as the one JSON document on stdout.
 */
export async function run(words: readonly string[], io: Io): Promise<ExitCode> {
  return settledCode(await runWords(words, io), io);
}

async function runWords(words: readonly string[], io: Io): Promise<ExitCode> {
  const json = words.some((word) => /^--json(?:=|$)/.test(word));
  try {
    const line = await readCommandLine(words, io);
    if (line.kind === 'run') return await line.command.run(line.args, io, line.operand);
    if (line.kind === 'print') {
      io.stdout.write(`${line.text}\n`);
      return exitCodes.done;
    }
    const { reportProblems } = await import('./report-error');
    reportProblems(line.problems, { json, command: line.command }, io);
  } catch (error) {
    const { reportError } = await import('./report-error');
    await reportError(error, { json }, io);
  }
  return exitCodes.refused;
}
