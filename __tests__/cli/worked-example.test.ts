import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../fresh-build';
import { makeFolder, stateOf } from './home-copy';
import { runCli } from './memory-io';

const corpus = join(root, '../shared/corpus');
const clusterFile = readFileSync(join(root, 'fixtures/clusters/worked-example.yaml'), 'utf8');
const names = ['elb', 'manager', 'worker1', 'worker2', 'worker3'];
const env = { CARBON_PATCH_DB_PASSWORD: 'x-7-Q' };

/** The worked example beside copies of homes: one load balancer, and four of the others. */
function makeCluster(balancer: string, others: string): string {
  const folder = makeFolder();
  for (const name of names) cpSync(name === 'elb' ? balancer : others, join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'cluster.yaml'), clusterFile);
  return folder;
}

/** Homes as vendors shipped them: whole, of the era of Hazelcast, and no load balancer where they are to be none. */
function realPairs(): readonly (readonly [string, string])[] {
  if (!existsSync(corpus)) return [];
  const conf = (home: string, file: string): string => join(corpus, home, 'repository/conf', file);
  const homes = readdirSync(corpus).filter((name) => statSync(join(corpus, name)).isDirectory());
  const isHazelcast = (home: string): boolean =>
    existsSync(conf(home, 'axis2/axis2.xml')) &&
    readFileSync(conf(home, 'axis2/axis2.xml'), 'latin1').includes('hazelcast.HazelcastClusteringAgent');
  const balancers = homes.filter((home) => existsSync(conf(home, 'loadbalancer.conf')) && isHazelcast(home));
  const whole = ['carbon.xml', 'registry.xml', 'user-mgt.xml', 'datasources/master-datasources.xml'];
  const services = homes.filter(
    (home) => home.startsWith('esb-') && isHazelcast(home) && whole.every((file) => existsSync(conf(home, file))),
  );
  return balancers.flatMap((balancer) => services.map((service) => [balancer, service] as const));
}

async function expectWorks(folder: string): Promise<void> {
  const file = join(folder, 'cluster.yaml');
  const applied = await runCli(['apply', '--cluster', file, '--yes'], { env });
  expect(applied.stderr).toMatch(/Wrote \d+ files of 5 nodes\./);
  const state = stateOf(folder);
  const checked = await runCli(['check', '--cluster', file, '--strict', '--json'], { env });
  expect(checked.code).toBe(0);
  expect(JSON.parse(checked.stdout)).toMatchObject({ findings: [] });
  const again = await runCli(['apply', '--cluster', file, '--yes'], { env });
  expect(again).toMatchObject({ code: 0, stdout: '' });
  expect(stateOf(folder)).toEqual(state);
  await expectDescribed(folder);
}

/** A cluster file made from the homes alone wants nothing else of them, and no password stands in it. */
async function expectDescribed(folder: string): Promise<void> {
  const file = join(folder, 'described.yaml');
  const from = names.flatMap((name) => ['--from', join(folder, name)]);
  expect(await runCli(['init', '--out', file, ...from])).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).not.toContain(env.CARBON_PATCH_DB_PASSWORD);
  expect(await runCli(['diff', '--cluster', file])).toMatchObject({ code: 0, stdout: '' });
}

describe('the worked example of the guides', () => {
  test.each([
    ['elb-2.1.0', 'esb-5.0.0'],
    ['elb-2.0.4', 'esb-4.7.0'],
  ])('works on the fixture homes %s and %s', async (balancer, others) => {
    const homes = join(root, 'fixtures/homes');
    const folder = makeCluster(join(homes, balancer), join(homes, others));
    await expectWorks(folder);
    const before = join(makeFolder(), 'before');
    cpSync(join(homes, others), before, { recursive: true });
    expect(await runCli(['undo', '--cluster', join(folder, 'cluster.yaml'), '--yes'], { env })).toMatchObject({
      code: 0,
    });
    const kept = (place: string): readonly string[] => readdirSync(place, { recursive: true, encoding: 'utf8' }).sort();
    expect(kept(join(folder, 'worker2'))).toEqual(kept(before));
    for (const name of kept(before).filter((path) => statSync(join(before, path)).isFile())) {
      expect(readFileSync(join(folder, 'worker2', name))).toEqual(readFileSync(join(before, name)));
    }
  });

  const pairs = realPairs();
  const run =
    pairs.length > 0 ? test.each(pairs) : test.skip.each([['no load balancer', 'no homes beside the project']]);
  run('works on the real homes %s and %s', async (balancer, others) => {
    const folder = makeCluster(join(corpus, balancer), join(corpus, others));
    await expectWorks(folder);
    rmSync(folder, { recursive: true });
  });
});
