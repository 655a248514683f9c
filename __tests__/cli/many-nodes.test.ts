import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../fresh-build';
import { makeFolder } from './home-copy';
import { runCli } from './memory-io';

const workers = 58;

/** A cluster of sixty homes, four on each machine. */
function makeCluster(): string {
  const folder = makeFolder();
  const copy = (fixture: string, name: string): void =>
    cpSync(join(root, 'fixtures/homes', fixture), join(folder, name), { recursive: true });
  const names = ['elb', 'manager', ...Array.from({ length: workers }, (_, index) => `worker${index + 1}`)];
  copy('elb-2.1.0', 'elb');
  for (const name of names.slice(1)) copy('esb-5.0.0', name);
  const machine = (index: number): number => Math.floor(index / 4);
  const nodes = names.map((name, index) => {
    const role = name.replace(/\d+$/, '');
    return `  - { name: ${name}, role: ${role}, host: m${machine(index)}.example.org, home: ${name} }\n`;
  });
  const machines = Array.from({ length: machine(names.length - 1) + 1 }, (_, index) => index);
  const file = join(folder, 'cluster.yaml');
  writeFileSync(
    file,
    [
      'domain: wso2.esb.domain\nhostName: esb.example.org\nhosts:\n',
      ...machines.map((number) => `  m${number}.example.org: 10.0.0.${number + 1}\n`),
      '  db.example.org: 10.0.1.1\n  esb.example.org: 10.0.0.1\n  mgt.esb.example.org: 10.0.0.1\n',
      'database: { host: db.example.org, username: carbon, password: { env: DB } }\nnodes:\n',
      ...nodes,
      'silence: [{ rule: R47, reason: fixtures }]\n',
    ].join(''),
  );
  return file;
}

/** What is left of a line that is written anew again and again. */
function progressOf(stderr: string, what: string): readonly string[] {
  return stderr.split('\r').filter((text) => text.startsWith(what));
}

test('many nodes are planned, applied, checked and taken back in one run each, with a line that says how far it is', async () => {
  const file = makeCluster();
  const world = { env: { DB: 'x-7' }, terminals: ['stderr'] } as const;
  const applied = await runCli(['apply', '--cluster', file, '--yes'], world);
  expect(applied.code).toBe(0);
  expect(progressOf(applied.stderr, 'Planning').length).toBe(60);
  expect(applied.stderr).toMatch(/\nworker58 {2}worker {7}5 {7}\d\d {2}/);
  expect(applied.stderr).toMatch(/Wrote \d+ files of 60 nodes\. To take it back: carbon-patch undo --cluster /);
  const again = await runCli(['apply', '--cluster', file], world);
  expect(again.stderr).toMatch(/Nothing to do: every file is as wanted already\.\n$/);
  const checked = await runCli(['check', '--cluster', file], world);
  expect(checked.stdout).toMatch(/^silenced R47 .*\nNo errors, no warnings; /s);
  expect(progressOf(checked.stderr, 'Checking').at(-1)).toMatch(/^Checking 60 of 60/);
}, 60_000);
