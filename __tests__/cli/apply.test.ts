import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { contentOf, copyHome, makeFolder, stateOf } from './home-copy';
import { atTerminal, runCli } from './memory-io';

// Many runs in one test: a busy machine takes its time.
jest.setTimeout(60_000);

const files = [
  'axis2/axis2.xml',
  'carbon.xml',
  'datasources/master-datasources.xml',
  'registry.xml',
  'user-mgt.xml',
].map((name) => `repository/conf/${name}`);

function applyTo(home: string, ...words: readonly string[]): readonly string[] {
  return ['apply', '--role', 'worker', '--home', home, ...words];
}

function pathsIn(diff: string): readonly string[] {
  return [...diff.matchAll(/^--- a\/(.*)$/gm)].map(([, path = '']) => path);
}

describe('without a terminal', () => {
  test('what was found goes to stderr and the diff to stdout, then all files are written', async () => {
    const home = copyHome();
    const before = contentOf(home);
    const planned = await runCli(['diff', '--role', 'worker', '--home', home]);
    const ran = await runCli(applyTo(home));
    expect(ran).toMatchObject({ code: 0, stdout: planned.stdout, questions: [] });
    expect(pathsIn(ran.stdout)).toEqual(files);
    expect(ran.stderr).toBe(
      [
        `${home}: WSO2 Enterprise Service Bus 5.0.0 (Carbon 4.4.8), repository/conf, Hazelcast clustering`,
        'No cluster file: node worker1 of the built-in example cluster, shared database layout; give --host with the IP address of this node, and see --help for the rest',
        `Wrote 5 files. To take it back: carbon-patch undo --home ${home}`,
        '',
      ].join('\n'),
    );
    const after = contentOf(home);
    expect(files.every((path) => after[path] !== before[path])).toBe(true);
    expect(Object.keys(before).filter((path) => after[path] !== before[path])).toEqual(files);
  });

  test('the second time there is nothing to do, and nothing at all is written', async () => {
    const home = copyHome();
    await runCli(applyTo(home));
    const before = stateOf(home);
    const ran = await runCli(applyTo(home));
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toMatch(/\nNothing to do: every file is as wanted already\.\n$/);
    expect(stateOf(home)).toEqual(before);
  });

  test('--only narrows what is written', async () => {
    const home = copyHome();
    const ran = await runCli(applyTo(home, '--only', 'carbon.xml', '--only=repository/conf/axis2/axis2.xml'));
    expect(pathsIn(ran.stdout)).toEqual(files.slice(0, 2));
    expect(ran.stderr).toContain('\nWrote 2 files. ');
  });

  test('one file is counted as one', async () => {
    const ran = await runCli(applyTo(copyHome(), '--only', 'carbon.xml'));
    expect(ran.stderr).toContain('\nWrote 1 file. ');
  });

  test('an address of its own needs no hint', async () => {
    const ran = await runCli(applyTo(copyHome(), '--host', '10.0.0.12', '--dry-run'));
    expect(ran.stderr).toContain(
      '\nNo cluster file: node worker1 of the built-in example cluster, shared database layout\n',
    );
  });
});

describe('a dry run', () => {
  test.each([
    ['without a terminal', []],
    ['on a terminal', atTerminal],
  ] as const)('%s prints the diff, asks nothing and writes nothing at all', async (_title, terminals) => {
    const home = copyHome();
    const before = stateOf(home);
    const ran = await runCli(applyTo(home, '--dry-run', '--yes'), { terminals, answers: ['y'] });
    expect(ran).toMatchObject({ code: 0, questions: [] });
    expect(ran.stdout).toContain('axis2.xml');
    expect(ran.stderr).toMatch(/\nDry run: nothing was written\.\n$/);
    expect(stateOf(home)).toEqual(before);
  });
});

