import { transformFileSync } from '@swc/core';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outcome, Run } from './child';
import { makeFolder } from './temporary-home';

const root = join(__dirname, '../..');

let script: string | undefined;

/**
 * Does the runs, one after the other, in a process of its own that uses the library as it is in `lib`.
 * The process is dead when this is over: by SIGKILL where a fault stopped a run. `fileSizeLimit` is the number of bytes
 * that the operating system lets a file have at most, a multiple of 1024; `commands` is a folder with the only commands that
 * the process finds.
 */
export function runInChild(
  runs: readonly Run[],
  { fileSizeLimit, commands }: { readonly fileSizeLimit?: number; readonly commands?: string } = {},
): Promise<readonly Outcome[]> {
  script ??= compile();
  const limit = fileSizeLimit === undefined ? 'unlimited' : String(fileSizeLimit / 1024);
  // Not on stdin, which a child can find empty for a moment.
  const work = join(makeFolder(), 'runs.json');
  writeFileSync(work, JSON.stringify(runs));
  const line = 'ulimit -f "$1" && export PATH="$2" && shift 2 && exec "$@"';
  const path = commands ?? process.env['PATH'] ?? '';
  // Without the start-up file, which bash reads where its input is a socket, as that of Node's children is: it can take seconds.
  const command = ['--norc', '-c', line, 'bash', limit, path, process.execPath, script, work];
  return new Promise((resolve, reject) => {
    const child = spawn('bash', command, { stdio: 'pipe' });
    let output = '';
    let complaints = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (complaints += String(chunk)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (complaints === '' && (code === 0 || signal === 'SIGKILL')) resolve(JSON.parse(output) as readonly Outcome[]);
      else reject(new Error(`the child process ended with ${code ?? signal}: ${complaints}`));
    });
  });
}

/** Plain JavaScript of the room and its child script. */
function compile(): string {
  const folder = makeFolder();
  const disk = readdirSync(join(root, 'lib/disk')).map((name) => `lib/disk/${name}`);
  for (const path of ['lib/errors.ts', ...disk, '__tests__/disk/child.ts', '__tests__/disk/no-programs.ts']) {
    const { code } = transformFileSync(join(root, path), { swcrc: true, configFile: join(root, '.swcrc') });
    const place = join(folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, code);
  }
  return join(folder, '__tests__/disk/child.js');
}
