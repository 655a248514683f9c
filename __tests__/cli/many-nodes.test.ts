import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { makeClusterOfHomes } from '../cluster-of-homes';
import { root } from '../fresh-build';
import { makeFolder } from './home-copy';
import { runCli } from './memory-io';

/** What is left of a line that is written anew again and again. */
function progressOf(stderr: string, what: string): readonly string[] {
  return stderr.split('\r').filter((text) => text.startsWith(what));
}

test('many nodes are planned, applied, checked and taken back in one run each, with a line that says how far it is', async () => {
  const homes = join(root, 'fixtures/homes');
  const [elb, esb] = [join(homes, 'elb-2.1.0'), join(homes, 'esb-5.0.0')];
  const file = makeClusterOfHomes({ elb, esb, nodes: 60, folder: makeFolder() });
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
