import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { buildTime, freshBuild, program } from '../fresh-build';
import { runProcess, type Ended } from '../run-node';
import { commands } from '../../lib/cli/commands';
import { copyHome, makeFolder, stateOf } from './home-copy';
import { runCli } from './memory-io';

// Whole processes, many of them: a busy machine takes its time.
jest.setTimeout(60_000);

beforeAll(freshBuild, buildTime);

const names = commands.map(({ name }) => name);

/** Runs a line of bash in which `carbon-patch` is the program, in an empty folder. */
function shell(line: string, ...words: readonly string[]): Ended {
  const start = `carbon-patch() { '${process.execPath}' '${program}' "$@"; }; ${line}`;
  return runProcess('bash', ['-c', start, 'bash', ...words], { cwd: makeFolder() });
}

describe.each(commands)('$name', ({ name, options: declared, operand: operandName }) => {
  const operand = operandName === undefined ? [] : ['/no/such'];

  test.each<[title: string, words: readonly string[], sentence: RegExp]>([
    ['an unknown option', ['--frobnicate'], /unknown option --frobnicate/],
    ['a word that nobody asked for', ['frobnicate'], /unexpected argument "frobnicate"/],
    ['an empty word', [''], /unexpected argument ""/],
  ])('refuses %s', async (_title, words, sentence) => {
    const folder = makeFolder();
    const { code, stdout, stderr } = await runCli([name, ...operand, ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(`Try carbon-patch ${name} --help`);
    expect(stateOf(folder)).toEqual({});
  });

  const options = Object.entries(declared);

  test('refuses each of its options without a value, with an empty one, and twice', async () => {
    for (const [option, { type, array }] of options) {
      const words = type === 'boolean' ? [[`--${option}=`]] : [[`--${option}`], [`--${option}=`]];
      const twice = type === 'boolean' || array ? [] : [[`--${option}=a`, `--${option}=b`]];
      for (const bad of [...words, ...twice]) {
        const { code, stderr } = await runCli([name, ...bad]);
        expect({ option, code, isNamed: stderr.includes(`--${option}`) }).toEqual({ option, code: 2, isNamed: true });
      }
    }
  });
});

describe('a file or a folder of another kind', () => {
  const folder = makeFolder();
  const file = join(folder, 'file');
  const unreadable = join(folder, 'unreadable');
  writeFileSync(file, 'x');
  writeFileSync(unreadable, 'x');
  chmodSync(unreadable, 0);
  const worker = ['--role', 'worker', '--home', copyHome()];

  test.each<[title: string, words: readonly string[], sentence: RegExp]>([
    ['a file for a home', ['apply', '--role', 'worker', '--home', file], /no such folder/],
    ['a file for a home of show', ['show', '--home', file], /no such folder/],
    ['a file for a home of check', ['check', '--home', file], /no such folder/],
    ['a file for a home of ports', ['ports', '--home', file], /no such folder/],
    ['a file for a home of undo', ['undo', '--home', file], /file: /],
    ['a file for a home of init', ['init', '--dry-run', '--from', file], /no such folder/],
    ['a folder for the cluster file', ['apply', '--cluster', folder], /cannot be read: /],
    ['a folder for the plan', ['apply', '--plan', folder], /cannot be read: /],
    ['a folder for the password', ['apply', ...worker, '--db-password-file', folder], /cannot be read: /],
    ['a folder for the new plan', ['plan', ...worker, '--out', folder], /there already/],
    ['a folder for the new cluster file', ['init', '--out', folder], /there already/],
    ['a device for the cluster file', ['diff', '--cluster', '/dev/null'], /not a regular file/],
    ['no file at all', ['diff', '--cluster', join(folder, 'none')], /cannot be read: .*ENOENT/],
  ])('%s is refused', async (_title, words, sentence) => {
    const before = stateOf(folder);
    const { code, stdout, stderr } = await runCli(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: words[0] === 'plan' ? stdout : '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/unexpected error|\n +at /);
    expect(stateOf(folder)).toEqual(before);
  });

  test('an unreadable cluster file is refused, unless root reads it', async () => {
    const { code, stderr } = await runCli(['diff', '--cluster', unreadable]);
    expect(code).toBe(2);
    expect(stderr).toMatch(process.getuid?.() === 0 ? /not a valid cluster file/ : /EACCES/);
  });
});

describe('the process', () => {
  test('takes a word as long as the system allows, and shows it', () => {
    // Linux allows 128 KiB for one word; the program itself has no limit.
    const { code, stderr } = shell('carbon-patch show --home "$(head -c 120000 /dev/zero | tr "\\0" x)"');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^carbon-patch: x+: .*\n/);
    expect(stderr).not.toMatch(/unexpected error/);
  });

  test('takes ten megabytes of words in memory', async () => {
    const { code, stderr } = await runCli(['show', '--home', 'x'.repeat(10_000_000)]);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/unexpected error/);
  });

  test('refuses words that are no UTF-8', () => {
    const { code, stdout, stderr } = shell(
      `carbon-patch show --home $'/tmp/\\xff\\xfe'; code=$?; carbon-patch $'\\xff'; exit $code`,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/no such folder[^\n]*\n.*unknown command/);
  });

  test.each(names)(
    '%s ends with 2 and a sentence where nothing is given, without HOME, terminal or variables',
    (name) => {
      const folder = makeFolder();
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, name], {
        cwd: folder,
        env: {},
        encoding: 'utf8',
      });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^carbon-patch: [^\n]+/);
      expect(stderr).not.toMatch(/unexpected error|\n +at /);
      expect(stateOf(folder)).toEqual({});
    },
  );

  test.each(names)('%s of bad words keeps its exit code where nobody reads it', (name) => {
    const { stdout } = shell(
      `carbon-patch ${name} --frobnicate 2>&1 | true; echo "\${PIPESTATUS[0]}"; carbon-patch ${name} --frobnicate >&- 2>&-; echo $?`,
    );
    expect(stdout).toBe('2\n2\n');
  });

  test('writes nothing of a cluster file into a folder that is not there', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'a'));
    const words = ['--domain', 'a.b', '--host-name', 'h.example.org', '--db-host', 'd.example.org', '--db-user', 'u'];
    const out = join(folder, 'none/cluster.yaml');
    const { code, stderr } = await runCli(['init', '--out', out, ...words, '--node', 'm=manager@10.0.0.1']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written: .*ENOENT/);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
