import { describe, expect, test } from '@jest/globals';
import { commands } from '../../lib/cli/commands';
import { runCli } from './memory-io';

/** Without the line breaks that the layout makes. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ');
}

describe('the help of the program', () => {
  test.each([
    [['--help']],
    [['-h']],
    [['help']],
    [['--help', '--json']],
    [['--home', 'x', '-h']],
    [['nonsense', '-h']],
  ])('is printed on stdout for %j', async (words) => {
    const ran = await runCli(words);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toBe((await runCli(['--help'])).stdout);
  });

  test('begins with the form of a command line and names every command, with examples and exit codes', async () => {
    const { stdout } = await runCli(['--help']);
    expect(stdout).toMatch(/^carbon-patch COMMAND \[OPTION\]\.\.\.\n\nTurns existing WSO2 Carbon homes /);
    for (const { name, summary } of commands) expect(flat(stdout)).toContain(`carbon-patch ${name} ${summary}`);
    expect(flat(stdout)).toContain('Examples: carbon-patch apply --role worker --home /opt/esb Show what would change');
    expect(flat(stdout)).toContain(
      'Exit codes: 0 done or nothing to do; 1 something was found (diff, check, ports, check-log); 2 refused or failed, and nothing written.',
    );
  });
});

describe.each(commands)('the help of $name', ({ name, usage, summary, options, examples }) => {
  test.each([[[name, '--help']], [[name, '-h']], [['help', name]], [[name, '--nonsense', '--help', '--json']]])(
    'is printed on stdout for %j',
    async (words) => {
      const ran = await runCli(words);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toBe((await runCli([name, '--help'])).stdout);
    },
  );

  test('tells every option with what it means, examples, exit codes and variables', async () => {
    const { stdout } = await runCli([name, '--help']);
    expect(stdout.startsWith(`carbon-patch ${name} ${usage}\n\n${summary}\n`)).toBe(true);
    // Long descriptions are broken in the column of their own.
    const described = flat(stdout.replace(/ *\[(?:value|flag)[^\]]*\]( \[required\])?/g, ''));
    for (const [option, { describe: meaning = '' }] of Object.entries(options)) {
      expect(described).toContain(`--${option} ${meaning}`);
    }
    expect(examples.length).toBeGreaterThan(0);
    for (const [, meaning] of examples) expect(meaning).toMatch(/^[A-Z].*[^.]$/);
    expect(stdout).toContain('\nExamples:\n');
    expect(stdout).toContain('\nExit codes: ');
    expect(stdout).toContain('CARBON_PATCH_DB_PASSWORD is the database password');
  });

  test('fits into 100 columns', async () => {
    const { stdout } = await runCli([name, '--help']);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  test('the examples are command lines of this command', async () => {
    for (const [line] of examples) {
      const words = line.replace(/ > .*/, '').split(' ').slice(1);
      const { stderr } = await runCli(words);
      // The home or the cluster file is not there; everything in front of that is in order.
      expect(stderr).toMatch(
        /^carbon-patch: (?:(?:\/opt\/e(?:sb1?|lb)(?:\/repository\/logs\/wso2carbon\.log)?|carbon-cluster\.yaml|cluster\.plan\.json|clusters\/esb\.yaml): |the cluster is not valid|3 homes cannot be used)/,
      );
    }
  });
});

describe('the version', () => {
  test.each([[['--version']], [['apply', '--version']], [['--version', '--json']]])(
    'is printed on stdout for %j',
    async (words) => {
      expect(await runCli(words)).toMatchObject({ code: 0, stdout: '1.2.3\n', stderr: '' });
    },
  );
});
