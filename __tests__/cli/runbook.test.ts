import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { root } from '../fresh-build';
import { runProcess } from '../run-node';
import { makeFolder, stateOf } from './home-copy';
import { runCli } from './memory-io';

// Whole homes are read several times; a busy machine takes its time.
jest.setTimeout(60_000);

const runbooks = join(root, 'fixtures/runbooks');
const homes = join(root, 'fixtures/homes');

/** A folder with a cluster file and the homes that it names, each a copy of a fixture. */
function clusterFolder(cluster: string, copies: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(makeFolder());
  cpSync(cluster, join(folder, 'cluster.yaml'));
  for (const [place, home] of Object.entries(copies)) {
    cpSync(join(homes, home), join(folder, place), { recursive: true });
  }
  return folder;
}

const example = join(root, 'fixtures/clusters/worked-example.yaml');
const nodes = ['manager', 'worker1', 'worker2', 'worker3'];
const ofEra = (elb: string, esb: string): Readonly<Record<string, string>> => ({
  elb,
  ...Object.fromEntries(nodes.map((name) => [name, esb])),
});

interface RunbookCase {
  readonly name: string;
  readonly cluster: string;
  readonly copies?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
}

const cases: readonly RunbookCase[] = [
  { name: 'worked-example-tribes', cluster: example, copies: ofEra('elb-2.0.4', 'esb-4.7.0') },
  { name: 'worked-example-hazelcast', cluster: example, copies: ofEra('elb-2.1.0', 'esb-5.0.0') },
  { name: 'setup', cluster: example, words: ['--tables', 'setup', '--node', 'manager', '--node', 'worker2'] },
  { name: 'balancer-less', cluster: join(runbooks, 'balancer-less.yaml') },
  { name: 'odd-names', cluster: join(runbooks, 'odd-names.yaml') },
  {
    name: 'ei',
    cluster: join(runbooks, 'ei.yaml'),
    copies: { manager: 'ei-6.6.0', ei: 'ei-6.6.0', 'ei/wso2/broker': 'ei-6.6.0' },
  },
];

