import { describe, expect, jest, test } from '@jest/globals';
import { cpSync, lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../fresh-build';
import { makeFolder } from './home-copy';
import { atTerminal, runCli } from './memory-io';

// Whole commands on real files: a busy machine takes its time.
jest.setTimeout(60_000);

const example = join(root, 'fixtures/clusters/worked-example.yaml');
const worker = ['hosts', '--cluster', example, '--node', 'worker1'];

const elbLines = `192.0.2.206 mgr.esb.wso2.com # node manager
192.0.2.206 esb.cloud-test.wso2.com # cluster
192.0.2.206 mgt.esb.cloud-test.wso2.com # management console
`;
const workerLines = `192.0.2.10 carbondb.mysql-wso2.com # database
192.0.2.206 elb.wso2.com # node elb
192.0.2.206 mgr.esb.wso2.com # node manager
192.0.2.206 esb.cloud-test.wso2.com # cluster
`;

function hostsFile(text = '127.0.0.1 localhost\n'): string {
  const path = join(makeFolder(), 'hosts');
  writeFileSync(path, text);
  return path;
}

function clusterFile(changes: (text: string) => string): string {
  const path = join(makeFolder(), 'cluster.yaml');
  writeFileSync(path, changes(readFileSync(example, 'utf8')));
  return path;
}

describe('hosts', () => {
  test.each([
    ['elb', elbLines],
    ['manager', workerLines.replace(/.*mgr.*\n/, '') + elbLines.split('\n')[2] + '\n'],
    ['worker1', workerLines],
  ])('prints the lines that %s needs', async (node, lines) => {
    const ran = await runCli(['hosts', '--cluster', example, '--node', node]);
    expect(ran).toMatchObject({ code: 0, stdout: lines, stderr: '' });
  });

  test('takes the nodes of this machine, and without one says what to do', async () => {
    const ran = await runCli(['hosts', '--cluster', example], { addresses: ['192.0.2.132'] });
    expect(ran.stdout).toBe(workerLines);
    const elsewhere = await runCli(['hosts', '--cluster', example]);
    expect(elsewhere).toMatchObject({ code: 2, stdout: '' });
    expect(elsewhere.stderr).toContain(
      'no node of the cluster has an address of this machine; name nodes with --node: elb',
    );
  });

  test('prints what clients need, alone or with a node', async () => {
    const clients = await runCli(['hosts', '--cluster', example, '--clients']);
    expect(clients.stdout).toBe(elbLines.split('\n').slice(1).join('\n'));
    expect((await runCli([...worker, '--clients'])).stdout).toBe(`${workerLines}${elbLines.split('\n')[2]}\n`);
  });

  test('tells names without an address, finds those that follow, and leaves addresses out', async () => {
    const path = clusterFile((text) =>
      text
        .replace(/ {2}(?:carbondb|esb\.cloud|mgt\.esb).*\n/g, '')
        .replace('host: elb.wso2.com,', 'host: 192.0.2.206,')
        .replace('username:', 'username:'),
    );
    const ran = await runCli(['hosts', '--cluster', path, '--node', 'manager']);
    expect(ran).toMatchObject({
      code: 0,
      stdout:
        '192.0.2.206 esb.cloud-test.wso2.com # cluster\n192.0.2.206 mgt.esb.cloud-test.wso2.com # management console\n',
      stderr: `Note: carbondb.mysql-wso2.com (database) has no address in hosts of ${path}; add it there, or have DNS know it.\n`,
    });
  });

  test('knows servers in a JDBC URL, members that are stated, and the repository', async () => {
    const path = clusterFile(
      (text) =>
        text
          .replace('host: carbondb.mysql-wso2.com', "url: 'jdbc:mysql://db1.example.org:3306,192.0.2.3/{database}'")
          .replace('home: worker1 }', "home: worker1, members: ['seed.example.org:4000', '192.0.2.7-9:4000'] }") +
        'deploymentSynchronizer: { svnUrl: "https://u:p@svn.example.org:8443/repos" }\n',
    );
    const ran = await runCli(['hosts', '--cluster', path, '--node', 'worker1']);
    expect(ran.stderr.match(/Note: \S+ \([^)]*\)/g)).toEqual([
      'Note: db1.example.org (database)',
      'Note: svn.example.org (deployment synchronizer)',
      'Note: seed.example.org (member)',
    ]);
  });

  test('prints one JSON document with --json, also of a file', async () => {
    const path = hostsFile();
    const ran = await runCli([...worker, '--json']);
    const lines = workerLines
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [, address, name, why] = /^(\S+) (\S+) # (.*)$/.exec(line) ?? [];
        return { name, address, why };
      });
    const document = { formatVersion: 1, domain: 'wso2.esb.domain', lines, unknown: [] };
    expect(JSON.parse(ran.stdout)).toEqual({ ...document, file: null });
    const dry = JSON.parse((await runCli([...worker, '--json', '--write', path, '--dry-run'])).stdout) as object;
    expect(dry).toMatchObject({ ...document, file: { path, changed: true, written: false } });
    const written = JSON.parse((await runCli([...worker, '--json', '--write', path])).stdout) as object;
    expect(written).toMatchObject({
      file: { written: true, diff: expect.stringContaining('+# BEGIN carbon-patch') as unknown },
    });
    const again = JSON.parse((await runCli([...worker, '--json', '--write', path])).stdout) as object;
    expect(again).toMatchObject({ file: { changed: false, written: false, diff: '' } });
    const asked = await runCli([...worker, '--json', '--write', hostsFile()], {
      terminals: atTerminal,
      answers: ['n'],
    });
    expect(JSON.parse(asked.stdout)).toMatchObject({ file: { changed: true, written: false } });
    expect(asked.stderr).toContain('# BEGIN carbon-patch');
  });

  test('needs a cluster file', async () => {
    const ran = await runCli(['hosts', '--node', 'worker1']);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('there is no cluster file; give --cluster FILE');
  });
});

