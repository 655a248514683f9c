import { spawnSync } from 'node:child_process';
import { cwd } from 'node:process';
import { join } from 'node:path';

/** A program that is measured as a whole process. */
export interface Command {
  readonly name: string;
  readonly words: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The exit codes with which it has done what it was to do; 0 alone where this is left out. */
  readonly codes?: readonly number[];
}

/** What one run of a program took, its children included. */
export interface ProcessRun {
  /** User and system time. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** The most memory that the largest of its processes held. */
  readonly peakBytes: number;
  /** `-9` for signal 9. */
  readonly code: number;
  /** The last 4,000 bytes. */
  readonly stdout: string;
  /** The last 4,000 bytes. */
  readonly stderr: string;
}

/** How often each command is run: first without being counted, then counted. */
export interface Rounds {
  readonly warmUps: number;
  readonly rounds: number;
}

/**
 * Runs commands in turn (A B A B …), so that a busy minute of the machine meets all of them, and gives the counted runs of
 * each in the order of the commands. Throws where one ends with another code than it may.
 */
export function measureInTurn(commands: readonly Command[], rounds: Rounds): readonly (readonly ProcessRun[])[] {
  const runs = tryInTurn(commands, rounds);
  commands.forEach(({ name, codes = [0] }, index) => {
    const failed = runs[index]?.find(({ code }) => !codes.includes(code));
    if (failed) throw new Error(`${name} ended with ${failed.code}:\n${failed.stdout}\n${failed.stderr}`);
  });
  return runs;
}

/** As `measureInTurn`, whatever the commands end with. */
export function tryInTurn(commands: readonly Command[], rounds: Rounds): readonly (readonly ProcessRun[])[] {
  const wanted = commands.map(({ name, words, cwd: place = cwd(), env = {} }) => ({ name, words, cwd: place, env }));
  // npm and jest run in the folder of the project; what is compiled lies elsewhere.
  const script = join(cwd(), '__tests__/benchmarks/measure.py');
  const { status, stdout, stderr, error } = spawnSync('python3', [script], {
    input: JSON.stringify({ commands: wanted, ...rounds }),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`the measuring script ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as readonly (readonly ProcessRun[])[];
}
