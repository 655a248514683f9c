import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { brokenFiles, brokenEnvironment, clusterFixtures } from '../cluster/cluster-file/cluster-fixtures';
import { buildTime, freshBuild, program, root } from '../fresh-build';
import { runNode, runProcess } from '../run-node';
import { contentOf, makeFolder, stateOf } from './home-copy';
import { atTerminal, runCli, type World } from './memory-io';

jest.setTimeout(60_000);

const env = { CARBON_PATCH_DB_PASSWORD: 'from the environment' };

const nodes = `nodes:
  - { name: elb, role: elb, host: 192.0.2.10, home: homes/elb }
  - { name: manager, role: manager, host: 192.0.2.11, home: homes/manager }
  - { name: worker1, role: worker, host: 192.0.2.12, home: homes/worker1 }
`;

const example = `domain: wso2.test.domain
hostName: esb.example.org
database: { host: db.example.org, username: regadmin, password: { env: CARBON_PATCH_DB_PASSWORD } }
${nodes}`;

const fixtures: Readonly<Record<string, string>> = { elb: 'elb-2.1.0', manager: 'esb-5.0.0', worker1: 'esb-5.0.0' };

/** A folder with a cluster file and the homes of its nodes. */
function makeCluster(text = example, homes: readonly string[] = Object.keys(fixtures)): string {
  const folder = makeFolder();
  mkdirSync(join(folder, 'homes'));
  for (const name of homes) {
    const original = join(root, 'fixtures/homes', fixtures[name] ?? 'esb-5.0.0');
    cpSync(original, join(folder, 'homes', name), { recursive: true });
  }
  writeFileSync(join(folder, 'carbon-cluster.yaml'), text);
  return folder;
}

const clusterIn = (folder: string): readonly string[] => ['--cluster', join(folder, 'carbon-cluster.yaml')];

/** The value of one setting of a home, as its file has it. */
function valueIn(folder: string, home: string, path: string, pattern: RegExp): string | undefined {
  return pattern.exec(readFileSync(join(folder, 'homes', home, 'repository/conf', path), 'utf8'))?.[1];
}

const domainOf = (folder: string, home: string): string | undefined =>
  valueIn(folder, home, 'axis2/axis2.xml', /\n\s*<parameter name="domain">([^<]*)</);

const offsetOf = (folder: string, home: string): string | undefined =>
  valueIn(folder, home, 'carbon.xml', /\n\s*<Offset>(\d+)</);

/** What is printed, without the folder of the test and without times. */
const plain = (text: string, folder: string): string => text.replaceAll(folder, '/cluster');

