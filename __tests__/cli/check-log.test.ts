import { appendFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { clusterOf, logCases, logs, type LogCase } from '../log/log-cases';
import { makeFolder } from './home-copy';
import { runCli, type Ran } from './memory-io';

function check({ name, node, isOwnStart }: LogCase, ...more: readonly string[]): Promise<Ran> {
  const of = node === undefined ? [] : ['--cluster', clusterOf(name), '--node', node];
  return runCli(['check-log', join(logs, `${name}.log`), ...of, ...(isOwnStart ? ['--own-start'] : []), ...more]);
}

/** Without the folder of the logs. `UPDATE_GOLDEN=1` writes what is wanted anew, to be read before it is committed. */
function expectGolden(name: string, text: string): void {
  const path = join(logs, `${name}.txt`);
  const shown = text.replaceAll(`${logs}/`, '');
  if (process.env['UPDATE_GOLDEN'] || !existsSync(path)) writeFileSync(path, shown);
  expect(shown).toBe(readFileSync(path, 'utf8'));
}

describe('the verdict on a log', () => {
  test.each(logCases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const ran = await check(one);
    expectGolden(name, ran.stdout);
    expect(ran).toMatchObject({ code: one.isHealthy ? 0 : 1, stderr: '' });
  });
});

describe('check-log', () => {
  const manager = ['--cluster', join(logs, 'tribes.yaml'), '--node', 'manager'];
  const healthy = readFileSync(join(logs, 'tribes-manager.log'), 'utf8');

  test('gives the same as JSON, with secrets masked', async () => {
    const one = { name: 'tribes-worker-login-refused', node: 'worker1' };
    const { code, stdout } = await check(one, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      node: 'worker1',
      isHealthy: false,
      state: 'starting',
      problems: [
        { name: 'database-login-refused', count: 1 },
        { name: 'waits-for-services' },
        { name: 'other-errors' },
      ],
    });
    expect(stdout).not.toContain('hunter2');
  });

  test('looks for the start in rotated logs, oldest first', async () => {
    const folder = makeFolder();
    const lines = healthy.split('\n');
    writeFileSync(join(folder, 'wso2carbon.log.2013-05-06'), lines.slice(0, 15).join('\n') + '\n');
    writeFileSync(join(folder, 'wso2carbon.log.1'), 'no line of a server\n');
    writeFileSync(join(folder, 'wso2carbon.log'), lines.slice(15).join('\n'));
    const ran = await runCli(['check-log', join(folder, 'wso2carbon.log'), ...manager]);
    expect(ran.stdout).toContain(
      `manager (manager): start of 2013-05-06 09:00:00,800, ${folder}/wso2carbon.log.2013-05-06:1;`,
    );
    expect(ran.code).toBe(0);
  });

  test('leaves out what --skip says, but counts its lines', async () => {
    const path = join(makeFolder(), 'wso2carbon.log');
    writeFileSync(path, healthy + healthy);
    const ran = await runCli(['check-log', path, ...manager, '--skip', String(Buffer.byteLength(healthy))]);
    expect(ran.stdout.split('\n')[0]).toBe(
      `manager (manager): start of 2013-05-06 09:00:00,800, ${path}:23; Tribes clustering`,
    );
    // A log that is shorter was begun anew.
    expect((await runCli(['check-log', path, ...manager, '--skip', '999999'])).code).toBe(0);
    expect((await runCli(['check-log', path, ...manager, '--skip', String(2 * Buffer.byteLength(healthy))])).code).toBe(
      1,
    );
  });

  test.each([
    [[], 'LOG is missing'],
    [['a', 'b'], 'unexpected argument "b"'],
    [
      ['a', '--timeout', '5 days', '--skip', '-1.5'],
      'timeout: "5 days" is no time such as 90s, 5m or 1h, up to 24h\n  skip: "-1.5" is no number of bytes',
    ],
    [['/no/such.log'], '/no/such.log: cannot be read: no such file or directory (ENOENT)'],
    [['/no/such.log', '--follow'], '/no/such.log: cannot be read: no such file or directory (ENOENT)'],
    [['a', '--node', 'manager'], 'there is no cluster file to compare the log with'],
    [['a', '--cluster', join(logs, 'tribes.yaml')], 'nothing says whose log it is; name the node with --node'],
    [
      ['a', '--cluster', join(logs, 'tribes.yaml'), '--node', 'manger'],
      'the cluster has no node manger; did you mean manager?',
    ],
  ])('refuses %j', async (words, message) => {
    const ran = await runCli(['check-log', ...words]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
  });

  describe('--follow', () => {
    /** Writes a log in pieces while it is followed. */
    async function followed(write: (path: string) => Promise<void>, words: readonly string[] = []): Promise<Ran> {
      const path = join(makeFolder(), 'wso2carbon.log');
      const run = runCli(['check-log', path, ...manager, '--follow', '--timeout', '20s', ...words]);
      await write(path);
      return run;
    }

    test('waits for a log that is not there yet, and ends when everything came', async () => {
      const ran = await followed(async (path) => {
        await sleep(300);
        for (const piece of [healthy.slice(0, 1000), healthy.slice(1000, 3000), healthy.slice(3000)]) {
          appendFileSync(path, piece);
          await sleep(250);
        }
      });
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout.trimEnd().endsWith('Healthy')).toBe(true);
    });

    test.each([
      ['renamed', (path: string) => renameSync(path, `${path}.1`)],
      ['emptied', (path: string) => truncateSync(path)],
    ])('goes on in the new file where the log is %s', async (_how, rotate) => {
      const middle = healthy.indexOf('\n', 2000) + 1;
      const ran = await followed(async (path) => {
        writeFileSync(path, healthy.slice(0, middle));
        await sleep(500);
        rotate(path);
        await sleep(500);
        writeFileSync(path, healthy.slice(middle));
      });
      expect(ran).toMatchObject({ code: 0, stderr: '' });
    });

    test('ends at an error that ends the start, and at the time limit', async () => {
      const login = readFileSync(join(logs, 'tribes-worker-login-refused.log'), 'utf8');
      const failed = await followed(async (path) => {
        await sleep(100);
        writeFileSync(path, login);
      });
      expect(failed).toMatchObject({ code: 1, stderr: '' });
      expect(failed.stdout).toContain('The start failed, 1 error');
      const path = join(makeFolder(), 'wso2carbon.log');
      writeFileSync(path, healthy.slice(0, 2000));
      const late = await runCli(['check-log', path, ...manager, '--follow', '--timeout', '1s']);
      expect(late).toMatchObject({
        code: 1,
        stderr: 'Waited for 1 s, and it is not complete; --timeout waits longer\n',
      });
    });

    test('ends well where it is interrupted, with what came so far', async () => {
      const controller = new AbortController();
      const path = join(makeFolder(), 'wso2carbon.log');
      writeFileSync(path, healthy.slice(0, 2000));
      const run = runCli(['check-log', path, ...manager, '--follow'], { interrupt: controller.signal });
      await sleep(300);
      controller.abort();
      const ran = await run;
      expect(ran).toMatchObject({ code: 1, stderr: 'Interrupted; this is what came so far\n' });
      expect(ran.stdout).toContain('Still starting');
    });
  });
});
