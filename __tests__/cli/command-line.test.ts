import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { copyHome, stateOf } from './home-copy';
import { commands } from '../../lib/cli/commands';
import { inWords } from '../../lib/cli/in-words';
import { runCli } from './memory-io';

// Many runs in one test: a busy machine takes its time.
jest.setTimeout(60_000);

const home = copyHome();
const commandList = inWords(commands.map(({ name }) => name));
const worker = ['--role', 'worker', '--home', home] as const;

/** The problems, and below them the help of the command where the words begin with one. */
function refusal(problems: readonly string[], [first = '']: readonly string[]): string {
  const command = commands.some(({ name }) => name === first) ? `${first} ` : '';
  return [...problems.map((problem) => `carbon-patch: ${problem}\n`), `Try carbon-patch ${command}--help\n`].join('');
}

const noPassword =
  'no option takes a password, as others could see it in the list of processes; put it into a file for --db-password-file, or into the environment variable CARBON_PATCH_DB_PASSWORD';

describe('a command line that cannot be run is refused with everything that is wrong with it', () => {
  test.each<[title: string, words: readonly string[], problems: readonly string[]]>([
    ['no words', [], [`name a command first: ${commandList}`]],
    ['an option first', ['--home', home, 'show'], [`name a command first: ${commandList}`]],
    ['an empty command', [''], [`name a command first: ${commandList}`]],
    ['an unknown command', ['patch'], [`unknown command "patch"; it must be ${commandList}`]],
    ['a mistyped command', ['aplpy'], ['unknown command "aplpy"; did you mean apply?']],
    ['half a command', ['und'], ['unknown command "und"; did you mean undo?']],
    [
      'a command that would steer the terminal',
      ['\u001b[2J'],
      [`unknown command "\\u001b[2J"; it must be ${commandList}`],
    ],
    ['an unknown option', ['show', '--home', home, '--verbose'], ['unknown option --verbose']],
    [
      'mistyped options',
      ['apply', '--rol', 'worker', '--hoem=x', '--dryrun', '--local-memer-prot', '1'],
      [
        'unknown option --rol; did you mean --role?',
        'unknown option --hoem; did you mean --home?',
        'unknown option --dryrun; did you mean --dry-run?',
        'unknown option --local-memer-prot; did you mean --local-member-port?',
      ],
    ],
    ['one dash instead of two', ['apply', '-home', home], ['unknown option -home; did you mean --home?']],
    ['a short option with what may be its value', ['apply', '-ps3cret'], ['unknown option -p…']],
    [
      'options of other commands',
      ['undo', '--home', home, '--json', '--role=worker'],
      ['unknown option --json', 'unknown option --role'],
    ],
    ['negated options', ['apply', ...worker, '--no-json'], ['unknown option --no-json']],
    [
      'names that every object has',
      ['show', '--constructor', 'x', '--__proto__=y', '--toString', '--_=1', '--$0'],
      [
        'unknown option --constructor',
        'unknown option --__proto__',
        'unknown option --toString',
        'unknown option --_',
        'unknown option --$0',
      ],
    ],
    ['an option that would steer the terminal', ['show', '--\u001b[2J'], ['unknown option --␛[2J']],
    ['dots in a name', ['show', '--home.path', home], ['unknown option --home.path']],
    ['a password', ['apply', ...worker, '--db-password', 's3cret'], [noPassword]],
    [
      'a password by another name',
      ['diff', ...worker, '--password=s3cret', '--db-pwd', 's3cret'],
      [noPassword, noPassword],
    ],
    [
      'options without their values',
      ['apply', '--home', '--role', '--yes', '--only'],
      ['--home needs a value', '--role needs a value', '--only needs a value'],
    ],
    ['a value behind the end of the options', ['show', '--home', '--', home], ['--home needs a value']],
    [
      'values of flags',
      ['apply', ...worker, '--dry-run=1', '--json=', '-y=no'],
      ['--dry-run takes no value', '--json takes no value', '--yes takes no value'],
    ],
    [
      'empty values',
      ['diff', '--role=', '--home', '', '--member', 'a:1', '--member=', '--db-port', ''],
      [
        '--role must not be empty',
        '--home must not be empty',
        '--member must not be empty',
        '--db-port must not be empty',
      ],
    ],
    [
      'repeated options',
      ['apply', ...worker, '--role', 'manager', '--home', home, '--home=x', '--db-port', '1', '--db-port', '2'],
      [
        '--role is given 2 times; give it once',
        '--home is given 3 times; give it once',
        '--db-port is given 2 times; give it once',
      ],
    ],
    [
      'other words',
      ['apply', ...worker, 'manager', '--only', 'axis2.xml', 'carbon.xml', '7', '-'],
      [
        'unexpected argument "manager"',
        'unexpected argument "carbon.xml"',
        'unexpected argument "7"',
        'unexpected argument "-"',
      ],
    ],
    ['a word behind a flag', ['apply', ...worker, '--dry-run', 'false'], ['unexpected argument "false"']],
    [
      'words behind the end of the options',
      ['apply', ...worker, '--', '--dry-run', '--help'],
      ['unexpected argument "--dry-run"', 'unexpected argument "--help"'],
    ],
    [
      'a URL with a password where no word is expected',
      ['show', '--home', home, 'jdbc:mysql://root:s3cret@db/x'],
      ['unexpected argument "jdbc:mysql://********@db/x"'],
    ],
  ])('%s', async (_title, words, problems) => {
    const before = stateOf(home);
    const { code, stdout, stderr } = await runCli(words);
    expect(stderr).toBe(refusal(problems, words));
    expect(code).toBe(2);
    if (!words.some((word) => word.startsWith('--json'))) expect(stdout).toBe('');
    expect(stateOf(home)).toEqual(before);
  });
});

