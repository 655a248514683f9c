import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { digestOf } from '../../lib/disk/read-file';
import { driverJar, jarOf } from '../jar';
import { contentOf, copyHome, makeFolder, stateOf } from './home-copy';
import { runCli, type Ran } from './memory-io';

// Several whole runs a test: a busy machine takes its time.
jest.setTimeout(60_000);

process.umask(0o022);

const mysqlClass = 'com.mysql.jdbc.Driver';
const laterMysqlClass = 'com.mysql.cj.jdbc.Driver';
const mysqlJar = driverJar([laterMysqlClass, mysqlClass]);
const name = 'mysql-connector-j-8.0.33.jar';
const folder = 'repository/components/lib';

/** A file with these bytes, in a new folder. */
function fileOf(bytes: Uint8Array | string, fileName = name): string {
  const path = join(makeFolder(), fileName);
  writeFileSync(path, bytes);
  return path;
}

function put(home: string, path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), bytes);
}

function on(home: string, command: string, jar: string, ...words: readonly string[]): Promise<Ran> {
  return runCli([command, '--role', 'worker', '--home', home, '--jdbc-driver', jar, ...words]);
}

/** A home that is a worker already. */
async function makeWorker(fixture?: string): Promise<string> {
  const home = copyHome(fixture);
  expect((await runCli(['apply', '--role', 'worker', '--home', home])).code).toBe(0);
  return home;
}

