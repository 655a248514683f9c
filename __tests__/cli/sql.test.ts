import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { SqlJson } from '../../lib/report/sql-json';
import { root } from '../fresh-build';
import { makeFolder } from './home-copy';
import { runCli, type Ran } from './memory-io';

const env = { DB: 'Q-7-x-91' };

/** A cluster file beside these homes, each a copy of a fixture with empty table scripts. */
function clusterFile(
  homes: Readonly<Record<string, { readonly fixture: string; readonly scripts?: readonly string[] }>>,
): string {
  const folder = makeFolder();
  for (const [name, { fixture, scripts = [] }] of Object.entries(homes)) {
    cpSync(join(root, 'fixtures/homes', fixture), join(folder, name), { recursive: true });
    for (const folderName of ['apimgt', 'identity'])
      mkdirSync(join(folder, name, 'dbscripts', folderName), { recursive: true });
    for (const script of scripts) writeFileSync(join(folder, name, 'dbscripts', script), '');
  }
  const file = join(folder, 'cluster.yaml');
  writeFileSync(
    file,
    `domain: orders.esb
hostName: orders.example.org
database: { host: db.example.org, username: carbon, password: { env: DB } }
nodes:
  - { name: elb, role: elb, host: 192.0.2.10, home: elb }
  - { name: manager, role: manager, host: 192.0.2.11, home: manager }
  - { name: worker1, role: worker, host: 192.0.2.12, home: worker1 }
`,
  );
  return file;
}

async function jsonOf(words: readonly string[]): Promise<SqlJson> {
  const { code, stdout } = await runCli(['sql', '--json', ...words], { env });
  expect(code).toBe(0);
  return JSON.parse(stdout) as SqlJson;
}

const esb = { fixture: 'esb-5.0.0', scripts: ['mysql.sql', 'mysql5.7.sql', 'postgresql.sql'] };