describe('apply of a whole cluster', () => {
  test('writes every home, tells what it did, and finds nothing to do the second time', async () => {
    const folder = makeCluster();
    const first = await runCli(['apply', ...clusterIn(folder)], { env });
    expect(plain(first.stderr, folder)).toContain(
      'Cluster file /cluster/carbon-cluster.yaml: 3 nodes of wso2.test.domain\n',
    );
    expect(plain(first.stderr, folder)).toMatch(/^elb: \/cluster\/homes\/elb: WSO2 Elastic Load Balancer 2\.1\.0/m);
    expect(plain(first.stderr, folder)).toMatch(/^node +role +files +changes +home$/m);
    expect(plain(first.stderr, folder)).toMatch(/^manager +manager +\d+ +\d+ +\/cluster\/homes\/manager$/m);
    expect(plain(first.stderr, folder)).toMatch(
      /^Wrote \d+ files of 3 nodes\. To take it back: carbon-patch undo --cluster \/cluster\/carbon-cluster\.yaml$/m,
    );
    expect(first.code).toBe(0);
    expect([domainOf(folder, 'manager'), domainOf(folder, 'worker1')]).toEqual([
      'wso2.test.domain',
      'wso2.test.domain',
    ]);

    const before = stateOf(join(folder, 'homes'));
    const second = await runCli(['apply', ...clusterIn(folder)], { env });
    expect(second).toMatchObject({ code: 0, stdout: '' });
    expect(second.stderr).toContain('Nothing to do: every file is as wanted already.');
    expect(stateOf(join(folder, 'homes'))).toEqual(before);
    expect((await runCli(['diff', ...clusterIn(folder)], { env })).code).toBe(0);
  });

  test('of one node leaves the others alone', async () => {
    const folder = makeCluster();
    const before = stateOf(join(folder, 'homes/manager'));
    const { code, stderr } = await runCli(['apply', ...clusterIn(folder), '--node', 'worker1'], { env });
    expect({ code, wrote: /Wrote \d+ files of 1 node\./.test(stderr) }).toEqual({ code: 0, wrote: true });
    expect(stateOf(join(folder, 'homes/manager'))).toEqual(before);
    expect(domainOf(folder, 'worker1')).toBe('wso2.test.domain');
  });

  test('writes nothing at all where a home cannot be used, and tells every one that cannot', async () => {
    const folder = makeCluster();
    cpSync(join(root, 'fixtures/homes/am-3.0.0-toml'), join(folder, 'homes/worker1'), { recursive: true });
    writeFileSync(join(folder, 'homes/manager/repository/conf/carbon.xml'), '<Server>');
    const before = stateOf(join(folder, 'homes'));
    const { code, stderr } = await runCli(['apply', ...clusterIn(folder)], { env });
    expect(code).toBe(2);
    expect(plain(stderr, folder)).toContain('carbon-patch: 2 homes cannot be used; nothing was written:\n');
    expect(plain(stderr, folder)).toContain('/cluster/homes/worker1: repository/conf/deployment.toml generates');
    expect(stateOf(join(folder, 'homes'))).toEqual(before);
  });

  test('asks on a terminal, and writes nothing where the answer is no', async () => {
    const folder = makeCluster();
    const before = stateOf(join(folder, 'homes'));
    const { code, questions } = await runCli(['apply', ...clusterIn(folder)], {
      env,
      terminals: atTerminal,
      answers: ['n'],
    });
    expect({ code, asked: questions.length }).toEqual({ code: 2, asked: 1 });
    expect(stateOf(join(folder, 'homes'))).toEqual(before);
  });

  test('says which nodes are left out, and why', async () => {
    const folder = makeCluster(example, ['manager', 'worker1']);
    const { code, stderr } = await runCli(['diff', ...clusterIn(folder)], { env });
    expect(code).toBe(1);
    expect(plain(stderr, folder)).toContain('Left out: elb (/cluster/homes/elb is not on this machine)\n');
  });

  test('is for the nodes of this machine where their addresses tell', async () => {
    const folder = makeCluster();
    const { stderr } = await runCli(['diff', ...clusterIn(folder)], { env, addresses: ['192.0.2.11'] });
    expect(plain(stderr, folder)).toContain('Left out: elb (it runs on 192.0.2.10), worker1 (it runs on 192.0.2.12)\n');
    expect(stderr).not.toContain('worker1: ');
  });

  test('prints one JSON document, of which each node is a part', async () => {
    const folder = makeCluster();
    const { code, stdout } = await runCli(['diff', ...clusterIn(folder), '--json'], { env });
    const document = JSON.parse(stdout) as { readonly nodes: readonly { readonly node: { readonly name: string } }[] };
    expect(code).toBe(1);
    expect(JSON.stringify(document)).not.toContain('from the environment');
    expect(JSON.stringify(document.nodes)).toContain('worker1');
  });
});

describe('the diff of a whole cluster', () => {
  test('is a patch that `patch -p1` makes of the whole machine', async () => {
    const folder = makeCluster();
    const { bytes } = await runCli(['diff', ...clusterIn(folder), '--show-secrets'], { env });
    expect(bytes.toString()).toContain(`--- a${folder}/homes/manager/repository/conf/axis2/axis2.xml\n`);
    // A second machine: another root with the same homes below it.
    const other = makeFolder();
    cpSync(join(folder, 'homes'), join(other, folder, 'homes'), { recursive: true });
    writeFileSync(join(other, 'all.patch'), bytes);
    expect(runProcess('patch', ['-p1', '-s', '-d', other, '-i', join(other, 'all.patch')], { cwd: other }).code).toBe(
      0,
    );
    expect((await runCli(['apply', ...clusterIn(folder)], { env })).code).toBe(0);
    const written = Object.entries(contentOf(join(folder, 'homes'))).filter(
      ([path]) => !path.includes('.carbon-patch/'),
    );
    expect(contentOf(join(other, folder, 'homes'))).toEqual(Object.fromEntries(written));
  });

  test('keeps its form where a home has blanks in its path', async () => {
    const folder = makeCluster(example.replace('homes/worker1', "'homes/worker one'"), ['worker one']);
    const { stdout } = await runCli(['diff', ...clusterIn(folder), '--node', 'worker1'], { env });
    expect(stdout).toContain(`/homes/worker one/repository/conf/carbon.xml`);
  });
});

