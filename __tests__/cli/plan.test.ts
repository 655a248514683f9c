import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../fresh-build';
import { makeFolder, stateOf } from './home-copy';
import { runCli } from './memory-io';

const env = { DB: 'Q-7-x-91' };

/** A cluster file with two homes beside it. */
function makeCluster(): { readonly folder: string; readonly words: readonly string[]; readonly homes: string } {
  const folder = makeFolder();
  mkdirSync(join(folder, 'homes'));
  for (const [fixture, name] of [
    ['elb-2.1.0', 'elb'],
    ['esb-5.0.0', 'manager'],
  ] as const) {
    cpSync(join(root, 'fixtures/homes', fixture), join(folder, 'homes', name), { recursive: true });
  }
  const file = join(folder, 'cluster.yaml');
  writeFileSync(
    file,
    `domain: wso2.test.domain
hostName: esb.example.org
database: { host: db.example.org, username: carbon, password: { env: DB } }
nodes:
  - { name: elb, role: elb, host: 192.0.2.10, home: homes/elb }
  - { name: manager, role: manager, host: 192.0.2.11, home: homes/manager }
`,
  );
  return { folder, words: ['--cluster', file], homes: join(folder, 'homes') };
}

describe('plan', () => {
  test('lists the changes of every node and writes nothing', async () => {
    const { folder, words } = makeCluster();
    const before = stateOf(folder);
    const { code, stdout, stderr } = await runCli(['plan', ...words], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^elb:\nrepository\/conf\/axis2\/axis2\.xml: \d+ changes\n/);
    expect(stdout).toMatch(/\nmanager:\nrepository\/conf\/axis2\/axis2\.xml: \d+ changes\n/);
    expect(stderr).toMatch(/\nnode {5}role {5}files {2}changes {2}home\nelb /);
    expect(stdout + stderr).not.toContain(env.DB);
    expect(stateOf(folder)).toEqual(before);
  });

  test('--explain tells every value, stated and derived, and from where it came', async () => {
    const { words } = makeCluster();
    const { stdout } = await runCli(['plan', ...words, '--explain', '--set', 'nodes.manager.offset=3'], { env });
    const lines = stdout.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^domain = wso2\.test\.domain .*cluster\.yaml:1:9$/),
        'mgtHostName = mgt.esb.example.org derived: mgt. and hostName',
        'database.password = ******** environment variable DB',
        'nodes.manager.offset = 3 --set',
        'nodes.manager.port.mapping.443 = 9446 derived: servlet port 9443 and offset 3',
        'nodes.manager.readOnly = false derived: the role manager',
        'nodes.elb.members = 192.0.2.11:4000 derived: the well-known members that a node of role elb lists, by address',
      ]),
    );
  });

  test('--only is for the nodes that have the file, and refuses one that none has', async () => {
    const { words } = makeCluster();
    const { stdout, code } = await runCli(['plan', ...words, '--only', 'registry.xml'], { env });
    expect(code).toBe(0);
    expect(stdout.match(/^repository.*$/gm)).toEqual(['repository/conf/registry.xml: 4 changes']);
    const wrong = await runCli(['plan', ...words, '--only', 'regstry.xml'], { env });
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('only: "regstry.xml" is no file that any of these nodes has and changes');
  });
});

describe('a saved plan', () => {
  async function saved(): Promise<ReturnType<typeof makeCluster> & { readonly plan: string }> {
    const cluster = makeCluster();
    const plan = join(cluster.folder, 'plan.json');
    expect(await runCli(['plan', ...cluster.words, '--out', plan], { env })).toMatchObject({ code: 0 });
    return { ...cluster, plan };
  }

  test('holds no secret, is for its owner only, and is never overwritten', async () => {
    const { plan, words } = await saved();
    expect(readFileSync(plan, 'utf8')).not.toContain(env.DB);
    expect(statSync(plan).mode & 0o777).toBe(0o600);
    const again = await runCli(['plan', ...words, '--out', plan], { env });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('it is there already; move it away or choose another name');
  });

  test('is applied as it was saved, with the arguments that it remembers', async () => {
    const { plan, folder } = await saved();
    expect((await runCli(['apply', '--plan', plan, '--yes'], { env })).stderr).toContain('Wrote 7 files of 2 nodes.');
    expect(await runCli(['diff', '--cluster', join(folder, 'cluster.yaml')], { env })).toMatchObject({
      code: 0,
      stdout: '',
    });
  });

  test.each<[string, (cluster: ReturnType<typeof makeCluster>) => void, Readonly<Record<string, string>>, string]>([
    [
      'a file changed since',
      ({ homes }) => appendFileSync(join(homes, 'manager/repository/conf/carbon.xml'), '<!-- -->\n'),
      env,
      'manager/repository/conf/carbon.xml: changed since the plan was made; nothing was written, plan again',
    ],
    ['the password is another one', () => undefined, { DB: 'another' }, 'planning again comes to something else'],
    [
      'the cluster file changed since',
      ({ folder }) => appendFileSync(join(folder, 'cluster.yaml'), 'mgtHostName: console.example.org\n'),
      env,
      'planning again comes to something else',
    ],
  ])('is refused where %s', async (_title, change, variables, message) => {
    const cluster = await saved();
    change(cluster);
    const before = stateOf(cluster.homes);
    const { code, stderr } = await runCli(['apply', '--plan', cluster.plan, '--yes'], { env: variables });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stateOf(cluster.homes)).toEqual(before);
  });

  test.each([
    ['{}', 'it is no plan that this carbon-patch saved'],
    ['no json', 'it is no plan that this carbon-patch saved'],
  ])('%j is refused', async (text, message) => {
    const plan = join(makeFolder(), 'plan.json');
    writeFileSync(plan, text);
    const { code, stderr } = await runCli(['apply', '--plan', plan, '--yes'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('takes no option beside it that would plan something else, and no secret on the command line', async () => {
    const { plan, words, folder } = await saved();
    const beside = await runCli(['apply', '--plan', plan, '--only', 'carbon.xml'], { env });
    expect(beside).toMatchObject({ code: 2, stdout: '' });
    expect(beside.stderr).toContain('--only would plan something else');
    const other = join(folder, 'other.json');
    const secret = await runCli(['plan', ...words, '--out', other, '--set', 'database.password=s3cret-words'], { env });
    expect(secret.code).toBe(2);
    expect(secret.stderr).toContain('--set holds a password, which no plan file may');
    expect(secret.stderr + secret.stdout).not.toContain('s3cret-words');
    expect(existsSync(other)).toBe(false);
  });
});
