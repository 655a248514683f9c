import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, cwd, env, execPath, stderr, stdout } from 'node:process';
import { notedFigures } from './figures';
import { judge } from './judge';
import { promises } from './promises';

// `npm run prove` runs the tests that show the promises of docs/reliability.md, and prints one line for each promise.
// `npm run prove -- --figures FOLDER` only judges what tests noted into that folder before, with PROVE_FIGURES.

// npm runs a script in the folder of the project.
const root = cwd();
const timeLimitInMilliseconds = 45 * 60_000;

function main(words: readonly string[]): boolean {
  const [option, given] = words;
  if (option === '--figures' && given !== undefined) return tell(given);
  if (words.length > 0) {
    stderr.write('Usage: npm run prove [-- --figures FOLDER]\n');
    return false;
  }
  const folder = mkdtempSync(join(tmpdir(), 'carbon-patch-prove-'));
  try {
    const isPassed = runSuites(folder);
    const isKept = tell(folder);
    if (!isPassed) stdout.write('MISSED a test failed; see above\n');
    return isPassed && isKept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runSuites(folder: string): boolean {
  const suites = new Set(Object.values(promises).flatMap((promise) => promise.suites));
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { status } = spawnSync(execPath, [jest, ...[...suites].map((suite) => `__tests__/${suite}`)], {
    cwd: root,
    env: { ...env, PROVE_FIGURES: folder },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: timeLimitInMilliseconds,
    killSignal: 'SIGKILL',
  });
  return status === 0;
}

function tell(folder: string): boolean {
  const judgements = judge(promises, notedFigures(folder));
  const missed = judgements.filter(({ isKept }) => !isKept).length;
  for (const { line } of judgements) stdout.write(`${line}\n`);
  stdout.write(`${judgements.length} promises, ${missed === 0 ? 'all kept' : `${missed} missed`}\n`);
  return missed === 0;
}

process.exitCode = main(argv.slice(2)) ? 0 : 1;