describe('wrong values are refused together, with nothing written', () => {
  test('every one is named', async () => {
    const words = `--role boss --local-member-port 0 --port-offset 60000 --member a --member=b:99999 --db-type access`;
    const more = ['--db-layout=all', '--db-port', 'x', '--domain', ' x', '--host', 'a b', '--home', home];
    const { code, stdout, stderr } = await runCli(['apply', ...words.split(' '), ...more]);
    const [first, ...problems] = stderr.trimEnd().split('\n');
    expect({ code, stdout, first }).toEqual({
      code: 2,
      stdout: '',
      first: 'carbon-patch: the cluster is not valid; correct these values:',
    });
    expect(problems.map((problem) => /^ {2}([\w-]+): /.exec(problem)?.[1]).sort()).toEqual(
      'db-layout db-port db-type domain host local-member-port member member port-offset role'.split(' '),
    );
  });

  test.each([
    'abc',
    '1e3',
    '0x10',
    ' 80',
    '80 ',
    '+80',
    '-1',
    '08',
    '1.5',
    '80.0',
    '1_000',
    '٣',
    '9007199254740993',
    '∞',
  ])('%j is no port', async (port) => {
    const before = stateOf(home);
    expect(await runCli(['apply', ...worker, '--db-port', port])).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'carbon-patch: the cluster is not valid; correct these values:\n  db-port: must be a whole number from 1 to 65535\n',
    });
    expect(stateOf(home)).toEqual(before);
  });

  test('a file that the role does not change is none for --only', async () => {
    const before = stateOf(home);
    const words = ['apply', ...worker, '--only', 'carbon.xml', '--only', 'log4j.xml'];
    const { code, stdout, stderr } = await runCli(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('\n  only: "log4j.xml" is no file that role worker changes');
    expect(stateOf(home)).toEqual(before);
  });
});

test('values may stand behind = or as the next word, options of a list may be repeated, flags too', async () => {
  const words = ['--role=worker', `--home=${home}`, '--member=a.example.org:1', '--member', 'b.example.org:2'];
  const { code, stdout } = await runCli([
    'diff',
    ...words,
    '--only=axis2.xml',
    '--only',
    'carbon.xml',
    '-y',
    '--yes',
    '-y',
  ]);
  expect(code).toBe(1);
  expect([...stdout.matchAll(/^\+.*<hostName>(.*)<\/hostName>/gm)].map(([, name]) => name)).toEqual([
    'a.example.org',
    'b.example.org',
  ]);
  expect([...stdout.matchAll(/^--- (.*)$/gm)].map(([, path]) => path)).toEqual([
    'a/repository/conf/axis2/axis2.xml',
    'a/repository/conf/carbon.xml',
  ]);
});

test('whatever is typed, the program knows what to say, and a dry run or a refusal writes nothing', async () => {
  const before = stateOf(home);
  const word = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('diff', 'show', 'undo', '--role', 'worker', '--home', home, '--json', '--only'),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom('--dry-run', '--db-port', '--member', '-y', '-h', '--', '-', '', '0', '-1', 'elb'),
    },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')) },
    { weight: 1, arbitrary: fc.string().map((text) => `--${text}`) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (words) => {
      const { code, stdout, stderr } = await runCli(words);
      expect([0, 1, 2]).toContain(code);
      expect(stderr).not.toContain('unexpected error');
      expect(code !== 2 || /^carbon-patch: /m.test(stderr)).toBe(true);
      if (words.includes('--json') && !/^carbon-patch /.test(stdout) && stdout !== '1.2.3\n') JSON.parse(stdout);
    }),
    { numRuns: 100 },
  );
  expect(stateOf(home)).toEqual(before);
});

test('without a home, a role and a cluster file it is said what to give', async () => {
  const missing =
    'and there is no cluster file; give --home DIR with --role ROLE, or --cluster FILE, or make carbon-cluster.yaml here\n';
  expect(await runCli(['apply'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `carbon-patch: --home and --role are missing, ${missing}`,
  });
  expect((await runCli(['diff', '--home', 'x'])).stderr).toBe(`carbon-patch: --role is missing, ${missing}`);
});
