import { networkInterfaces } from 'node:os';
import { isatty } from 'node:tty';
import { unknownWidth } from './help-width';
import type { Interruption, Io, Output } from './io';

/** The world as this process has it. */
export function processIo(version: string): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    // Looking at `process.stdin` would open it, which takes long and is for `question` only.
    stdin: { isTerminal: isatty(0) },
    env: process.env,
    addresses: () => Object.values(networkInterfaces()).flatMap((infos) => infos?.map(({ address }) => address) ?? []),
    version,
    question,
    onInterrupt,
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  let problem: string | undefined;
  const done = (error?: (Error & { readonly code?: string }) | null): void => {
    if (error && error.code !== 'EPIPE') problem ??= error.message;
  };
  // Without a listener, a stream that fails ends the process at once, in the middle of whatever it is writing elsewhere.
  stream.on('error', done);
  return {
    write: (chunk) => void stream.write(chunk, done),
    isTerminal: stream.isTTY === true,
    // A terminal that does not know its size says 0.
    columns: stream.columns || unknownWidth,
    settled: () => new Promise((resolve) => void stream.write('', () => resolve(problem))),
  };
}

function onInterrupt(): Interruption {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const wishes = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const wish of wishes) process.on(wish, stop);
  return {
    signal: controller.signal,
    end: () => {
      for (const wish of wishes) process.off(wish, stop);
    },
  };
}

async function question(prompt: string): Promise<string> {
  const { createInterface } = await import('node:readline');
  const output = !process.stderr.isTTY && process.stdout.isTTY ? process.stdout : process.stderr;
  // The terminal keeps its own line editing, in which Ctrl-C ends the process as it does everywhere.
  const lines = createInterface({ input: process.stdin, output, terminal: false });
  return new Promise((resolve) => {
    let answer: string | undefined;
    lines.once('close', () => {
      // At the end of input the prompt still stands on the line.
      if (answer === undefined) output.write('\n');
      resolve(answer ?? '');
    });
    lines.question(prompt, (line) => {
      answer = line;
      lines.close();
    });
  });
}
