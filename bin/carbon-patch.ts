#!/usr/bin/env node
import { exitCodes } from '../lib/cli/exit-code';
import { processIo } from '../lib/cli/process-io';
import { run } from '../lib/cli/run';

const { version } = require('../../package.json') as { readonly version: string };

// Until the end is reached, nothing is done; without this a process that stops early would say that it is.
process.exitCode = exitCodes.refused;
void run(process.argv.slice(2), processIo(version)).then((code) => {
  process.exitCode = code;
});