describe('apply --jdbc-driver', () => {
  test('copies the jar with the other files, once, and undo removes it with the folders that it needed', async () => {
    const home = copyHome();
    const before = contentOf(home);
    const first = await on(home, 'apply', fileOf(mysqlJar));
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('Wrote 6 files.') as unknown });
    expect(readFileSync(join(home, folder, name))).toEqual(mysqlJar);
    expect((statSync(join(home, folder, name)).mode & 0o777).toString(8)).toBe('644');

    const written = stateOf(home);
    const again = await on(home, 'apply', fileOf(mysqlJar));
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('Nothing to do') as unknown });
    expect(stateOf(home)).toEqual(written);

    const undone = await runCli(['undo', '--home', home]);
    expect(undone.stderr).toMatch(/5 files restored, 1 removed\.\n$/);
    expect(undone.stdout).toContain(`${folder}/${name}\n`);
    expect(contentOf(home)).toEqual(before);
    expect(existsSync(join(home, 'repository/components'))).toBe(false);
  });

  test('puts the jar into lib of EI 6', async () => {
    const home = copyHome('ei-6.6.0');
    expect((await on(home, 'apply', fileOf(mysqlJar))).code).toBe(0);
    expect(readFileSync(join(home, 'lib', name))).toEqual(mysqlJar);
  });

  test('shows the jar in the diff, the list and the JSON, and writes nothing where it is only asked', async () => {
    const home = await makeWorker();
    const before = stateOf(home);
    const jar = fileOf(mysqlJar);
    const sha256 = digestOf(mysqlJar);
    const size = mysqlJar.length;
    const line = `new file ${folder}/${name} (${size} bytes, sha256 ${sha256})\n`;
    const diff = await on(home, 'diff', jar);
    expect({ code: diff.code, stdout: diff.stdout }).toEqual({ code: 1, stdout: line });
    expect((await on(home, 'plan', jar)).stdout).toMatch(
      new RegExp(`nothing to do\n${line.replace(/[().]/g, '\\$&')}$`),
    );
    expect(JSON.parse((await on(home, 'plan', jar, '--json')).stdout)).toMatchObject({
      changed: true,
      newFiles: [{ path: `${folder}/${name}`, size, sha256, source: jar }],
    });
    expect(stateOf(home)).toEqual(before);
  });

  test('takes the jar back only as long as nobody changed it', async () => {
    const home = copyHome();
    await on(home, 'apply', fileOf(mysqlJar));
    put(home, `${folder}/${name}`, 'another release');
    const before = contentOf(home);
    const { code, stderr } = await runCli(['undo', '--home', home]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${folder}/${name}: changed since the last apply; nothing was undone`);
    expect(contentOf(home)).toEqual(before);
  });

  test('leaves folders that others use by now', async () => {
    const home = copyHome();
    await on(home, 'apply', fileOf(mysqlJar));
    put(home, `${folder}/other.jar`, 'x');
    expect((await runCli(['undo', '--home', home])).code).toBe(0);
    expect(contentOf(join(home, folder))).toEqual({ 'other.jar': 'x' });
  });

  test('copies nothing to a load balancer', async () => {
    const home = copyHome('elb-2.1.0');
    const ran = await runCli(['apply', '--role', 'elb', '--home', home, '--jdbc-driver', fileOf(mysqlJar)]);
    expect(ran.code).toBe(0);
    expect(existsSync(join(home, folder))).toBe(false);
  });

  test.each([
    ['under another name', (home: string) => put(home, `${folder}/mysql-connector-java-8.0.33.jar`, mysqlJar)],
    [
      'as a link to a shared jar',
      (home: string) => {
        mkdirSync(join(home, folder), { recursive: true });
        symlinkSync(fileOf(mysqlJar), join(home, folder, name));
      },
    ],
    [
      'and the server made a bundle of it',
      (home: string) => {
        put(home, `${folder}/${name}`, mysqlJar);
        put(home, 'repository/components/dropins/mysql_connector_j_8.0.33_1.0.0.jar', 'bundle');
      },
    ],
  ])('has nothing to do where the very same jar is there, %s', async (_title, prepare) => {
    const home = await makeWorker();
    prepare(home);
    expect((await on(home, 'apply', fileOf(mysqlJar))).stderr).toContain('Nothing to do');
  });
});

describe('nothing is written where the home', () => {
  test.each([
    ['has another version', `${folder}/mysql-connector-java-5.1.36-bin.jar`, 'has a driver of MySQL already, '],
    ['has another jar of that name', `${folder}/${name}`, 'has a jar of this name with other content'],
    [
      'has a bundle of another version',
      'repository/components/dropins/mysql_connector_java_5.1.36_bin_1.0.0.jar',
      'has a driver of MySQL already, repository/components/dropins/mysql_connector_java_5.1.36_bin_1.0.0.jar',
    ],
  ])('%s', async (_title, path, problem) => {
    const home = copyHome();
    put(home, path, driverJar([mysqlClass]));
    const before = stateOf(home);
    const { code, stderr } = await on(home, 'apply', fileOf(mysqlJar));
    expect(code).toBe(2);
    expect(stderr).toContain('the JDBC driver cannot be used; nothing was written:\n');
    expect(stderr).toContain(problem);
    expect(stateOf(home)).toEqual(before);
  });
});

describe('a driver that no server could load is refused', () => {
  test.each([
    ['an error page', '<!DOCTYPE html>', name, 'it is no jar, or a damaged one'],
    ['half a jar', mysqlJar.subarray(0, mysqlJar.length / 2), name, 'it is no jar, or a damaged one'],
    ['another ending', mysqlJar, 'mysql-connector-j-8.0.33.zip', 'only files whose names end in .jar'],
    [
      'a list of services that unpacks to more than it says',
      jarOf(
        { 'META-INF/services/java.sql.Driver': `${mysqlClass}\n`.repeat(1000) },
        { claimedSizes: { 'META-INF/services/java.sql.Driver': 10 } },
      ),
      name,
      'it is no jar, or a damaged one',
    ],
    [
      'a manifest of two megabytes',
      jarOf({ 'META-INF/MANIFEST.MF': 'x'.repeat(2 * 1024 * 1024) }),
      name,
      'its META-INF/MANIFEST.MF is larger than any real one',
    ],
  ])('%s', async (_title, bytes, fileName, problem) => {
    const home = copyHome();
    const before = stateOf(home);
    const { code, stderr } = await on(home, 'apply', fileOf(bytes, fileName));
    expect({ code, before: stateOf(home) }).toEqual({ code: 2, before });
    expect(stderr).toContain(problem);
  });

  test('with everything that is wrong at once', async () => {
    const missing = join(makeFolder(), 'postgresql-42.jar');
    const older = fileOf(driverJar([mysqlClass]), 'mysql-connector-java-5.1.36-bin.jar');
    const words = [missing, fileOf(mysqlJar), older].flatMap((path) => ['--jdbc-driver', path]);
    const { stderr } = await runCli(['apply', '--role', 'worker', '--home', copyHome(), ...words]);
    expect(stderr).toContain(`${missing}: it cannot be read: no such file or directory (ENOENT)\n`);
    expect(stderr).toMatch(/5\.1\.36-bin\.jar: it is the driver of MySQL as .*8\.0\.33\.jar is; give one of them\n/);
  });
});

describe('the operator is told of a driver', () => {
  const postgresql = driverJar(['org.postgresql.Driver']);
  test.each<[string, Uint8Array, string, readonly string[]]>([
    [
      'of another product',
      postgresql,
      'postgresql-42.7.1.jar',
      [
        `postgresql-42.7.1.jar does not hold ${mysqlClass}, which the datasources name as driverClassName; it offers org.postgresql.Driver, and is the driver of PostgreSQL, while the database of the cluster is MySQL.`,
      ],
    ],
    [
      'that has the class under a later name only',
      driverJar([laterMysqlClass]),
      'mysql-connector-j-9.9.9.jar',
      [`does not hold ${mysqlClass}, which the datasources name as driverClassName; it offers ${laterMysqlClass}.`],
    ],
    [
      'without any driver',
      jarOf({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\n' }),
      name,
      ['it offers no driver at all'],
    ],
    [
      'that lost its class',
      jarOf({ 'META-INF/services/java.sql.Driver': `${mysqlClass} # the old name\n`, 'com/mysql/jdbc/X.class': 'x' }),
      name,
      [`offers ${mysqlClass}, but does not hold it`],
    ],
    [
      'that a server made a bundle of',
      driverJar([mysqlClass]),
      'mysql_connector_java_5.1.36_bin_1.0.0.jar',
      ['is a bundle that was made for repository/components/dropins'],
    ],
    [
      'with a name that leads out of it',
      driverJar([mysqlClass], { '../../bin/wso2server.sh': 'x' }),
      name,
      ['holds an entry that leads out of it, ../../bin/wso2server.sh'],
    ],
    [
      'that says it is huge',
      jarOf({ 'com/mysql/jdbc/Driver.class': 'x', 'zeros.bin': 'y' }, { claimedSizes: { 'zeros.bin': 3_221_225_472 } }),
      name,
      ['says that it unpacks to 3072 MB'],
    ],
  ])('%s', async (_title, bytes, fileName, notes) => {
    const { code, stderr } = await on(copyHome(), 'apply', fileOf(bytes, fileName));
    expect(code).toBe(0);
    for (const note of notes) expect(stderr).toContain(note);
  });

  test('and not of one that fits', async () => {
    const { stderr } = await on(copyHome(), 'diff', fileOf(mysqlJar));
    expect(stderr).not.toMatch(/mysql-connector/);
  });
});

