import { spawnSync } from 'node:child_process';

/** What a process printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process is started. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs Node with these words, without a terminal and without standard input. */
export function runNode(words: readonly string[], options: RunOptions): Ended {
  return runProcess(process.execPath, words, options);
}

/** Runs a program with these words, without a terminal and without standard input. Throws where it cannot be started. */
export function runProcess(command: string, words: readonly string[], { cwd, env }: RunOptions): Ended {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    input: '',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { code: status, stdout, stderr };
}
