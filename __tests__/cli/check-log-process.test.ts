import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { buildTime, freshBuild, program } from '../fresh-build';
import { logs } from '../log/log-cases';
import { makeFolder } from './home-copy';

// Whole processes; a busy machine takes its time.
jest.setTimeout(60_000);

beforeAll(freshBuild, buildTime);

const lines = readFileSync(join(logs, 'tribes-manager.log'), 'utf8').split(/(?<=\n)/);

interface Followed {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Follows a log in a process of its own; `act` writes to the log, or sends the process a signal. */
async function follow(act: (path: string, kill: (signal: NodeJS.Signals) => void) => Promise<void>): Promise<Followed> {
  const path = join(makeFolder(), 'wso2carbon.log');
  const words = ['check-log', path, '--cluster', join(logs, 'tribes.yaml'), '--node', 'manager', '--follow'];
  const child = spawn(process.execPath, [program, ...words, '--timeout', '40s'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  const ended = new Promise<Pick<Followed, 'code' | 'signal'>>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  writeFileSync(path, lines.slice(0, 4).join(''));
  while (!hasOpen(child.pid, path)) await sleep(50);
  await act(path, (signal) => void child.kill(signal));
  return { ...(await ended), ...output };
}

/** True once a process reads a file; a busy machine takes its time to start one. */
function hasOpen(pid: number | undefined, path: string): boolean {
  const folder = `/proc/${pid}/fd`;
  const linkOf = (name: string): string => {
    try {
      return readlinkSync(join(folder, name));
    } catch {
      return '';
    }
  };
  return existsSync(folder) && readdirSync(folder).some((name) => linkOf(name) === path);
}

describe('following a log in a real process', () => {
  test('goes with a file that grows line by line and is rotated twice', async () => {
    const ran = await follow(async (path) => {
      for (const [index, line] of lines.slice(4).entries()) {
        if (index === 6 || index === 12) renameSync(path, `${path}.${index}`);
        appendFileSync(path, line);
        await sleep(40);
      }
    });
    expect(ran).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(ran.stdout).toMatch(/\nHealthy\n$/);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends by itself after %s, with what came so far', async (signal) => {
    const ran = await follow(async (path, kill) => {
      appendFileSync(path, lines.slice(4, 10).join(''));
      await sleep(500);
      kill(signal);
    });
    expect(ran).toMatchObject({ code: 1, signal: null, stderr: 'Interrupted; this is what came so far\n' });
    expect(ran.stdout).toContain('Still starting');
  });
});