describe('a saved plan', () => {
  test('remembers the driver by path and digest, and is refused once the jar is another one', async () => {
    const home = copyHome();
    const jar = fileOf(mysqlJar);
    const plan = join(makeFolder(), 'plan.json');
    expect((await on(home, 'plan', jar, '--out', plan)).code).toBe(0);
    const saved = JSON.parse(readFileSync(plan, 'utf8')) as { readonly arguments: unknown; readonly homes: unknown };
    expect(saved.arguments).toMatchObject({ 'jdbc-driver': [jar] });
    expect(saved.homes).toMatchObject([
      {
        files: expect.arrayContaining([
          { path: `${folder}/${name}`, baseDigest: 'absent', resultDigest: digestOf(mysqlJar) },
        ]) as unknown,
      },
    ]);

    writeFileSync(jar, driverJar([mysqlClass]));
    const before = stateOf(home);
    const refused = await runCli(['apply', '--plan', plan]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('a driver');
    expect(stateOf(home)).toEqual(before);

    writeFileSync(jar, mysqlJar);
    expect((await runCli(['apply', '--plan', plan])).code).toBe(0);
    expect(readFileSync(join(home, folder, name))).toEqual(mysqlJar);
  });
});

describe('over a cluster', () => {
  const roles = { elb: 'elb-2.1.0', manager: 'esb-5.0.0', worker: 'esb-5.0.0' };

  function makeCluster(): { readonly file: string; readonly homes: Readonly<Record<string, string>> } {
    const homes = Object.fromEntries(Object.entries(roles).map(([role, fixture]) => [role, copyHome(fixture)]));
    const nodes = Object.keys(roles).map(
      (role, index) =>
        `  - { name: ${role}1, role: ${role}, host: 10.0.0.${index + 1}, localRegistryDatabase: ${role === 'elb' ? 'false' : `L${index}`}, home: ${homes[role] ?? ''} }\n`,
    );
    const file = join(makeFolder(), 'carbon-cluster.yaml');
    const password = fileOf('secret', 'password');
    const database = `database: { host: db.example.com, username: regadmin, password: { file: ${password} } }`;
    writeFileSync(file, `domain: d\nhostName: esb.example.com\n${database}\nnodes:\n${nodes.join('')}`);
    return { file, homes };
  }

  test('every node with datasources gets it or none, and undo takes it back from all', async () => {
    const { file, homes } = makeCluster();
    const before = Object.values(homes).map(contentOf);
    const words = ['--cluster', file, '--jdbc-driver', fileOf(mysqlJar)];
    const { code, stdout, stderr } = await runCli(['apply', ...words]);
    expect({ code, stderr: stderr.replace(/[^]*Wrote/, 'Wrote').replace(/\. To[^]*/, '') }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^Wrote \d+ files of 3 nodes$/) as unknown,
    });
    const manager = homes['manager'] ?? '';
    expect(stdout).toContain(`new file ${manager.slice(1)}/${folder}/${name} (`);
    const has = Object.entries(homes).map(([role, home]) => [role, existsSync(join(home, folder, name))]);
    expect(Object.fromEntries(has)).toEqual({ elb: false, manager: true, worker: true });
    expect((await runCli(['undo', '--cluster', file])).code).toBe(0);
    expect(Object.values(homes).map(contentOf)).toEqual(before);

    put(homes['worker'] ?? '', `${folder}/mysql-connector-java-5.1.36-bin.jar`, 'older');
    const refused = await runCli(['apply', ...words]);
    expect(refused.code).toBe(2);
    expect(existsSync(join(manager, '.carbon-patch'))).toBe(false);
  });
});

test('git apply and patch pass over the line of the driver and take the rest of the diff', async () => {
  const home = copyHome();
  const copies = [copyHome(), copyHome()];
  const { bytes } = await on(home, 'apply', fileOf(mysqlJar), '--show-secrets');
  const patch = fileOf(bytes, 'worker.patch');
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(copies[0] ?? ''), GIT_CONFIG_NOSYSTEM: '1' };
  execFileSync('git', ['apply', '--whitespace=nowarn', patch], { cwd: copies[0], env });
  execFileSync('patch', ['--batch', '--silent', '-p1', '-i', patch], { cwd: copies[1] });
  const expected = Object.fromEntries(
    Object.entries(contentOf(home)).filter(([path]) => !path.startsWith('.carbon-patch/') && !path.endsWith('.jar')),
  );
  for (const copy of copies) expect(contentOf(copy)).toEqual(expected);
});
