// The last step of the build: writes beside dist/bin/carbon-patch.js what makes it start faster and is needed for nothing:
// the program in one file, what Node compiles it to, and the help. bin/program.ts and bin/prepared-answer.ts read them.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { buildSync } from 'esbuild';

const project = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const { bundledProgram, bundlePath, compiledPath } = require('../dist/bin/program.js');
const { preparedHelpPath, preparedWidths } = require('../dist/bin/prepared-answer.js');

if (process.argv[2] === '--compile') await compile(process.argv[3]);
else {
  try {
    await main();
  } catch (error) {
    // As where the bundler has no program for this machine; the tests want the files.
    for (const path of [bundlePath, compiledPath, preparedHelpPath]) rmSync(path, { force: true });
    process.stderr.write(`The program is not bundled, and starts module by module: ${error.message}\n`);
  }
}

async function main() {
  bundle();
  await prepareHelp();
  // In a process of its own, whose flags are those of the program.
  const home = join(mkdtempSync(join(tmpdir(), 'carbon-patch-build-')), 'home');
  try {
    cpSync(join(project, 'fixtures/homes/esb-5.0.0'), home, { recursive: true });
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--compile', home], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== 0) throw new Error('the bundle does not run');
  } finally {
    rmSync(join(home, '..'), { recursive: true, force: true });
  }
}

function bundle() {
  const { outputFiles } = buildSync({
    entryPoints: [join(project, 'dist/lib/cli/run.js')],
    outfile: bundlePath,
    bundle: true,
    absWorkingDir: project,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Node reads a text of one byte a character faster.
    charset: 'ascii',
    legalComments: 'none',
    // Each character is read at each start; the names stay.
    minifyWhitespace: true,
    lineLimit: 200,
    // What few commands need is left where it is.
    external: ['mysql2/promise', 'pg', 'yauzl'],
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
    logLevel: 'warning',
  });
  writeFileSync(bundlePath, outputFiles[0].contents);
}

async function prepareHelp() {
  const { commands } = require('../dist/lib/cli/commands/index.js');
  const help = {};
  for (const columns of preparedWidths) {
    help[columns] = { '': await printed(['--help'], columns) };
    for (const { name } of commands) help[columns][name] = await printed([name, '--help'], columns);
  }
  writeFileSync(preparedHelpPath, JSON.stringify(help));
}

async function printed(words, columns) {
  const { readCommandLine } = require('../dist/lib/cli/command-line.js');
  const { text } = await readCommandLine(words, { stdout: { columns }, version: '' });
  return text;
}

/** Keeps what V8 has compiled after a run that plans and prints; what that did not call is compiled when it is called. */
async function compile(home) {
  const { script, load } = bundledProgram();
  const quiet = { write: () => undefined, isTerminal: false, columns: 100, settled: async () => undefined };
  const code = await load().run(['apply', '--dry-run', '--role', 'worker', '--home', home], {
    stdout: quiet,
    stderr: quiet,
    stdin: { isTerminal: false },
    env: {},
    addresses: () => [],
    version: '',
    question: async () => '',
    onInterrupt: () => {
      throw new Error('a dry run writes nothing that could be interrupted');
    },
  });
  if (code !== 0) throw new Error(`a dry run ended with ${code}`);
  writeFileSync(compiledPath, script.createCachedData());
}
