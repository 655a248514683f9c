import { existsSync, cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { modelRoutes } from '../elb/expect-declared';
import { makeFolder } from './home-copy';
import { runCli } from './memory-io';

// Whole commands on real files: a busy machine takes its time.
jest.setTimeout(60_000);

const corpus = join(__dirname, '../../../shared/corpus');
const homes = (existsSync(corpus) ? readdirSync(corpus) : []).filter((home) =>
  existsSync(join(corpus, home, 'repository/conf/loadbalancer.conf')),
);

if (homes.length === 0) {
  test('no real load balancer took its role, because there is no ../shared/corpus', () => {
    expect(existsSync(corpus)).toBe(false);
  });
}

test.each(homes)('%s takes the role elb, listens at 80 and 443, and routes to both sub-domains', async (name) => {
  const home = join(makeFolder(), name);
  mkdirSync(home);
  cpSync(join(corpus, name), home, { recursive: true });
  const words = ['apply', '--role', 'elb', '--home', home, '--yes'];
  const env = { CARBON_PATCH_DB_PASSWORD: 'secret' };
  const ran = await runCli(words, { env });
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('Ports below 1024 (80, 443) need root on Linux');
  const conf = (): string => readFileSync(join(home, 'repository/conf/loadbalancer.conf'), 'latin1');
  expect(Object.keys(modelRoutes(conf())).filter((pair) => pair.startsWith('wso2.esb.domain/'))).toEqual([
    'wso2.esb.domain/mgt',
    'wso2.esb.domain/worker',
  ]);
  const axis2 = readFileSync(join(home, 'repository/conf/axis2/axis2.xml'), 'latin1');
  expect(axis2).toMatch(/<parameter name="port">80<\/parameter>/);
  expect(axis2).toMatch(/<parameter name="port" locked="false">443<\/parameter>/);
  expect((await runCli(words, { env })).stderr).toContain('Nothing to do');
});
