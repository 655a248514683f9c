#!/usr/bin/env node
import { exitCodes, type ExitCode } from '../lib/cli/exit-code';
import { processIo } from '../lib/cli/process-io';
import { settledCode } from '../lib/cli/settled-code';
import { preparedAnswer } from './prepared-answer';

const { version } = require('../../package.json') as { readonly version: string };

// Until the end is reached, nothing is done; without this a process that stops early would say that it is.
process.exitCode = exitCodes.refused;
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

async function main(words: readonly string[]): Promise<ExitCode> {
  const io = processIo(version);
  const answer = preparedAnswer(words, io);
  if (answer !== undefined) {
    io.stdout.write(`${answer}\n`);
    return settledCode(exitCodes.done, io);
  }
  const { program } = await import('./program');
  const { run } = await program();
  return run(words, io);
}
