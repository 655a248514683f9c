import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../fresh-build';
import { contentOf, copyHome, makeFolder } from './home-copy';
import { runCli } from './memory-io';

const env = { DB: 'Q-7-x-91' };

/** A cluster of three homes that the cluster file was applied to, and the changes of a person after that. */
async function appliedCluster(): Promise<{ readonly folder: string; readonly words: readonly string[] }> {
  const folder = makeFolder();
  for (const name of ['elb', 'manager', 'worker1']) {
    const fixture = name === 'elb' ? 'elb-2.1.0' : 'esb-5.0.0';
    cpSync(join(root, 'fixtures/homes', fixture), join(folder, name), { recursive: true });
  }
  const file = join(folder, 'cluster.yaml');
  writeFileSync(
    file,
    `domain: wso2.test.domain
hostName: esb.example.org
database: { host: 192.0.2.9, username: carbon, password: { env: DB } }
nodes:
  - { name: elb, role: elb, host: 192.0.2.10, home: elb }
  - { name: manager, role: manager, host: 192.0.2.11, home: manager }
  - { name: worker1, role: worker, host: 192.0.2.11, home: worker1 }
silence:
  - { rule: R47, reason: fixtures keep their passwords }
`,
  );
  expect((await runCli(['apply', '--cluster', file, '--yes'], { env })).code).toBe(0);
  return { folder, words: ['--cluster', file] };
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('check', () => {
  test('needs no secret, and finds nothing where everything is as the cluster file says', async () => {
    const { words } = await appliedCluster();
    const { code, stdout, stderr } = await runCli(['check', ...words, '--strict']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^silenced R47 .*: fixtures keep their passwords\nNo errors, no warnings; \d+ remarks not shown/,
    );
    expect(stderr).toBe('3 homes checked\n');
  });

  test('tells what is wrong, where, why and what to run, and ends with 1', async () => {
    const { folder, words } = await appliedCluster();
    edit(join(folder, 'worker1/repository/conf/axis2/axis2.xml'), '>wso2.test.domain<', '>wso2.tset.domain<');
    const { code, stdout } = await runCli(['check', ...words]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error R07 .*repository\/conf\/axis2\/axis2\.xml:\d+:\d+\n/m);
    expect(stdout).toContain(`  run: carbon-patch apply --cluster ${words[1]} --node worker1\n`);
    expect(stdout).toMatch(/1 error/);
    // What it says to run puts it right.
    expect((await runCli(['apply', ...words, '--node', 'worker1', '--yes'], { env })).code).toBe(0);
    expect((await runCli(['check', ...words])).code).toBe(0);
  });

  test('as JSON and as SARIF says the same', async () => {
    const { folder, words } = await appliedCluster();
    edit(join(folder, 'manager/repository/conf/carbon.xml'), '<Offset>0</Offset>', '<Offset>1</Offset>');
    const json = await runCli(['check', ...words, '--json']);
    const document = JSON.parse(json.stdout) as { readonly findings: readonly { readonly rule: string }[] };
    const sarif = await runCli(['check', ...words, '--format', 'sarif']);
    const log = JSON.parse(sarif.stdout) as {
      readonly runs: readonly {
        readonly results: readonly { readonly ruleId: string; readonly suppressions?: unknown }[];
      }[];
    };
    expect([json.code, sarif.code]).toEqual([1, 1]);
    expect(document.findings.map(({ rule }) => rule)).toContain('R25');
    const reported = log.runs[0]?.results.filter(({ suppressions }) => suppressions === undefined) ?? [];
    expect(reported.map(({ ruleId }) => ruleId)).toEqual(document.findings.map(({ rule }) => rule));
  });

  test('without a cluster file compares homes with each other', async () => {
    const { folder } = await appliedCluster();
    const homes = ['manager', 'worker1'].flatMap((name) => ['--home', join(folder, name)]);
    expect((await runCli(['check', ...homes])).code).toBe(0);
    edit(join(folder, 'worker1/repository/conf/axis2/axis2.xml'), '>wka<', '>multicast<');
    const { code, stdout } = await runCli(['check', ...homes]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error R06 /m);
    // Without a cluster file apply would write the built-in example, so it is not offered.
    expect(stdout).not.toContain('run: carbon-patch apply');
  });

  test.each<[readonly string[], RegExp]>([
    [[], /^carbon-patch: --home is missing, and there is no cluster file; /],
    [['--home', '/no/such/home'], /^carbon-patch: \/no\/such\/home: there is no such folder; /m],
    [['--home', copyHome(), '--format', 'xml'], /format: "xml" is none; it must be text, json, sarif/],
  ])('refuses %j', async (words, message) => {
    const { code, stdout, stderr } = await runCli(['check', ...words]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });
});

describe('ports', () => {
  test('lists them by machine, and ends with 1 where two nodes want one', async () => {
    const { folder, words } = await appliedCluster();
    const clean = await runCli(['ports', ...words]);
    expect(clean.code).toBe(0);
    expect(clean.stdout).toMatch(/^192\.0\.2\.10\n +80 {2}elb /);
    expect(clean.stdout).toMatch(/^ +9444 {2}worker1 {2}https servlet /m);
    edit(join(folder, 'worker1/repository/conf/carbon.xml'), '\n        <Offset>1<', '\n        <Offset>0<');
    const { code, stdout } = await runCli(['ports', ...words]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^! +9443 {2}manager /m);
    expect(JSON.parse((await runCli(['ports', ...words, '--json'])).stdout)).toMatchObject({ formatVersion: 1 });
  });
});

test('undo takes the apply of every node back, all of them or none', async () => {
  const { folder, words } = await appliedCluster();
  const file = join(folder, 'worker1/repository/conf/registry.xml');
  const applied = readFileSync(file, 'utf8');
  writeFileSync(file, `${applied}<!-- mine -->\n`);
  const before = contentOf(join(folder, 'manager/repository'));
  const refused = await runCli(['undo', ...words, '--yes'], { env });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /worker1\/repository\/conf\/registry\.xml: changed since the last apply; nothing was undone/,
  );
  expect(contentOf(join(folder, 'manager/repository'))).toEqual(before);
  writeFileSync(file, applied);
  const { code, stderr } = await runCli(['undo', ...words, '--yes'], { env });
  expect(code).toBe(0);
  expect(stderr.match(/Took back the apply of /g)).toHaveLength(3);
  for (const name of ['manager', 'worker1']) {
    expect(contentOf(join(folder, name))).toEqual(contentOf(join(root, 'fixtures/homes/esb-5.0.0')));
  }
  expect((await runCli(['undo', ...words, '--yes'], { env })).code).toBe(2);
});
