import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from '../fresh-build';
import { makeFolder } from './home-copy';
import { atTerminal, runCli, type Ran, type World } from './memory-io';

// Whole commands on real files: a busy machine takes its time.
jest.setTimeout(60_000);

const env = { CARBON_PATCH_DB_PASSWORD: 'correct horse' };
const newLine = '  - { name: worker9, role: worker, host: node2.esb.wso2.com, home: worker9 }\n';
let folder: string;
const at = (...parts: readonly string[]): string => join(folder, ...parts);

async function clone(words: readonly string[] = [], world: World = {}): Promise<Ran> {
  const usual = ['--from', 'worker1', '--to', at('worker9'), '--name', 'worker9'];
  return runCli(['clone', '--cluster', at('c.yaml'), ...(words.includes('--from') ? words : [...usual, ...words])], {
    env,
    ...world,
  });
}

function write(path: string, text = 'x'): void {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
}

const clusterText = (): string => readFileSync(at('c.yaml'), 'utf8');
const original = readFileSync(join(root, 'fixtures/clusters/worked-example.yaml'), 'utf8');

beforeEach(() => {
  folder = makeFolder();
  writeFileSync(at('c.yaml'), original);
  for (const name of ['manager', 'worker1'])
    cpSync(join(root, 'fixtures/homes/esb-5.0.0'), at(name), { recursive: true });
});

/** Nothing of a clone that did not happen is left. */
function expectUntouched(): void {
  expect(readdirSync(folder).sort()).toEqual(['c.yaml', 'manager', 'worker1']);
  expect(clusterText()).toBe(original);
}