/** `UPDATE_GOLDEN=1` writes what is wanted anew, to be read before it is committed. */
function expectGolden(file: string, text: string): void {
  const path = join(runbooks, file);
  if (process.env['UPDATE_GOLDEN'] || !existsSync(path)) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

describe.each(cases)('the runbook of $name', ({ name, cluster, copies, words = [] }) => {
  test.each(['markdown', 'sh'])('as %s is as it was, writes nothing, and the second is the same', async (format) => {
    const folder = clusterFolder(cluster, copies);
    const before = stateOf(folder);
    const line = ['runbook', '--cluster', join(folder, 'cluster.yaml'), '--format', format, ...words];
    const ran = await runCli(line);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expectGolden(`${name}.${format === 'sh' ? 'sh' : 'md'}`, ran.stdout.replaceAll(folder, '/cluster'));
    expect((await runCli(line)).stdout).toBe(ran.stdout);
    expect(stateOf(folder)).toEqual(before);
  });
});

describe('the shell script', () => {
  const scripts = (): readonly string[] => readdirSync(runbooks).filter((name) => name.endsWith('.sh'));
  const hasShellcheck = runProcess('sh', ['-c', 'command -v shellcheck'], { cwd: root }).code === 0;

  test('is well-formed, whatever the names are', () => {
    expect(scripts()).toHaveLength(cases.length);
    for (const name of scripts()) {
      expect(runProcess('sh', ['-n', join(runbooks, name)], { cwd: root })).toEqual({
        code: 0,
        stdout: '',
        stderr: '',
      });
    }
  });

  test(`has nothing that shellcheck minds${hasShellcheck ? '' : '; did not run, as it is not installed'}`, () => {
    if (!hasShellcheck) return;
    const paths = scripts().map((name) => join(runbooks, name));
    // SC2016 reminds of a `$` in single quotes, which is where one that is part of a path belongs.
    expect(runProcess('shellcheck', ['--exclude=SC2016', ...paths], { cwd: root })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  test('does nothing and lists its parts where it is told none', () => {
    const { code, stdout, stderr } = runProcess('sh', [join(runbooks, 'setup.sh')], { cwd: makeFolder() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n').slice(1, 4)).toEqual([
      '  databases: Databases',
      '  prepare: Prepare: manager, worker2, on 192.0.2.206',
      '  start: Start: manager, worker2, on 192.0.2.206',
    ]);
  });

  /** A folder with programs that only write down how they are called; `failing` ends with 1. */
  function fakePrograms(failing = ''): { readonly folder: string; readonly env: Readonly<Record<string, string>> } {
    const folder = makeFolder();
    mkdirSync(join(folder, 'bin'));
    for (const name of ['carbon-patch', 'nohup', 'sudo']) {
      const text = `#!/bin/sh\nfor word in ${name} "$@"; do printf '<%s>' "$word"; done >> '${folder}/calls'\necho >> '${folder}/calls'\n[ "$1" != '${failing}' ]\n`;
      writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 });
    }
    return {
      folder,
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        JAVA_HOME: '/java',
        JDBC_DRIVER: '/the driver.jar',
      },
    };
  }

  test('starts each node and waits for it before the next one, with names that a shell would act upon', async () => {
    const { folder, env } = fakePrograms();
    const script = join(runbooks, 'odd-names.sh');
    const { code, stderr } = runProcess('sh', [script, 'start-2'], { cwd: folder, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '== Start worker1\n' });
    // The server is started in the background.
    const calls = (): readonly string[] => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').sort();
    for (let tries = 0; calls().length < 2 && tries < 100; tries++) await sleep(50);
    expect(calls()).toEqual([
      '<carbon-patch><check-log></opt/no where/*;&|worker/repository/logs/wso2carbon.log><--cluster></cluster/cluster.yaml><--node><worker1><--own-start><--follow><--timeout><10m><--skip><0>',
      '<nohup><sh></opt/no where/*;&|worker/bin/wso2server.sh><-DworkerNode=true>',
    ]);
    expect(readdirSync(folder).sort()).toEqual(['bin', 'calls']);
  });

  test('stops with a message where a step fails, and does no later one', () => {
    const { folder, env } = fakePrograms('check-log');
    const { code, stderr } = runProcess('sh', [join(runbooks, 'worked-example-tribes.sh'), 'start-2'], {
      cwd: folder,
      env,
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      '== Start worker1\nrunbook: worker1 did not come up; what stands above says why, else start it in the foreground\n',
    );
    expect(readFileSync(join(folder, 'calls'), 'utf8')).not.toContain('worker3');
  });

  test('does not go past what a person has to do, unless it is told that it is done', () => {
    const { folder, env } = fakePrograms();
    const script = join(runbooks, 'odd-names.sh');
    const stopped = runProcess('sh', [script, 'prepare-2'], { cwd: folder, env });
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(/runbook: somebody has to do this; .* RUNBOOK_DONE=yes\n$/);
    expect(readFileSync(join(folder, 'calls'), 'utf8')).not.toContain('<apply>');
    expect(runProcess('sh', [script, 'prepare-2'], { cwd: folder, env: { ...env, RUNBOOK_DONE: 'yes' } }).code).toBe(0);
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toContain(
      '<apply><--cluster></cluster/cluster.yaml><--node><worker1><--jdbc-driver></the driver.jar>',
    );
  });
});

describe('refusals', () => {
  test.each([
    [['--format', 'pdf', '--tables', 'none'], /format: "pdf" is none; .*\n.*tables: "none" is none/],
    [['--node', 'wroker1'], /the cluster has no node wroker1; did you mean worker1\?/],
  ])('%j', async (words, message) => {
    const ran = await runCli(['runbook', '--cluster', example, ...words]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });

  test('a node without a home, all of them at once', async () => {
    const ran = await runCli(['runbook', '--cluster', join(root, 'fixtures/logs/tribes.yaml')]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('elb, manager, worker1, worker2: no home in the cluster file');
  });
});