describe('on a terminal', () => {
  test.each(['y', 'Y', 'yes', ' YES '])('%j writes', async (answer) => {
    const home = copyHome();
    const ran = await runCli(applyTo(home), { terminals: atTerminal, answers: [answer], env: { NO_COLOR: '1' } });
    expect(ran).toMatchObject({ code: 0, questions: ['Write these changes? [y/N] '] });
    expect(ran.stderr).toContain('Wrote 5 files.');
  });

  test.each(['', 'n', 'no', 'yeah', 'ja', 'y y', 'N'])('%j writes nothing', async (answer) => {
    const home = copyHome();
    const before = stateOf(home);
    const ran = await runCli(applyTo(home), { terminals: atTerminal, answers: [answer] });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/\nNothing was written\.\n$/);
    expect(stateOf(home)).toEqual(before);
  });

  test('--yes asks nothing', async () => {
    const ran = await runCli(applyTo(copyHome(), '--yes'), { terminals: atTerminal });
    expect(ran).toMatchObject({ code: 0, questions: [] });
  });

  test('nothing is asked where there is nothing to do', async () => {
    const home = copyHome();
    await runCli(applyTo(home));
    expect(await runCli(applyTo(home), { terminals: atTerminal })).toMatchObject({ code: 0, questions: [] });
  });

  test.each([
    ['the diff goes into a file', []],
    ['JSON is printed', ['--json']],
  ])('the changes are told on stderr before the question where %s', async (_title, words) => {
    const ran = await runCli(applyTo(copyHome(), '--only', 'carbon.xml', ...words), {
      terminals: words.length > 0 ? atTerminal : ['stdin', 'stderr'],
      env: { NO_COLOR: '1' },
    });
    expect(ran.questions).toHaveLength(1);
    expect(ran.stderr).toMatch(/\nrepository\/conf\/carbon\.xml: \d changes?\n {2}[+~] /);
    expect(ran.stderr).toMatch(/\nNothing was written\.\n$/);
  });

  test('colours are for terminals, and not where NO_COLOR is set or the terminal is dumb', async () => {
    const home = copyHome();
    const colored = async (terminals: typeof atTerminal | [], env: Record<string, string>): Promise<boolean> => {
      const ran = await runCli(applyTo(home), { terminals, env });
      await runCli(['undo', '--home', home]);
      return [ran.stdout, ran.stderr, ...ran.questions].some((text) => text.includes('\u001b'));
    };
    expect(await colored(atTerminal, {})).toBe(true);
    expect(await colored(atTerminal, { NO_COLOR: '' })).toBe(true);
    expect(await colored(atTerminal, { NO_COLOR: '1' })).toBe(false);
    expect(await colored(atTerminal, { TERM: 'dumb' })).toBe(false);
    expect(await colored([], {})).toBe(false);
    expect(await colored([], { FORCE_COLOR: '1' })).toBe(false);
  });
});

