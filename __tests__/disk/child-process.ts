import { transformFileSync } from '@swc/core';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outcome, Run } from './child';
import { makeFolder } from './temporary-home';

const root = join(__dirname, '../..');

/** How the child process is started. */
export interface ChildOptions {
  /** The user it runs as; only root can choose one. */
  readonly uid?: number;
  /** Bytes that a file may have at most, set by the operating system; a multiple of 1024. */
  readonly fileSizeLimit?: number;
}

let script: string | undefined;

/**
 * Does the runs, one after the other, in a process of its own that uses the library as it is in `lib`.
 * The process is dead when this is over: by SIGKILL where a fault stopped a run.
 */
export function runInChild(runs: readonly Run[], options: ChildOptions = {}): Promise<readonly Outcome[]> {
  script ??= compile();
  const limit = options.fileSizeLimit === undefined ? 'unlimited' : String(options.fileSizeLimit / 1024);
  const command = [
    '-c',
    'ulimit -f "$1" && shift && exec "$@"',
    'bash',
    limit,
    process.execPath,
    script,
    JSON.stringify(runs),
  ];
  const identity = options.uid === undefined ? {} : { uid: options.uid };
  return new Promise((resolve, reject) => {
    const child = spawn('bash', command, { stdio: ['ignore', 'pipe', 'pipe'], ...identity });
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

/** Plain JavaScript of the room and its child script, in a folder that every user may read. */
function compile(): string {
  const folder = makeFolder();
  chmodSync(folder, 0o755);
  const disk = readdirSync(join(root, 'lib/disk')).map((name) => `lib/disk/${name}`);
  for (const path of ['lib/errors.ts', ...disk, '__tests__/disk/child.ts']) {
    const { code } = transformFileSync(join(root, path), { swcrc: true, configFile: join(root, '.swcrc') });
    const place = join(folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(place), { recursive: true, mode: 0o755 });
    writeFileSync(place, code);
  }
  return join(folder, '__tests__/disk/child.js');
}