describe('a broken cluster file', () => {
  test.each(brokenFiles)('%s: exit code 2, told on stderr, nothing on stdout, and nothing written', async (file) => {
    const folder = makeCluster();
    const before = stateOf(folder);
    const words = ['--cluster', join(clusterFixtures, file)];
    const { code, stdout, stderr } = await runCli(['apply', ...words, '--yes'], { env: brokenEnvironment(file) });
    const text = readFileSync(join(clusterFixtures, file.replace(/yaml$/, 'txt')), 'utf8');
    expect(stderr.replaceAll(`${clusterFixtures}/broken/`, '')).toBe(`carbon-patch: ${text}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stateOf(folder)).toEqual(before);
  });

  test.each(brokenFiles)('%s: with --json, one document without a password', async (file) => {
    const words = ['apply', '--json', '--cluster', join(clusterFixtures, file)];
    const { code, stdout } = await runCli(words, { env: brokenEnvironment(file) });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CLUSTER_FILE_INVALID' } });
    expect(stdout).not.toMatch(/hunter2|s3cr3t/);
  });

  test('in the middle of a good cluster changes no home', async () => {
    const folder = makeCluster(example.replace('role: worker', 'role: wroker'));
    const before = stateOf(folder);
    const { code, stderr } = await runCli(['apply', ...clusterIn(folder), '--yes'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('carbon-cluster.yaml:7:28: nodes[2].role must be one of manager, worker, elb');
    expect(stateOf(folder)).toEqual(before);
  });
});

describe('values', () => {
  const offsetWith = async (words: readonly string[], world: World = {}): Promise<string | undefined> => {
    const folder = makeCluster();
    const all = ['apply', ...clusterIn(folder), '--node', 'worker1', '--only', 'carbon.xml', ...words];
    const { code, stderr } = await runCli(all, { ...world, env: { ...env, ...world.env } });
    return code === 0 ? offsetOf(folder, 'worker1') : stderr;
  };

  test('come from flags, --set, CARBON_PATCH_SET, the file, and the defaults, in this order', async () => {
    const fromEnvironment = { env: { CARBON_PATCH_SET: '\nnodes.worker1.offset=5\r\n domain=d2 \n' } };
    expect(await offsetWith([])).toBe('0');
    expect(await offsetWith([], fromEnvironment)).toBe('5');
    expect(await offsetWith(['--set', 'nodes.worker1.offset=6'], fromEnvironment)).toBe('6');
    expect(
      await offsetWith(['--set', 'nodes.worker1.offset=6', '--set', 'nodes.worker1.offset=7'], fromEnvironment),
    ).toBe('7');
    expect(await offsetWith(['--set', 'nodes.worker1.offset=6', '--port-offset', '8'], fromEnvironment)).toBe('8');
  });

  test.each([
    [
      ['--set', 'nodes.worker1.ofset=6'],
      {},
      '--set nodes.worker1.ofset: nodes[2].ofset is no key of the cluster file; did you mean offset?',
    ],
    [
      [],
      { CARBON_PATCH_SET: 'nodes.worker1.offset=many' },
      'CARBON_PATCH_SET nodes.worker1.offset: nodes[2].offset must be a whole number from 0 to 54424',
    ],
    [['--set', 'nodes.worker1.offset'], {}, '--set nodes.worker1.offset…: is not PATH=VALUE with the path of a value'],
  ])('that are wrong are refused with their origin: %j %j', async (words, more, problem) => {
    expect(await offsetWith(words, { env: more })).toContain(problem);
  });

  test('a setting without = does not show what may be a secret', async () => {
    const shown = await offsetWith(['--set', 'database.password:hunter2'], { env: { CARBON_PATCH_SET: 'hunter2!' } });
    expect(shown).toContain('--set database.password…: is not PATH=VALUE');
    expect(shown).not.toContain(':hunter2');
  });

  test.each([
    [['--set', 'domain=x'], {}, '--set: changes values of a cluster file, and there is none'],
    [[], { CARBON_PATCH_SET: 'domain=x' }, 'CARBON_PATCH_SET: changes values of a cluster file, and there is none'],
  ])('are refused where there is no cluster file to set them in: %j %j', async (words, more, problem) => {
    const home = join(makeCluster(), 'homes/worker1');
    const world = { env: more as Readonly<Record<string, string>> };
    const { code, stderr } = await runCli(['diff', '--role', 'worker', '--home', home, ...words], world);
    expect(code).toBe(2);
    expect(stderr).toBe(`carbon-patch: ${problem}; give --cluster FILE, or make carbon-cluster.yaml here\n`);
  });

  test('of the database come from --db-* flags over the file', async () => {
    const folder = makeCluster();
    const flags = ['--db-type', 'postgresql', '--db-host', 'other.example.org', '--db-user', 'someone'];
    const { stdout } = await runCli(['diff', ...clusterIn(folder), ...flags], { env });
    expect(stdout).toContain('jdbc:postgresql://other.example.org:5432/WSO2_USER_DB');
    expect(stdout).toContain('+                    <username>someone</username>');
    expect(stdout).not.toContain('db.example.org:3306');
  });

  test('the password comes from --db-password-file, else the environment, else the file', async () => {
    const text = example.replace('{ env: CARBON_PATCH_DB_PASSWORD }', '{ env: NOT_SET }');
    const folder = makeCluster(text);
    writeFileSync(join(folder, 'secret.txt'), 'from-the-flag\n');
    const words = ['diff', ...clusterIn(folder), '--show-secrets'];
    const flag = ['--db-password-file', join(folder, 'secret.txt')];
    expect((await runCli([...words, ...flag], { env })).stdout).toContain('<password>from-the-flag<');
    expect((await runCli([...words, ...flag])).stdout).toContain('<password>from-the-flag<');
    expect((await runCli(words, { env })).stdout).toContain('<password>from the environment<');
    expect((await runCli(words, { env: { NOT_SET: 'from-the-file' } })).stdout).toContain('<password>from-the-file<');
    const { code, stderr } = await runCli(words);
    expect(code).toBe(2);
    expect(stderr).toContain('database.password: the environment variable NOT_SET is not set; set it to the password');
  });

  test('a password in clear text is warned of, and not shown', async () => {
    const folder = makeCluster(example.replace('{ env: CARBON_PATCH_DB_PASSWORD }', 'hunter2'));
    const { stdout, stderr } = await runCli(['diff', ...clusterIn(folder)]);
    expect(stderr).toMatch(
      /^Warning: .*carbon-cluster\.yaml: database\.password stands in clear text in the cluster file/m,
    );
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('the nodes that are meant', () => {
  const run = (words: readonly string[], world: World = {}): ReturnType<typeof runCli> =>
    runCli(['diff', '--only', 'carbon.xml', ...words], { env, ...world });

  test('--home finds its node', async () => {
    const folder = makeCluster();
    const { code, stderr } = await run([...clusterIn(folder), '--home', join(folder, 'homes/worker1')]);
    expect(code).toBe(1);
    expect(plain(stderr, folder)).toContain('\nworker1: /cluster/homes/worker1: WSO2');
  });

  test('--role finds the node and its home', async () => {
    const folder = makeCluster();
    const { stderr } = await run([...clusterIn(folder), '--role', 'manager']);
    expect(plain(stderr, folder)).toContain('\nmanager: /cluster/homes/manager: WSO2');
  });

  const twoWorkers = `${example}  - { name: worker2, role: worker, host: 192.0.2.13, home: homes/worker1 }\n`;

  test('is asked for on a terminal where it is not clear', async () => {
    const folder = makeCluster(twoWorkers);
    const words = [...clusterIn(folder), '--home', join(folder, 'homes/worker1')];
    const { stderr, questions } = await run(words, { terminals: atTerminal, answers: [' worker2 '] });
    expect(questions.map((question) => plain(question, folder))).toEqual([
      'Which node is /cluster/homes/worker1: worker1 or worker2? ',
    ]);
    expect(stderr).toContain('worker2: ');
  });

  test.each<[string, World]>([
    ['a script', {}],
    ['a wrong answer', { terminals: atTerminal, answers: ['worker3'] }],
  ])('is told to be named, to %s', async (_, world) => {
    const folder = makeCluster(twoWorkers);
    const { code, stderr } = await run([...clusterIn(folder), '--home', join(folder, 'homes/worker1')], world);
    expect(code).toBe(2);
    expect(plain(stderr, folder)).toContain(
      '/cluster/homes/worker1 may be 2 nodes of the cluster; name one with --node: worker1, worker2',
    );
  });

  test('is the one on this machine where several have the home', async () => {
    const folder = makeCluster(twoWorkers);
    const words = [...clusterIn(folder), '--home', join(folder, 'homes/worker1'), '--role', 'worker'];
    const { code, stderr } = await run(words, { addresses: ['192.0.2.13'] });
    expect({ code, isSecond: stderr.includes('worker2: ') }).toEqual({ code: 1, isSecond: true });
  });

  test.each([
    [['--node', 'worker9'], 'the cluster has no node worker9; did you mean worker1?'],
    [
      ['--node', 'worker1', '--role', 'manager'],
      'node worker1 has the role worker, not manager; of that role there is manager',
    ],
    [['--role', 'boss'], 'role: "boss" is no role; it must be manager, worker or elb'],
    [
      ['--role', 'worker', '--node', 'worker1', '--node', 'manager'],
      '--home and --role are about one node, but several are named; name one with --node',
    ],
    [
      ['--port-offset', '3', '--host', '192.0.2.9'],
      '--host, --port-offset: is about one node, but 3 are meant; name one with --node, or write it into the cluster file',
    ],
    [['--member', '192.0.2.1:4000'], '--member: is about one node, but 3 are meant'],
  ])('%j is refused', async (words, problem) => {
    const folder = makeCluster();
    const { code, stderr } = await run([...clusterIn(folder), ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
  });

  test('of ten and more, the progress stands on a line of its own', async () => {
    const many = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const lines = many.map(
      (name, index) => `  - { name: ${name}, role: worker, host: 192.0.2.${index + 1}, home: homes/${name} }`,
    );
    const folder = makeCluster(example.replace(nodes, `nodes:\n${lines.join('\n')}\n`), many);
    const { stderr } = await run(clusterIn(folder), { terminals: ['stderr'] });
    expect(stderr).toContain('\rPlanning 12 of 12');
    expect(stderr).not.toMatch(/Planning \d+ of 12[^\r]*\S[^\r]*\n/);
  });
});

describe('the cluster file', () => {
  beforeAll(freshBuild, buildTime);

  const diffIn = (cwd: string, words: readonly string[] = [], more: Readonly<Record<string, string>> = {}): string => {
    const { stderr } = runNode([program, 'diff', '--only', 'carbon.xml', ...words], { cwd, env: { ...env, ...more } });
    return /Cluster file (\S+): \d+ nodes? of (\S+)/.exec(stderr)?.slice(1).join(' ') ?? stderr;
  };

  test('is --cluster, else CARBON_PATCH_CLUSTER, else carbon-cluster.yaml in the current folder', () => {
    const here = makeCluster(example.replace('wso2.test.domain', 'here'));
    const named = join(makeCluster(example.replace('wso2.test.domain', 'named')), 'carbon-cluster.yaml');
    const flag = join(makeCluster(example.replace('wso2.test.domain', 'flag')), 'carbon-cluster.yaml');
    expect(diffIn(here)).toBe('carbon-cluster.yaml here');
    expect(diffIn(here, [], { CARBON_PATCH_CLUSTER: named })).toBe(`${named} named`);
    expect(diffIn(here, [], { CARBON_PATCH_CLUSTER: '' })).toBe('carbon-cluster.yaml here');
    expect(diffIn(here, ['--cluster', flag], { CARBON_PATCH_CLUSTER: named })).toBe(`${flag} flag`);
  });

  test('is missing where none of them is given, and a command without --home and --role says so', () => {
    expect(diffIn(makeFolder())).toContain(
      'carbon-patch: --home and --role are missing, and there is no cluster file; give --home DIR with --role ROLE, or --cluster FILE, or make carbon-cluster.yaml here\n',
    );
    expect(diffIn(makeFolder(), ['--cluster', 'none.yaml'])).toContain(
      'carbon-patch: none.yaml: cannot be read: no such file',
    );
  });
});