describe('a refusal writes nothing and says why on stderr', () => {
  test.each([
    [
      'a folder that is not there',
      'bad-missing',
      (home: string) => rmSync(home, { recursive: true }),
      'there is no such folder',
    ],
    [
      'a folder that is no home',
      'bad-missing',
      (home: string) => rmSync(join(home, 'repository'), { recursive: true }),
      'holds no carbon.xml',
    ],
    [
      'a home with deployment.toml',
      'am-3.0.0-toml',
      () => undefined,
      'deployment.toml generates the XML files at each start',
    ],
    ['a load balancer', 'elb-2.1.0', () => undefined, 'not a home for role worker'],
    ['a home without a file', 'bad-missing', () => undefined, '2 needed files are unusable; nothing was written:'],
    [
      'a file that is not well-formed',
      'esb-5.0.0',
      (home: string) =>
        writeFileSync(join(home, 'repository/conf/carbon.xml'), '<Server>\n  <Ports></Port>\n</Server>'),
      'repository/conf/carbon.xml:2:10: not well-formed',
    ],
  ])('%s', async (_title, fixture, prepare, reason) => {
    const home = copyHome(fixture);
    prepare(home);
    const parent = dirname(home);
    const before = stateOf(parent);
    for (const words of [applyTo(home), applyTo(home, '--yes'), applyTo(home, '--dry-run')]) {
      const ran = await runCli(words);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toContain(reason);
    }
    expect(stateOf(parent)).toEqual(before);
  });

  test('every file that cannot be used is named, with its line and a caret', async () => {
    const home = copyHome();
    rmSync(join(home, 'repository/conf/user-mgt.xml'));
    writeFileSync(join(home, 'repository/conf/carbon.xml'), '<Server>\n  <Ports></Port>\n</Server>');
    writeFileSync(join(home, 'repository/conf/registry.xml'), '<wso2registry><dbConfig name=x/></wso2registry>');
    const { stderr } = await runCli(applyTo(home));
    const refusal = stderr.slice(stderr.indexOf('carbon-patch: '));
    expect(refusal).toBe(
      [
        `carbon-patch: ${home}: 3 needed files are unusable; nothing was written:`,
        '  repository/conf/carbon.xml:2:10: not well-formed: end tag </Port> where <Ports> of line 2 is open; mend the file first',
        '  2 |   <Ports></Port>',
        '    |          ^',
        "  repository/conf/registry.xml:1:30: not well-formed: 'x' where the quoted value of attribute name must follow; mend the file first",
        '  1 | <wso2registry><dbConfig name=x/></wso2registry>',
        '    |                              ^',
        '  repository/conf/user-mgt.xml: cannot be read: role worker needs it, and it is missing',
        '',
      ].join('\n'),
    );
  });

  test('a diff that cannot be printed is not applied', async () => {
    const home = copyHome();
    const before = stateOf(home);
    const ran = await runCli(applyTo(home), { stdoutProblem: 'no space left on device' });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/\ncarbon-patch: stdout cannot be written: no space left on device\n$/);
    expect(stateOf(home)).toEqual(before);
  });
});

describe('the home may be given in any way that a path may be', () => {
  test.each([
    ['with a slash at its end', (home: string) => `${home}/`],
    ['with spaces and quotes', () => copyHome('esb-5.0.0', "my 'old' home")],
    ['by way of .. and .', (home: string) => `${home}/../${home.split('/').at(-1)}/.`],
    ['relative', (home: string) => relative(process.cwd(), home)],
    [
      'as a symbolic link',
      (home: string) => {
        const link = join(makeFolder(), 'link');
        symlinkSync(home, link);
        return link;
      },
    ],
  ])('%s', async (_title, form) => {
    const home = form(copyHome());
    const before = contentOf(`${home}/`);
    const applied = await runCli(applyTo(home));
    expect(applied.code).toBe(0);
    expect(applied.stderr.startsWith(`${home}: WSO2 Enterprise Service Bus 5.0.0`)).toBe(true);
    expect(pathsIn(applied.stdout)).toEqual(files);
    expect(await runCli(applyTo(home))).toMatchObject({ code: 0, stdout: '' });
    const undone = await runCli(['undo', '--home', home]);
    expect(undone.stdout).toBe(files.map((path) => `${path}\n`).join(''));
    expect(contentOf(`${home}/`)).toEqual(before);
  });

  test('the line that takes it back can be pasted into a shell', async () => {
    const home = copyHome('esb-5.0.0', "my 'old' home");
    const { stderr } = await runCli(applyTo(home));
    expect(stderr).toContain(`carbon-patch undo --home '${home.replaceAll("'", `'\\''`)}'\n`);
  });
});

test('a product name cannot steer the terminal', async () => {
  const home = copyHome();
  writeFileSync(join(home, 'bin/version.txt'), 'WSO2 \u001b[2JBus v5.0.0\n');
  writeFileSync(join(home, 'repository/conf/carbon.xml'), '<Server/>');
  const { stderr } = await runCli(['show', '--home', home]);
  expect(stderr).toBe(`${home}: WSO2 ␛[2JBus 5.0.0 (Carbon 4.4.8), repository/conf, Hazelcast clustering\n`);
});
