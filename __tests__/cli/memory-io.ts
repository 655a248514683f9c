import type { ExitCode } from '../../lib/cli/exit-code';
import type { Io, Output } from '../../lib/cli/io';
import { run } from '../../lib/cli/run';

/** What a run in memory is given; without anything it runs as in a script: no terminal, no variables. */
export interface World {
  /** Which streams are terminals. */
  readonly terminals?: readonly ('stdin' | 'stdout' | 'stderr')[];
  /** What the person types, one for each question. */
  readonly answers?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The addresses of the machine. */
  readonly addresses?: readonly string[];
  /** What happens on the machine while the person thinks about a question. */
  readonly whileAsked?: () => void;
  /** What asking the person ends with instead of an answer. */
  readonly questionError?: Error;
  /** Why stdout cannot be written. */
  readonly stdoutProblem?: string;
  /** What Ctrl-C aborts. */
  readonly interrupt?: AbortSignal;
}

/** What a run did. */
export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** What was asked, as it was asked. */
  readonly questions: readonly string[];
  /** The bytes of `stdout`. */
  readonly bytes: Uint8Array;
}

/** Every stream a terminal, as for a person. */
export const atTerminal = ['stdin', 'stdout', 'stderr'] as const;

/** Runs the program inside this process. */
export async function runCli(words: readonly string[], world: World = {}): Promise<Ran> {
  const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const questions: string[] = [];
  const answers = [...(world.answers ?? [])];
  const output = (name: 'stdout' | 'stderr', problem?: string): Output => ({
    write: (chunk) => void chunks[name].push(Buffer.from(chunk as string)),
    isTerminal: world.terminals?.includes(name) ?? false,
    columns: 100,
    settled: () => Promise.resolve(problem),
  });
  const io: Io = {
    stdout: output('stdout', world.stdoutProblem),
    stderr: output('stderr'),
    stdin: { isTerminal: world.terminals?.includes('stdin') ?? false },
    env: world.env ?? {},
    addresses: () => world.addresses ?? [],
    version: '1.2.3',
    question: (prompt) => {
      questions.push(prompt);
      world.whileAsked?.();
      if (world.questionError) return Promise.reject(world.questionError);
      return Promise.resolve(answers.shift() ?? '');
    },
    onInterrupt: () => ({ signal: world.interrupt ?? new AbortController().signal, end: () => undefined }),
  };
  const code = await run(words, io);
  const bytes = Buffer.concat(chunks.stdout);
  return { code, stdout: bytes.toString(), stderr: Buffer.concat(chunks.stderr).toString(), questions, bytes };
}
