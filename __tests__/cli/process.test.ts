import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { buildTime, freshBuild, program, root } from '../fresh-build';
import { runNode, runProcess, type Ended } from '../run-node';
import { contentOf, copyHome, makeFolder, stateOf } from './home-copy';

// Whole processes, many of them: a busy machine takes its time.
jest.setTimeout(60_000);

beforeAll(freshBuild, buildTime);

function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  return runNode([program, ...words], { cwd: makeFolder(), env });
}

/** Runs a line of bash in which `carbon-patch` is the program. */
function shell(line: string, ...words: readonly string[]): Ended {
  const start = `carbon-patch() { '${process.execPath}' '${program}' "$@"; }; ${line}`;
  return runProcess('bash', ['-c', start, 'bash', ...words], { cwd: makeFolder() });
}

describe('the process', () => {
  test('exits with 0, 1 and 2 as documented', () => {
    const home = copyHome();
    const worker = ['--role', 'worker', '--home', home];
    expect(run(['diff', ...worker]).code).toBe(1);
    expect(run(['apply', ...worker, '--dry-run']).code).toBe(0);
    expect(run(['apply', ...worker]).code).toBe(0);
    expect(run(['apply', ...worker]).code).toBe(0);
    expect(run(['diff', ...worker]).code).toBe(0);
    expect(run(['undo', '--home', home]).code).toBe(0);
    expect(run(['undo', '--home', home]).code).toBe(2);
    expect(run(['apply', '--role', 'elb', '--home', home]).code).toBe(2);
    expect(run(['nonsense']).code).toBe(2);
    expect(run([]).code).toBe(2);
  });

  test('prints the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
    expect(run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('takes the password from the real environment', () => {
    const words = ['diff', '--role', 'worker', '--home', copyHome(), '--show-secrets'];
    expect(run(words, { CARBON_PATCH_DB_PASSWORD: 's3cr3t' }).stdout).toContain('<password>s3cr3t</password>');
  });

  test('prints no colours without a terminal, also with FORCE_COLOR', () => {
    const { stdout, stderr } = run(['diff', '--role', 'worker', '--home', copyHome()], { FORCE_COLOR: '1' });
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('does not wait for an answer where stdin is a pipe that nobody writes to', async () => {
    const words = ['apply', '--role', 'worker', '--home', copyHome()];
    const child = spawn(process.execPath, [program, ...words], { stdio: ['pipe', 'ignore', 'ignore'] });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    child.stdin.destroy();
  });

  test('works where no stream is open', () => {
    const home = copyHome();
    expect(shell('carbon-patch apply --role worker --home "$1" <&- >&- 2>&-', home).code).toBe(0);
    expect(run(['diff', '--role', 'worker', '--home', home]).code).toBe(0);
  });
});

describe('a reader that goes away', () => {
  test.each([
    ['diff', 1],
    ['apply', 0],
  ])('is no error for %s: it keeps quiet, does its work and exits with %d', (command, code) => {
    const home = copyHome();
    const line = `{ carbon-patch ${command} --role worker --home "$1" 2> stderr | head -1; } ; echo "\${PIPESTATUS[0]}"; cat stderr`;
    const { stdout } = shell(line, home);
    expect(stdout.split('\n').slice(0, 2)).toEqual(['--- a/repository/conf/axis2/axis2.xml', String(code)]);
    expect(stdout).not.toMatch(/EPIPE|\n +at /);
    expect(run(['diff', '--role', 'worker', '--home', home]).code).toBe(command === 'apply' ? 0 : 1);
  });

  test('of both streams does not keep apply from writing everything', () => {
    const home = copyHome();
    const { stdout } = shell('carbon-patch apply --role worker --home "$1" 2>&1 | true; echo "${PIPESTATUS[0]}"', home);
    expect(stdout).toBe('0\n');
    expect(run(['diff', '--role', 'worker', '--home', home]).code).toBe(0);
  });
});

describe('a full disk under stdout', () => {
  test('is told, and apply writes nothing', () => {
    const home = copyHome();
    const before = stateOf(home);
    for (const command of ['diff', 'apply', 'apply --dry-run --json']) {
      const { code, stderr } = shell(`carbon-patch ${command} --role worker --home "$1" > /dev/full`, home);
      expect(code).toBe(2);
      expect(stderr).toMatch(/\ncarbon-patch: stdout cannot be written: ENOSPC: no space left on device, write\n$/);
    }
    expect(stateOf(home)).toEqual(before);
  });

  test('is told for the help too', () => {
    const { code, stderr } = shell('carbon-patch --help > /dev/full');
    expect(code).toBe(2);
    expect(stderr).toBe('carbon-patch: stdout cannot be written: ENOSPC: no space left on device, write\n');
  });
});

test('a large diff reaches a slow reader whole, and the exit code is that of the diff', async () => {
  const home = copyHome();
  const path = join(home, 'repository/conf/carbon.xml');
  // A line that changes and is longer than any buffer in between.
  const long = 'x'.repeat(4_000_000);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/<Offset>0<\/Offset>/, `<!--${long}--><Offset>0</Offset>`));
  const words = ['diff', '--role', 'manager', '--home', home, '--only', 'carbon.xml'];
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.pause();
  let length = 0;
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const reading = setInterval(() => {
    // One piece at a time, whether the writer lives or not.
    const chunk = child.stdout.read() as Buffer | null;
    length += chunk?.length ?? 0;
  }, 2);
  expect(await ended).toBe(1);
  clearInterval(reading);
  expect(length).toBeGreaterThan(2 * long.length);
});

describe('what is loaded', () => {
  /**
   * The modules that the program loads for these words, without their version or folder. They are loaded one by one, as in
   * one file they would not be seen; there too a module does nothing before it is asked for.
   */
  function loaded(words: readonly string[]): readonly string[] {
    const module = (name: string): string => JSON.stringify(join(root, 'dist/lib/cli', name));
    const script = `
      process.on('exit', () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));
      const io = require(${module('process-io')}).processIo('0');
      void require(${module('run')}).run(${JSON.stringify(words)}, io);`;
    const { stderr } = runNode(['-e', script], { cwd: makeFolder() });
    const paths = JSON.parse(stderr.slice(stderr.lastIndexOf('["'))) as readonly string[];
    const names = paths.map((path) =>
      path.includes('node_modules')
        ? (/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path.slice(path.lastIndexOf('node_modules/')))?.[1] ?? path)
        : (/dist\/(?:lib\/)?([^/]+)/.exec(path)?.[1] ?? path),
    );
    return [...new Set(names)].sort();
  }

  const ours = (words: readonly string[]): readonly string[] =>
    loaded(words).filter((name) =>
      ['@xmldom/xmldom', 'xpath', 'xml-formatter', 'diff', 'xml', 'patch', 'plan', 'disk', 'carbon'].includes(name),
    );

  test.each([[['--version']], [['--help']], [['apply', '--help']]])(
    '%j loads no parser and nothing that reads a home',
    (words) => {
      expect(ours(words)).toEqual([]);
    },
  );

  const drivers = (words: readonly string[]): readonly string[] =>
    loaded(words).filter((name) => ['mysql2', 'pg'].includes(name));

  test.each([[['check', '--home', copyHome()]], [['sql', '--help']]])('%j loads no driver of a database', (words) => {
    expect(drivers(words)).toEqual([]);
  });

  test('check --connect loads the driver of the databases that are in use', () => {
    const home = copyHome();
    const database = ['--db-type', 'postgresql', '--db-host', '127.0.0.1', '--db-port', '1'];
    // The advertised host, which is the machine where no cluster file names one.
    const words = ['apply', '--role', 'worker', '--home', home, '--host', '127.0.0.1', ...database];
    expect(run(words, { CARBON_PATCH_DB_PASSWORD: 'x' }).code).toBe(0);
    expect(drivers(['check', '--connect', '--home', home])).toEqual(['pg']);
  });

  /** The packages only. */
  const packages = (words: readonly string[]): readonly string[] => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    return loaded(words).filter((name) => Object.hasOwn(dependencies, name));
  };

  test('a dry run loads these packages and no others', () => {
    const words = ['apply', '--dry-run', '--role', 'worker', '--home', copyHome()];
    expect(packages(words)).toEqual(['@xmldom/xmldom', 'diff', 'xml-formatter', 'xpath', 'yargs-parser']);
  });

  test('a mistyped option loads no parser either', () => {
    expect(loaded(['apply', '--rol'])).not.toContain('@xmldom/xmldom');
  });

  test('undo loads no parser', () => {
    expect(loaded(['undo', '--home', '/no/such'])).not.toContain('@xmldom/xmldom');
  });

  test('show loads no formatter and no diff', () => {
    expect(ours(['show', '--home', copyHome()])).toEqual(['@xmldom/xmldom', 'carbon', 'disk', 'plan', 'xml', 'xpath']);
  });
});

test('nothing is left in the home by a refusal, and nothing outside of it by an apply', () => {
  const home = copyHome();
  const outside = contentOf(join(home, '..'));
  run(['apply', '--role', 'elb', '--home', home]);
  expect(contentOf(join(home, '..'))).toEqual(outside);
  run(['apply', '--role', 'worker', '--home', home]);
  expect(Object.keys(contentOf(join(home, '..'))).filter((path) => !path.startsWith('home/'))).toEqual([]);
});