describe('clone', () => {
  test('copies the home, adds the node, and makes of the copy what it is to be', async () => {
    const ran = await clone();
    expect(ran.code).toBe(0);
    expect(clusterText()).toBe(original.replace(/(.*worker3.*\n)/, `$1${newLine}`));
    expect(ran.stdout).toContain(`+++ b${at('c.yaml')}\n`);
    expect(ran.stdout).toContain(`+++ b${at('worker9')}/repository/conf/carbon.xml`);
    expect(ran.stdout).not.toContain('correct horse');
    expect(readFileSync(at('worker9/repository/conf/carbon.xml'), 'utf8')).toContain('<Offset>2</Offset>');
    expect(readFileSync(at('worker9/repository/conf/axis2/axis2.xml'), 'utf8')).toContain('"localMemberPort">4002<');
    expect(readFileSync(at('worker9/repository/conf/datasources/master-datasources.xml'), 'utf8')).toContain(
      'REGISTRY_LOCAL5',
    );
    const again = await runCli(['apply', '--cluster', at('c.yaml'), '--node', 'worker9'], { env });
    expect(again.stderr).toContain('Nothing to do');
    expect(readdirSync(folder).sort()).toEqual(['.carbon-patch', 'c.yaml', 'manager', 'worker1', 'worker9']);
    expect(ran.stderr).toContain(`To take it back: carbon-patch undo --home ${folder} && rm -r ${at('worker9')}\n`);
    expect((await runCli(['undo', '--home', folder])).code).toBe(0);
    expect(clusterText()).toBe(original);
  });

  test('leaves behind what the server wrote, and keeps folders, modes, times and links', async () => {
    write('worker1/tmp/a');
    write('worker1/repository/logs/wso2carbon.log');
    write('worker1/repository/database/WSO2CARBON_DB.h2.db');
    write('worker1/wso2carbon.pid', String(process.pid));
    write('worker1/.carbon-patch/journal.json', '{"formatVersion":1,"applies":[]}');
    write('worker1/bin/run.sh');
    chmodSync(at('worker1/bin/run.sh'), 0o750);
    utimesSync(at('worker1/bin/run.sh'), 1000, 1000);
    symlinkSync('run.sh', at('worker1/bin/near'));
    symlinkSync(at('worker1/bin'), at('worker1/whole'));
    symlinkSync('../manager', at('worker1/out'));
    mkdirSync(at('worker1/closed'));
    chmodSync(at('worker1/closed'), 0o500);
    const ran = await clone();
    expect(ran.code).toBe(0);
    expect(readdirSync(at('worker9')).sort()).toEqual(['bin', 'closed', 'out', 'repository', 'tmp', 'whole']);
    expect([readdirSync(at('worker9/tmp')), readdirSync(at('worker9/repository/database'))]).toEqual([[], []]);
    expect(statSync(at('worker9/bin/run.sh'))).toMatchObject({ mtimeMs: 1_000_000, size: 1 });
    expect(statSync(at('worker9/bin/run.sh')).mode & 0o777).toBe(0o750);
    expect(statSync(at('worker9/closed')).mode & 0o777).toBe(0o500);
    expect(['bin/near', 'whole', 'out'].map((path) => readlinkSync(at('worker9', path)))).toEqual([
      'run.sh',
      at('worker9/bin'),
      '../manager',
    ]);
    expect(ran.stderr).toContain('Left out, embedded database: repository/database/WSO2CARBON_DB.h2.db\n');
    expect(ran.stderr).toContain(`(wso2carbon.pid, process ${process.pid})`);
    expect(ran.stderr).toContain(`Note: out is a link to ${at('manager')}, outside the home`);
  });

  test('a link to logs becomes a folder of its own', async () => {
    mkdirSync(at('worker1/repository'), { recursive: true });
    mkdirSync(at('manager/logs'));
    symlinkSync(at('manager/logs'), at('worker1/repository/logs'));
    expect((await clone()).code).toBe(0);
    expect(lstatSync(at('worker9/repository/logs')).isDirectory()).toBe(true);
  });

  test('for another machine it keeps the numbers that are free there, and says what is left to do', async () => {
    const ran = await clone(['--host', 'esb3.example.org']);
    expect(ran.code).toBe(0);
    expect(clusterText()).toContain('{ name: worker9, role: worker, host: esb3.example.org, home: worker9 }');
    expect(readFileSync(at('worker9/repository/conf/carbon.xml'), 'utf8')).toContain('<Offset>0</Offset>');
    expect(ran.stderr).toContain('esb3.example.org has no address in hosts of the cluster file');
    expect(ran.stderr).toContain('worker9 runs on esb3.example.org; bring its home there, to the same path.');
  });

  test('names the nodes whose members change: without any other, the first two workers are the known ones', async () => {
    writeFileSync(at('c.yaml'), original.replace(/.*name: (?:elb|manager|worker2|worker3),.*\n/g, ''));
    expect((await clone(['--dry-run'])).stderr).toContain(
      'Note: The members of worker1 change; run apply on it again, and restart.\n',
    );
    writeFileSync(at('c.yaml'), original);
    expect((await clone(['--dry-run'])).stderr).toContain('so none needs an apply');
  });

  test('masks what is secret in the lines of the cluster file around the new node', async () => {
    const cluster = `domain: d
hostName: h.example.org
database: { host: db.example.org, username: u, password: hunter1 }
patches:
  - file: user-mgt.xml
    operations: [{ op: setText, at: '//AdminUser/Password', value: hunter3 }]
nodes:
  - { name: worker1, role: worker, host: 192.0.2.3, home: worker1 }
silence: [] # password: hunter2
`;
    writeFileSync(at('c.yaml'), cluster);
    const ran = await clone(['--dry-run']);
    expect(ran.code).toBe(0);
    expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/hunter/);
    expect(ran.stdout).toContain("at: '//AdminUser/Password', value: ********");
    expect((await clone(['--dry-run', '--show-secrets'])).stdout).toContain('value: hunter3');
  });

  test('shows everything and writes nothing in a dry run, at no, and where it is interrupted', async () => {
    expect((await clone(['--dry-run'])).stderr).toContain('Dry run: nothing was written.');
    expectUntouched();
    expect((await clone([], { terminals: atTerminal, answers: ['n'] })).code).toBe(2);
    expectUntouched();
    const interrupted = await clone([], { interrupt: AbortSignal.abort() });
    expect(interrupted).toMatchObject({ code: 2 });
    expect(interrupted.stderr).toContain(
      `${at('worker9')}: cannot be written: it was interrupted; every file is as it was before`,
    );
    expectUntouched();
  });

  test('refuses everything that stands in the way, all at once', async () => {
    const manager = await clone(['--from', 'manager', '--to', at('manager/x'), '--name', 'worker1', '--host', 'a b']);
    expect(manager.stderr).toBe(`carbon-patch: ${at('manager')}: cannot be cloned; nothing was written:
  manager is a manager, which owns the registry and what the others check out; a copy would be a second owner, so only nodes that read are cloned
  the cluster has a node worker1 already; choose another name
  the host must be a host name or address
  ${at('manager/x')} is inside the home that is copied; give a folder outside it
`);
    write('taken/file');
    const taken = await clone(['--from', 'worker1', '--to', at('taken'), '--name', 'w']);
    expect(taken.stderr).toContain(`${at('taken')} is there already and not empty`);
    const owned = await clone(['--from', 'worker1', '--to', at('worker3'), '--name', 'w']);
    expect(owned.stderr).toContain(`${at('worker3')} is the home of worker3 in the cluster file`);
    const nowhere = await clone(['--from', 'worker1', '--to', at('no/where'), '--name', 'w']);
    expect(nowhere.stderr).toContain(`${at('no')} is no folder; make it first`);
    expect((await clone(['--from', 'worker7', '--to', at('w'), '--name', 'w'])).stderr).toContain('no node worker7');
    expect((await clone([], { env: { ...env, CARBON_PATCH_SET: 'domain=x' } })).stderr).toContain('CARBON_PATCH_SET');
    expect(clusterText()).toBe(original);
  });

  test('prints one JSON document with --json', async () => {
    const ran = await clone(['--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      ...{ formatVersion: 1, node: 'worker9', home: at('worker9'), source: at('worker1'), written: true, files: 8 },
      clusterFile: { path: at('c.yaml'), diff: expect.stringContaining(`+${newLine}`) as unknown },
      plan: { node: 'worker9', changed: true, written: true },
    });
    expect(existsSync(at('worker9/bin'))).toBe(true);
  });

  test('takes an empty folder', async () => {
    mkdirSync(at('worker9'));
    expect((await clone()).code).toBe(0);
    expect(existsSync(at('worker9/bin'))).toBe(true);
  });

  test('refuses a home that does not fit on the disk', async () => {
    write('worker1/bin/huge');
    truncateSync(at('worker1/bin/huge'), 8e12);
    const ran = await clone();
    expect(ran.stderr).toMatch(/the copy needs 8000000\.\d MB and .* has .* MB; make room/);
    expectUntouched();
  });

  test.each([
    ['in the home', 'worker1/carbon.xml', 'repository/conf/carbon.xml is reached by a link'],
    ['out of the home', 'carbon.xml', 'repository/conf/carbon.xml: a link leads out of the home'],
  ])('refuses configuration that is a link %s, which both nodes could write to', async (_, place, refusal) => {
    renameSync(at('worker1/repository/conf/carbon.xml'), at(place));
    symlinkSync(at(place), at('worker1/repository/conf/carbon.xml'));
    const before = readFileSync(at(place));
    expect((await clone()).stderr).toContain(refusal);
    expect(readFileSync(at(place)).equals(before)).toBe(true);
  });

  test('a copy that was killed is removed by the next run; what a run left unfinished too', async () => {
    write('.worker9.carbon-patch-clone/home/half/a');
    chmodSync(at('.worker9.carbon-patch-clone/home/half'), 0o500);
    expect((await clone(['--dry-run'])).stderr).toContain('what it left is removed first');
    expect((await clone()).code).toBe(0);
    expect(existsSync(at('worker9/half'))).toBe(false);
    expect(existsSync(at('.worker9.carbon-patch-clone'))).toBe(false);
  });

  test('a folder that was renamed by a killed run, and not added to the cluster, is made again', async () => {
    write('worker9/old');
    const { dev, ino, birthtimeNs } = lstatSync(at('worker9'), { bigint: true });
    write('.worker9.carbon-patch-clone/renamed', `${dev} ${ino} ${birthtimeNs}`);
    expect((await clone()).code).toBe(0);
    expect(existsSync(at('worker9/old'))).toBe(false);
  });

  test('nothing is left where the cluster file cannot be replaced', async () => {
    write('.carbon-patch', 'no folder');
    const ran = await clone();
    expect(ran.code).toBe(2);
    expect(existsSync(at('worker9'))).toBe(false);
    expect(existsSync(at('.worker9.carbon-patch-clone'))).toBe(false);
    expect(clusterText()).toBe(original);
  });
});
