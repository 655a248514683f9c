import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  brokenEnvironment,
  brokenFiles,
  clusterFixtures,
  goodEnvironment,
  goodFiles,
} from '../cluster/cluster-file/cluster-fixtures';
import { makeFolder, rejectionOf } from '../disk/temporary-home';
import { loadCluster, type LoadClusterOptions, type ResolvedCluster } from '../../lib/plan/load-cluster';
import { errorText } from '../../lib/report/error-text';

/** What a broken file is refused with, without the folder of the fixtures. */
async function refusalOf(file: string, options: LoadClusterOptions): Promise<string> {
  const path = join(clusterFixtures, file);
  const error = await rejectionOf(loadCluster(path, options));
  return `${errorText(error, {}).replaceAll(`${clusterFixtures}/broken/`, '')}\n`;
}

/** What JSON keeps, with the homes from the folder of the fixtures where they are below it. */
function comparable({ topology, warnings }: ResolvedCluster): unknown {
  const nodes = topology.nodes.map(({ home, ...node }) => {
    const below = home === undefined ? '..' : relative(clusterFixtures, home);
    return { ...node, home: below.startsWith('..') ? home : below };
  });
  return JSON.parse(JSON.stringify({ topology: { ...topology, nodes }, warnings }));
}

describe('a cluster file that is right', () => {
  test.each(goodFiles)('%s means what stands beside it', async (file) => {
    const loaded = await loadCluster(join(clusterFixtures, file), { env: goodEnvironment });
    const expected: unknown = JSON.parse(
      readFileSync(join(clusterFixtures, file.replace(/\.\w+$/, '.expected.json')), 'utf8'),
    );
    expect(comparable(loaded)).toEqual(expected);
  });

  test('says of every value from where it came', async () => {
    const path = join(clusterFixtures, 'worked-example.yaml');
    const settings = [{ path: 'nodes.worker2.offset', value: '7', origin: '--set' }];
    const { explanations } = await loadCluster(path, { env: goodEnvironment, settings });
    const shown = explanations.map((one) => `${one.path} = ${one.value} (${one.origin.replace(clusterFixtures, '')})`);
    expect(shown).toContain('domain = wso2.esb.domain (/worked-example.yaml:3:9)');
    expect(shown).toContain('nodes.worker2.offset = 7 (--set)');
    expect(shown).toContain('nodes.elb.localMemberHost = 192.0.2.206 (derived: the address of elb.wso2.com in hosts)');
    expect(shown).toContain(
      'nodes.manager.offset = 1 (derived: the lowest offset from 0 on that no other node of its machine has)',
    );
    expect(shown).toContain('database.password = ******** (environment variable CARBON_PATCH_DB_PASSWORD)');
    expect(shown).toContain('database.port = 3306 (default of MySQL)');
  });

  test('needs no secret where nothing is planned', async () => {
    const path = join(clusterFixtures, 'worked-example.yaml');
    const { topology } = await loadCluster(path, { secrets: 'optional' });
    expect(topology.database.password).toBe('');
  });
});

describe('a cluster file that is wrong', () => {
  test.each(brokenFiles)('%s is refused with the text beside it', async (file) => {
    const text = await refusalOf(file, { env: brokenEnvironment(file) });
    expect(text).toBe(readFileSync(join(clusterFixtures, file.replace(/yaml$/, 'txt')), 'utf8'));
  });

  test.each(brokenFiles)('%s shows no password, neither to people nor to programs', async (file) => {
    const error = await rejectionOf(loadCluster(join(clusterFixtures, file), { env: brokenEnvironment(file) }));
    expect(errorText(error, {}) + JSON.stringify(error)).not.toMatch(/hunter2|s3cr3t/);
  });

  test.each([
    [['4.txt'], 'cannot be read: no such file or directory'],
    [[''], 'cannot be read: it is a folder, not a regular file'],
  ])('%j is no cluster file at all', async ([name = ''], problem) => {
    const error = await rejectionOf(loadCluster(join(makeFolder(), name)));
    expect(error).toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringContaining(problem) });
  });
});

describe('a path in a cluster file', () => {
  const text = `domain: d
hostName: esb.example.org
database: { host: db.example.org, username: u, password: { file: ../secret.txt } }
nodes: [{ name: worker, role: worker, host: 192.0.2.1, home: homes/worker }]
`;

  test('counts from the folder of the file, wherever the program runs', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'clusters'));
    writeFileSync(join(folder, 'secret.txt'), 'from a file\n');
    writeFileSync(join(folder, 'clusters/a.yaml'), text);
    for (const path of [join(folder, 'clusters/a.yaml'), relative(process.cwd(), join(folder, 'clusters/a.yaml'))]) {
      const { topology } = await loadCluster(path);
      expect(topology.nodes[0].home).toBe(join(folder, 'clusters/homes/worker'));
      expect(topology.database.password).toBe('from a file');
    }
  });
});

describe('the password of the database', () => {
  const path = join(clusterFixtures, 'good/everything.yaml');

  test('comes from the environment first, then from where the file says', async () => {
    const both = await loadCluster(path, { env: { CARBON_PATCH_DB_PASSWORD: 'environment', LOCAL_PASSWORD: 'l' } });
    expect(both.topology.database.password).toBe('environment');
    expect(both.topology.database.users.users?.password).toBe('environment');
    const problem = await rejectionOf(loadCluster(path, { env: { LOCAL_PASSWORD: 'l' } }));
    expect(errorText(problem, {})).toContain('database.users.users.password: the environment variable');
  });

  test('that is nowhere is asked for in words', async () => {
    const error = await rejectionOf(loadCluster(join(clusterFixtures, 'good/minimal.yaml')));
    expect(errorText(error, {})).toContain(
      'minimal.yaml:3:11: database.password is missing; give { env: NAME } or { file: PATH } there, or set the environment variable CARBON_PATCH_DB_PASSWORD',
    );
  });
});