describe('sql', () => {
  test('names every database of the cluster, what uses it, and the table scripts of the homes', async () => {
    const file = clusterFile({ manager: esb });
    const home = join(file, '../manager');
    const { databases, ...document } = await jsonOf(['--cluster', file]);
    expect(document).toMatchObject({ formatVersion: 1, kind: 'mysql', client: 'mysql', secretsMasked: true });
    const script = { node: 'manager', path: `${home}/dbscripts/mysql5.7.sql`, remark: null };
    const one = (name: string, purpose: string, nodes: readonly string[], tables: object = script): object => ({
      name,
      purposes: [purpose],
      nodes,
      users: ['carbon'],
      tableScripts: [tables],
    });
    const remark = 'It is that of manager, which has the same tables';
    expect(databases).toEqual([
      one('REGISTRY_DB', 'registry', ['manager', 'worker1']),
      one('WSO2_USER_DB', 'users', ['manager', 'worker1']),
      one('REGISTRY_LOCAL1', 'local', ['manager']),
      one('REGISTRY_LOCAL2', 'local', ['worker1'], { ...script, remark }),
    ]);
  });

  test('of a node gives only what that node needs, and leaves local registries out that stay in their homes', async () => {
    const file = clusterFile({ manager: esb });
    const names = async (...words: readonly string[]): Promise<readonly string[]> =>
      (await jsonOf(['--cluster', file, ...words])).databases.map(({ name }) => name);
    expect(await names('--node', 'worker1')).toEqual(['REGISTRY_DB', 'WSO2_USER_DB', 'REGISTRY_LOCAL2']);
    expect(await names('--set', 'database.names.local=false')).toEqual(['REGISTRY_DB', 'WSO2_USER_DB']);
    expect(await names('--set', 'database.layout=single')).toEqual(['carbondb']);
    expect(await names('--set', 'database.names.apiManager=am')).toContain('am');
  });

  test('knows the databases of API Manager, and the scripts of its own', async () => {
    const file = clusterFile({
      manager: { fixture: 'am-2.1.0', scripts: ['mysql.sql', 'apimgt/mysql.sql', 'apimgt/mysql5.7.sql'] },
    });
    const { databases } = await jsonOf(['--cluster', file, '--node', 'manager']);
    const found = databases.map(({ name, tableScripts }) => [
      name,
      tableScripts.map(({ path }) => path?.replace(/.*dbscripts./, '')),
    ]);
    expect(found).toEqual([
      ['REGISTRY_DB', ['mysql.sql']],
      ['WSO2_USER_DB', ['mysql.sql']],
      ['apimgtdb', ['apimgt/mysql5.7.sql']],
      ['REGISTRY_LOCAL1', ['mysql.sql']],
    ]);
    // After the apply the datasource is on the server, and the database is still needed.
    expect((await runCli(['apply', '--cluster', file, '--node', 'manager', '--yes'], { env })).code).toBe(0);
    expect((await jsonOf(['--cluster', file, '--node', 'manager'])).databases).toEqual(databases);
  });

  test('says where no home has a script, and where the script of a home that is not here should be', async () => {
    const file = clusterFile({ manager: { fixture: 'esb-5.0.0', scripts: ['h2.sql'] } });
    const here = await jsonOf(['--cluster', file]);
    expect(here.databases[0]?.tableScripts).toEqual([
      {
        node: 'manager',
        path: null,
        remark: expect.stringMatching(/^The home of manager has no mysql5\.7\.sql and no .* in dbscripts/),
      },
    ]);
    const elsewhere = await jsonOf([
      '--cluster',
      file,
      '--set',
      'nodes.manager.home=/srv/esb',
      '--set',
      'database.kind=postgresql',
    ]);
    expect(elsewhere.databases[0]?.tableScripts).toEqual([
      {
        node: null,
        path: '/srv/esb/dbscripts/postgresql.sql',
        remark: 'No home on this machine has it; run it where the home is, or copy it',
      },
    ]);
  });

  test('holds passwords only with --show-secrets, and says then how to run it', async () => {
    const file = clusterFile({ manager: esb });
    const masked = await runCli(['sql', '--cluster', file]);
    expect(masked).toMatchObject({
      code: 0,
      stderr: 'The passwords are not in this script; --show-secrets puts them in.\n',
    });
    expect(masked.stdout).toContain(`sql --cluster ${file} --show-secrets | mysql --host=db.example.org --port=3306`);
    const shown = await runCli(['sql', '--cluster', file, '--show-secrets'], { env });
    expect(shown.stderr).toBe('');
    expect(shown.stdout).toContain("IDENTIFIED BY 'Q-7-x-91';");
    const without = await runCli(['sql', '--cluster', file], { env });
    expect(without.stdout + without.stderr).not.toContain('Q-7-x-91');
  });

  test('lets in the addresses of the nodes only, where that is asked', async () => {
    const { stdout } = await runCli(['sql', '--cluster', clusterFile({}), '--client-hosts', 'nodes']);
    expect(stdout).toContain("TO 'carbon'@'192.0.2.11';");
    expect(stdout).toContain("TO 'carbon'@'192.0.2.12';");
    expect(stdout).not.toContain("'%'");
  });

  test.each<[string, readonly string[], RegExp]>([
    [
      'a product without scripts',
      ['--set', 'database.kind=db2'],
      /database\.kind: there are no scripts for IBM DB2, only for MySQL, MariaDB, /,
    ],
    ['hosts that mean nothing', ['--client-hosts', 'some'], /client-hosts: "some" is none; it must be any or nodes/],
    ['a load balancer', ['--node', 'elb'], /elb: needs no database on the server; name a manager or a worker/],
    ['a node that is none', ['--node', 'worker9'], /the cluster has no node worker9; did you mean worker1\?/],
    ['a password that cannot be had', ['--show-secrets'], /the environment variable DB is not set/],
    [
      'a name that would end a line',
      ['--set', 'nodes.worker1.localRegistryDatabase="a\\nb"'],
      /control character|must/,
    ],
  ])('refuses %s, and prints no script', async (_title, words, message) => {
    const ran: Ran = await runCli(['sql', '--cluster', clusterFile({}), ...words]);
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });

  test('needs a cluster file', async () => {
    const { code, stderr } = await runCli(['sql']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^carbon-patch: there is no cluster file; give --cluster FILE/);
  });
});
