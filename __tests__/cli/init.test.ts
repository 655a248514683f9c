import { describe, expect, test } from '@jest/globals';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../fresh-build';
import { makeFolder } from './home-copy';
import { atTerminal, runCli } from './memory-io';

const example = join(root, 'fixtures/clusters/worked-example.yaml');
const names = ['elb', 'manager', 'worker1', 'worker2', 'worker3'] as const;

/** A folder with the homes of the worked example, as they ship. */
function makeHomes(): string {
  const folder = makeFolder();
  cpSync(example, join(folder, 'example.yaml'));
  for (const name of names) {
    const fixture = name === 'elb' ? 'elb-2.1.0' : 'esb-5.0.0';
    cpSync(join(root, 'fixtures/homes', fixture), join(folder, name), { recursive: true });
  }
  return folder;
}

/** What a cluster file says, without comments and blank lines. */
function live(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^ *(?:#|$)/.test(line))
    .map((line) => `${line}\n`)
    .join('');
}

const complete = [
  ...['--domain', 'wso2.esb.domain', '--host-name', 'esb.example.org', '--db-host', 'db.example.org'],
  ...['--db-user', 'regadmin', '--node', 'manager=manager@10.0.0.11:/opt/esb', '--node', 'worker1=worker@[fe80::1]'],
];

const written = `domain: wso2.esb.domain
hostName: esb.example.org
database:
  host: db.example.org
  username: regadmin
nodes:
  - name: manager
    role: manager
    host: 10.0.0.11
    home: /opt/esb
  - name: worker1
    role: worker
    host: fe80::1
`;

describe('init with options', () => {
  test('writes a file that loads, and says what to do next', async () => {
    const out = join(makeFolder(), 'cluster.yaml');
    const ran = await runCli(['init', '--out', out, ...complete]);
    expect(ran).toMatchObject({
      code: 0,
      stdout: '',
      stderr: `Wrote ${out}.\nBefore apply, set CARBON_PATCH_DB_PASSWORD to the password.\n`,
      questions: [],
    });
    expect(live(readFileSync(out, 'utf8'))).toBe(written);
    const planned = await runCli(['check', '--cluster', out, '--node', 'manager']);
    expect(planned.stderr).not.toContain('not a valid cluster file');
  });

  test('leaves out what is so by default, and keeps what is not', async () => {
    const more = ['--mgt-host-name', 'mgt.esb.example.org', '--db-type', 'mysql', '--db-port', '3307', '--db-layout'];
    const ran = await runCli(['init', '--dry-run', ...complete, ...more, 'single']);
    expect(live(ran.stdout)).toBe(
      written.replace(
        'database:\n  host: db.example.org\n',
        'database:\n  layout: single\n  host: db.example.org\n  port: 3307\n',
      ),
    );
  });

  test('takes a URL in the place of a server', async () => {
    const words = complete.map((word) =>
      word === '--db-host' ? '--db-url' : word === 'db.example.org' ? 'jdbc:postgresql://db/{database}' : word,
    );
    const ran = await runCli(['init', '--dry-run', ...words]);
    expect(live(ran.stdout)).toContain('  url: "jdbc:postgresql://db/{database}"\n');
  });

  test('keeps homes below the folder of the file as paths from there', async () => {
    const folder = makeFolder();
    const node = ['--node', `a=worker@h:${folder}/homes/a`];
    const ran = await runCli(['init', '--out', join(folder, 'c.yaml'), ...complete, ...node]);
    expect(ran.code).toBe(0);
    // An absolute path may be one of another machine.
    expect(readFileSync(join(folder, 'c.yaml'), 'utf8')).toContain(`    home: ${folder}/homes/a\n`);
  });

  test('prints the file and writes nothing with --dry-run', async () => {
    const folder = makeFolder();
    const ran = await runCli(['init', '--dry-run', '--out', join(folder, 'c.yaml'), ...complete]);
    expect(ran.stderr).toContain('Dry run: nothing was written.\n');
    expect(live(ran.stdout)).toBe(written);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('lists everything that is missing where nobody can be asked, or --yes says not to', async () => {
    const missing = `carbon-patch: the cluster is not valid; correct these values:
  --domain is missing; name the clustering domain of the managers and workers
  --host-name is missing; name the virtual host that clients call
  --db-host is missing; name the database server, or give --db-url
  --db-user is missing; name the database user
  --node is missing; give each as NAME=ROLE@HOST or NAME=ROLE@HOST:HOME, such as worker1=worker@10.0.0.12:/opt/esb
`;
    const out = join(makeFolder(), 'c.yaml');
    expect(await runCli(['init', '--out', out])).toMatchObject({ code: 2, stdout: '', stderr: missing, questions: [] });
    const atDesk = await runCli(['init', '--out', out, '--yes'], { terminals: ['stdin'] });
    expect(atDesk).toMatchObject({ code: 2, stderr: missing, questions: [] });
    expect(existsSync(out)).toBe(false);
  });

  test('names every wrong word by its option', async () => {
    const out = join(makeFolder(), 'c.yaml');
    const words = ['--domain', 'd', '--host-name', 'a b', '--db-host', 'x', '--db-type', 'foo', '--db-port', '1x'];
    const nodes = ['--node', 'a=b@c', '--node', 'zzz', '--node', 'w=worker@10.0.0.1'];
    const { code, stderr } = await runCli(['init', '--out', out, ...words, ...nodes]);
    expect(code).toBe(2);
    expect(
      stderr
        .split('\n')
        .slice(1, -1)
        .map((line) => line.replace(/: .*|;.*/, '')),
    ).toEqual([
      '  --db-user is missing',
      '  --node zzz',
      '  --host-name',
      '  --db-type',
      '  --db-port',
      '  --node a=b@c',
    ]);
    expect(existsSync(out)).toBe(false);
  });

  test.each([
    [['--db-url', 'jdbc:mysql://db/x'], /^ {2}--db-(?:host|url): .*(?:database\.url|database\.host)/m],
    [
      ['--node', 'manager=worker@10.0.0.5'],
      /^ {2}--node manager=worker@10\.0\.0\.5: nodes\[2\]\.name: manager is the name/m,
    ],
    [['--db-type', 'oracle', '--db-url', 'jdbc:mysql://db/{database}'], /^ {2}--db-type: database\.kind is oracle/m],
  ])('refuses %j beside the others', async (words, problem) => {
    const { code, stderr } = await runCli(['init', '--dry-run', ...complete, ...words]);
    expect(code).toBe(2);
    expect(stderr).toMatch(problem);
  });
});

describe('init never overwrites', () => {
  test('a cluster file, and says so before it asks or reads', async () => {
    const out = join(makeFolder(), 'c.yaml');
    writeFileSync(out, 'mine');
    for (const words of [[], complete, ['--from', '/nowhere']]) {
      const ran = await runCli(['init', '--out', out, ...words], { terminals: atTerminal });
      expect(ran).toMatchObject({ code: 2, questions: [] });
      expect(ran.stderr).toContain(
        `${out}: cannot be written: it is there already; move it away or choose another name`,
      );
    }
    expect(readFileSync(out, 'utf8')).toBe('mine');
  });

  test('a password file, and then writes no cluster file either', async () => {
    const folder = makeHomes();
    const env = { CARBON_PATCH_DB_PASSWORD: 'geheim' };
    await runCli(['apply', '--cluster', join(folder, 'example.yaml'), '--yes'], { env });
    writeFileSync(join(folder, 'c.password'), 'mine');
    const ran = await runCli(['init', '--out', join(folder, 'c.yaml'), '--from', join(folder, 'manager')]);
    expect(ran.code).toBe(2);
    expect(readFileSync(join(folder, 'c.password'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'c.yaml'))).toBe(false);
  });

  test('nor leaves a password file behind where the cluster file cannot be written', async () => {
    const { saveClusterFile } = await import('../../lib/plan/save-cluster-file');
    const folder = makeFolder();
    mkdirSync(join(folder, 'c.yaml'));
    const secrets = [{ name: 'c.password', secret: 'geheim' }];
    await expect(saveClusterFile(join(folder, 'c.yaml'), 'text', secrets)).rejects.toMatchObject({
      code: 'WRITE_FAILED',
    });
    expect(readdirSync(folder)).toEqual(['c.yaml']);
  });
});

describe('init at a terminal', () => {
  const questions = [
    'Virtual host of the cluster, which clients call: ',
    'Virtual host of the management console [mgt.esb.example.org]: ',
    'Clustering domain [wso2.esb.domain]: ',
    'Database product (mysql, mariadb, postgresql, oracle, mssql, jtds, db2, h2, derby) [mysql]: ',
    'Database server: ',
    'Port of the database server [3306]: ',
    'Database user [regadmin]: ',
    'Load balancer, as HOST or HOST:HOME, or - for none [-]: ',
    'Manager, as HOST or HOST:HOME: ',
    'Workers, each as HOST or HOST:HOME with a blank between them, or - for none [-]: ',
  ];
  const answers = ['esb.example.org', '', '', '', 'db.example.org', '', '', '', '10.0.0.11:/opt/esb', '[fe80::1]'];

  test('asks one question after the other, with a default where there is one', async () => {
    const ran = await runCli(['init', '--dry-run'], { terminals: atTerminal, answers });
    expect(ran).toMatchObject({ code: 0, questions });
    expect(live(ran.stdout)).toBe(written);
  });

  test('asks only for what is left open', async () => {
    const words = [
      '--host-name',
      'esb.example.org',
      '--db-url',
      'jdbc:oracle:thin:@db:1521/{database}',
      '--domain',
      'd',
    ];
    const ran = await runCli(['init', '--dry-run', ...words, '--node', 'm=manager@h'], { terminals: atTerminal });
    expect(ran.questions).toEqual([questions[1], questions[6]]);
    expect(live(ran.stdout)).toContain('  username: regadmin\nnodes:\n  - name: m\n');
    expect((await runCli(['init', '--dry-run', ...complete], { terminals: atTerminal })).questions).toEqual([]);
  });

  test('takes several nodes of a role, and numbers them', async () => {
    const several = [...answers.slice(0, 7), 'lb1 lb2', 'm:/opt/a', 'w1:/opt/a, w2'];
    const { stdout } = await runCli(['init', '--dry-run'], { terminals: atTerminal, answers: several });
    expect(
      [...stdout.matchAll(/- name: (.*)\n.*\n {4}host: (.*)\n/g)].map(([, name, host]) => `${name} ${host}`),
    ).toEqual(['elb1 lb1', 'elb2 lb2', 'manager m', 'worker1 w1', 'worker2 w2']);
  });

  test('asks again for what is not valid, and says what is wrong', async () => {
    const again = ['', 'not a host', 'esb.example.org', ...answers.slice(1)];
    const ran = await runCli(['init', '--dry-run'], { terminals: atTerminal, answers: again });
    expect(ran.code).toBe(0);
    expect(ran.questions.slice(0, 4)).toEqual([questions[0], questions[0], questions[0], questions[1]]);
    expect(ran.stderr).toContain('Virtual host of the cluster, which clients call: an answer is needed\n');
    expect(ran.stderr).toContain('--host-name: hostName must be a host name or address\n');
  });

  test('gives up after three wrong answers, and at the end of the input', async () => {
    const out = join(makeFolder(), 'c.yaml');
    const wrong = await runCli(['init', '--out', out], { terminals: atTerminal, answers: ['a b', 'a b', 'a b', 'x'] });
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.questions).toHaveLength(3);
    const ended = await runCli(['init', '--out', out], { terminals: atTerminal });
    expect(ended.questions).toHaveLength(3);
    expect(ended.stderr).toContain('an answer is needed');
    expect(existsSync(out)).toBe(false);
  });
});

describe('init from homes', () => {
  test('writes the file and the password beside it, and diff finds nothing to do', async () => {
    const folder = makeHomes();
    const out = join(folder, 'carbon-cluster.yaml');
    const env = { CARBON_PATCH_DB_PASSWORD: 'geheim' };
    await runCli(['apply', '--cluster', join(folder, 'example.yaml'), '--yes'], { env });
    const ran = await runCli(['init', '--out', out, ...names.flatMap((name) => ['--from', join(folder, name)])]);
    const secret = join(folder, 'carbon-cluster.password');
    expect(ran).toMatchObject({
      code: 0,
      stdout: '',
      questions: [],
      stderr: `Wrote ${out}.
Wrote ${secret}: a password in clear text that only you can read. Never commit it.
The homes are what the cluster file says.
`,
    });
    expect(readFileSync(secret, 'utf8')).toBe('geheim\n');
    expect((statSync(secret).mode & 0o777).toString(8)).toBe('600');
    expect(readFileSync(out, 'utf8')).not.toContain('geheim');
    expect(await runCli(['diff', '--cluster', out])).toMatchObject({ code: 0, stdout: '' });
  });

  test('tells what is not what the file says, without a secret, and is done all the same', async () => {
    const folder = makeHomes();
    const env = { CARBON_PATCH_DB_PASSWORD: 'geheim' };
    await runCli(['apply', '--cluster', join(folder, 'example.yaml'), '--yes'], { env });
    const file = join(folder, 'worker3/repository/conf/datasources/master-datasources.xml');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('geheim', 'anders'));
    const out = join(folder, 'a b.yaml');
    const ran = await runCli(['init', '--out', out, ...names.flatMap((name) => ['--from', join(folder, name)])]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('worker3:\nrepository/conf/datasources/master-datasources.xml: 2 changes\n');
    expect(ran.stderr).toContain(
      `Warning: 2 settings of these homes are not what the cluster file says; see carbon-patch diff --cluster '${out}'\n`,
    );
    expect(ran.stderr + ran.stdout).not.toMatch(/geheim|anders/);
    expect((await runCli(['diff', '--cluster', out])).code).toBe(1);
  });

  test('prints the file with --dry-run, and names the password file that it would write', async () => {
    const folder = makeHomes();
    const env = { CARBON_PATCH_DB_PASSWORD: 'geheim' };
    await runCli(['apply', '--cluster', join(folder, 'example.yaml'), '--yes'], { env });
    const before = readdirSync(folder);
    const out = join(folder, 'c.yaml');
    const ran = await runCli(['init', '--dry-run', '--out', out, '--from', join(folder, 'manager')]);
    expect(live(ran.stdout)).toContain('password: { file: c.password }\n');
    expect(ran.stderr).toContain('Dry run: nothing was written. Beside it would be c.password.\n');
    expect(ran.stdout + ran.stderr).not.toContain('geheim');
    expect(readdirSync(folder)).toEqual(before);
  });

  test('lets options win over what the homes say', async () => {
    const folder = makeHomes();
    const words = ['--host-name', 'h.example.org', '--db-url', 'jdbc:mysql://db/{database}', '--db-user', 'me'];
    const ran = await runCli(['init', '--dry-run', '--from', join(folder, 'manager'), ...words]);
    expect(live(ran.stdout)).toContain(
      'hostName: h.example.org\ndatabase:\n  url: "jdbc:mysql://db/{database}"\n  username: me\n',
    );
    expect(ran.stderr).not.toContain('No home says');
  });

  test('refuses options that are wrong or about nodes, homes that are none, and one that is given twice', async () => {
    const folder = makeHomes();
    const from = ['init', '--dry-run', '--from', join(folder, 'manager')];
    const wrong = await runCli([...from, '--node', 'x=worker@h', '--db-port', '0']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/\n {2}--node: the homes of --from are the nodes; leave it out\n {2}--db-port: /);
    expect(await runCli(['init', '--dry-run', '--from', folder])).toMatchObject({ code: 2, stdout: '' });
    expect((await runCli([...from, '--from', join(folder, 'manager/')])).stderr).toContain('is given twice');
  });
});
