import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from '../disk/temporary-home';

/** A database server that runs for these tests only. */
export interface DatabaseServer {
  readonly port: number;
  /** Runs a script with the client of the product as an administrator, as `client < script`. */
  run(script: string, env?: Readonly<Record<string, string>>): ClientRun;
  stop(): Promise<void>;
}

/** What the client of a product did. */
export interface ClientRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why the tests of a product do not run here; `undefined` where they do. */
export function whyNotMariadb(): string | undefined {
  return whyNot(
    'MariaDB',
    ['/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db', '/usr/bin/mariadb'],
    'mariadb-server openssl',
  );
}

/** As `whyNotMariadb`. */
export function whyNotPostgresql(): string | undefined {
  return whyNot(
    'PostgreSQL',
    [join(postgresqlFolder(), 'postgres'), join(postgresqlFolder(), 'initdb')],
    'postgresql openssl',
  );
}

/** A MariaDB on a free port of 127.0.0.1, with TLS, that knows an administrator on its socket only. */
export async function startMariadb(): Promise<DatabaseServer> {
  const owner = accountOf('mysql');
  const folder = serverFolder(owner);
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  runOrThrow(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    owner,
  );
  const port = await freePort();
  const child = start(
    '/usr/sbin/mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      // A server on which scripts that are not careful with backslashes, quotes and character sets go wrong.
      '--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES',
      '--character-set-server=utf8mb4',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=16M',
      `--ssl-cert=${join(folder, 'tls.crt')}`,
      `--ssl-key=${join(folder, 'tls.key')}`,
    ],
    owner,
    folder,
  );
  const words = ['--no-defaults', `--socket=${socket}`, '--user=root'];
  await waitFor(child, folder, () => spawnSync('mariadb-admin', [...words, 'ping']).status === 0);
  const run: DatabaseServer['run'] = (script, env) => runClient('mariadb', words, script, env);
  // It comes with administrators for 127.0.0.1 too, with which no host is denied.
  run("DELETE FROM mysql.global_priv WHERE Host <> 'localhost'; FLUSH PRIVILEGES;");
  return serverOf(child, port, 'SIGTERM', run);
}

/** A PostgreSQL on a free port of 127.0.0.1, with TLS and passwords (SCRAM). `host_denied` is let in from nowhere, `tls_only` with TLS. */
export async function startPostgresql(): Promise<DatabaseServer> {
  const owner = accountOf('postgres');
  const folder = serverFolder(owner);
  const data = join(folder, 'data');
  const bin = postgresqlFolder();
  writeFileSync(join(folder, 'password'), 'adm1n\n', { mode: 0o644 });
  runOrThrow(
    join(bin, 'initdb'),
    [
      ...['-D', data, '-U', 'postgres', '--encoding=UTF8', '--locale=C', '--no-sync'],
      ...['--auth=scram-sha-256', `--pwfile=${join(folder, 'password')}`],
    ],
    owner,
  );
  writeFileSync(
    join(data, 'pg_hba.conf'),
    `host all host_denied all reject
hostssl all tls_only all scram-sha-256
host all tls_only all reject
host all all all scram-sha-256
`,
  );
  const port = await freePort();
  const child = start(
    join(bin, 'postgres'),
    [
      ...['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off', '-c', 'ssl=on'],
      ...['-c', `ssl_cert_file=${join(folder, 'tls.crt')}`, '-c', `ssl_key_file=${join(folder, 'tls.key')}`],
    ],
    owner,
    folder,
  );
  const words = ['--no-psqlrc', '--host=127.0.0.1', `--port=${port}`, '--username=postgres', '--dbname=postgres'];
  const run: DatabaseServer['run'] = (script, env) =>
    runClient('psql', [...words, '--tuples-only', '--no-align', '--quiet'], script, { ...env, PGPASSWORD: 'adm1n' });
  await waitFor(child, folder, () => run('SELECT 1;').code === 0);
  return serverOf(child, port, 'SIGINT', run);
}

/** A port of 127.0.0.1 on which nothing listens now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => void server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Who a server runs as: neither of them runs as root. */
type Account = { readonly uid: number; readonly gid: number } | Readonly<Record<string, never>>;

function whyNot(product: string, programs: readonly string[], packages: string): string | undefined {
  const missing = [...programs, '/usr/bin/openssl'].filter((program) => !existsSync(program));
  return missing.length === 0
    ? undefined
    : `${product} was not tested, because ${missing[0]} is not here: apt-get install --no-install-recommends ${packages}`;
}

function postgresqlFolder(): string {
  const root = '/usr/lib/postgresql';
  const [latest = '0'] = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return join(root, latest, 'bin');
}

function accountOf(name: string): Account {
  if (process.getuid?.() !== 0) return {};
  const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** A folder of the account, with a certificate of its own. */
function serverFolder(owner: Account): string {
  const folder = makeFolder();
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  const subject = ['-subj', '/CN=127.0.0.1', '-days', '2', '-newkey', 'rsa:2048', '-keyout', key, '-out', certificate];
  const { status, stderr } = spawnSync('openssl', ['req', '-x509', '-nodes', ...subject], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  chmodSync(key, 0o600);
  if ('uid' in owner) for (const path of [folder, key, certificate]) chownSync(path, owner.uid, owner.gid);
  return folder;
}

function runOrThrow(program: string, words: readonly string[], owner: Account): void {
  const { status, stderr, stdout } = spawnSync(program, words, { ...owner, cwd: '/', encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
}

/** With a time limit, so that a server does not outlive tests that are killed. */
function start(program: string, words: readonly string[], owner: Account, folder: string): ChildProcess {
  const limited = [
    '--kill-after=5',
    '240',
    'bash',
    '-c',
    'exec "$@" > "$0" 2>&1',
    join(folder, 'log'),
    program,
    ...words,
  ];
  return spawn('timeout', limited, { ...owner, cwd: '/', stdio: 'ignore' });
}

async function waitFor(child: ChildProcess, folder: string, isUp: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (isUp()) return;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not start: ${readFileSync(join(folder, 'log'), 'utf8')}`);
}

function runClient(
  program: string,
  words: readonly string[],
  input: string,
  env: Readonly<Record<string, string>> = {},
): ClientRun {
  const inherited = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const { status, stdout, stderr } = spawnSync(program, words, {
    input,
    encoding: 'utf8',
    env: { ...inherited, ...env },
    timeout: 30_000,
  });
  return { code: status, stdout, stderr };
}

function serverOf(
  child: ChildProcess,
  port: number,
  signal: 'SIGTERM' | 'SIGINT',
  run: DatabaseServer['run'],
): DatabaseServer {
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  return {
    port,
    run,
    stop: async () => {
      child.kill(signal);
      await ended;
    },
  };
}
