#!/usr/bin/env node
import { processIo } from '../lib/cli/process-io';
import { run } from '../lib/cli/run';

const { version } = require('../../package.json') as { readonly version: string };

void run(process.argv.slice(2), processIo(version)).then((code) => {
  process.exitCode = code;
});
