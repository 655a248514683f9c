import type { Io } from './io';

/** The world as this process has it. */
export function processIo(version: string): Io {
  // A reader that goes away early, such as `head`, is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    stdout: {
      write: (chunk) => void process.stdout.write(chunk),
      isTerminal: process.stdout.isTTY === true,
      columns: process.stdout.columns ?? 100,
    },
    stderr: { write: (chunk) => void process.stderr.write(chunk), isTerminal: process.stderr.isTTY === true },
    stdin: { isTerminal: process.stdin.isTTY === true },
    env: process.env,
    version,
    question,
  };
}

async function question(prompt: string): Promise<string> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(''));
    lines.question(prompt, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