describe('hosts --write', () => {
  test('shows the diff, keeps the block, finds nothing to do then, and takes it back', async () => {
    const path = hostsFile();
    const ran = await runCli([...worker, '--write', path]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(
      `+++ b${path}\n@@ -1 +1,7 @@\n 127.0.0.1 localhost\n+# BEGIN carbon-patch wso2.esb.domain`,
    );
    expect(ran.stderr).toBe(`Wrote ${path}. To take it back: carbon-patch hosts --write ${path} --undo\n`);
    const written = readFileSync(path, 'utf8');
    expect(written).toContain(workerLines);
    const before = lstatSync(path).mtimeMs;
    const again = await runCli([...worker, '--write', path]);
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: `Nothing to do: ${path} is as wanted already.\n` });
    expect(lstatSync(path).mtimeMs).toBe(before);
    const undone = await runCli(['hosts', '--write', path, '--undo']);
    expect(undone.code).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('127.0.0.1 localhost\n');
    expect(readdirSync(join(path, '..'))).toEqual(['hosts']);
  });

  test('asks on a terminal, and writes nothing at no, or in a dry run', async () => {
    const path = hostsFile();
    const no = await runCli([...worker, '--write', path], { terminals: atTerminal, answers: ['n'] });
    expect(no).toMatchObject({ code: 2 });
    expect(no.questions).toHaveLength(1);
    const dry = await runCli([...worker, '--write', path, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: 'Dry run: nothing was written.\n' });
    expect(readFileSync(path, 'utf8')).toBe('127.0.0.1 localhost\n');
    expect(readdirSync(join(path, '..'))).toEqual(['hosts']);
  });

  test('keeps a link, and undoes by either name', async () => {
    const path = hostsFile();
    const folder = makeFolder();
    symlinkSync(path, join(folder, 'link'));
    await runCli([...worker, '--write', join(folder, 'link'), '--yes']);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain(workerLines);
    expect(await runCli(['undo', '--home', join(path, '..')])).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe('127.0.0.1 localhost\n');
  });

  test('refuses what contradicts, what is no file, and what is not there', async () => {
    const path = hostsFile('127.0.1.1 elb.wso2.com\n');
    const ran = await runCli([...worker, '--write', path]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('line 1: maps elb.wso2.com to 127.0.1.1, the cluster file to 192.0.2.206');
    expect(readdirSync(join(path, '..'))).toEqual(['hosts']);
    const folder = makeFolder();
    mkdirSync(join(folder, 'hosts'));
    expect((await runCli([...worker, '--write', join(folder, 'hosts')])).stderr).toContain(
      'it is a folder, not a regular file',
    );
    expect((await runCli([...worker, '--write', join(folder, 'none')])).stderr).toContain('no such file');
  });

  test('tells when another node of the machine needs more', async () => {
    const path = clusterFile((text) => text);
    const words = ['hosts', '--cluster', path, '--node', 'elb', '--write', hostsFile(), '--dry-run'];
    expect((await runCli(words)).stderr).toContain(
      'Note: manager runs on this machine too and needs carbondb.mysql-wso2.com, elb.wso2.com; name it with --node as well.',
    );
  });

  test('undoes only what was done to this file, and not after it was changed', async () => {
    const path = hostsFile();
    expect((await runCli(['hosts', '--write', path, '--undo'])).stderr).toContain('there is no apply to undo');
    expect((await runCli(['hosts', '--undo'])).stderr).toContain('name it with --write FILE');
    const other = join(path, '../other');
    cpSync(path, other);
    await runCli([...worker, '--write', path]);
    await runCli([...worker, '--write', other]);
    expect((await runCli(['hosts', '--write', path, '--undo'])).stderr).toContain(
      `was of ${other}; take that back first`,
    );
    writeFileSync(other, 'mine\n');
    expect((await runCli(['hosts', '--write', other, '--undo'])).stderr).toContain('changed since the last apply');
    expect(readFileSync(other, 'utf8')).toBe('mine\n');
  });
});
