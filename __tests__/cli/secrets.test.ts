import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { makePlan } from '../../lib/plan/make-plan';
import { openHome } from '../../lib/plan/open-home';
import { copyHome, makeFolder } from './home-copy';
import { atTerminal, runCli, type World } from './memory-io';

// Many runs in one test: a busy machine takes its time.
jest.setTimeout(60_000);

const passwordInFile = 'Pw-from-file';
const passwordInVariable = 'Pw-from-variable';
const oldPassword = 'Pw-of-before';
const urlPassword = 'Pw-in-the-url';
const secrets = [passwordInFile, passwordInVariable, oldPassword, urlPassword];

const datasources = 'repository/conf/datasources/master-datasources.xml';

/** A home whose password before the change is known. */
function homeWithPassword(): string {
  const home = copyHome();
  const path = join(home, datasources);
  const text = readFileSync(path, 'utf8').replace(/<password>[^<]*</, `<password>${oldPassword}<`);
  expect(text).toContain(oldPassword);
  writeFileSync(path, text);
  return home;
}

function passwordFile(): string {
  const path = join(makeFolder(), 'password');
  writeFileSync(path, `${passwordInFile}\n`);
  return path;
}

const url = `jdbc:mysql://root:${urlPassword}@db.example.org:3306/{database}?password=${urlPassword}&x=1`;

/** Everything that a run lets a person see. */
async function shown(words: readonly string[], world?: World): Promise<string> {
  const { stdout, stderr, questions } = await runCli(words, world);
  return [stdout, stderr, ...questions].join('\n');
}

function seen(text: string): readonly string[] {
  return secrets.filter((secret) => text.includes(secret));
}

const ways: readonly (readonly [title: string, words: () => readonly string[], world: World])[] = [
  ['a file', () => ['--db-password-file', passwordFile()], {}],
  ['a variable', () => [], { env: { CARBON_PATCH_DB_PASSWORD: passwordInVariable } }],
  ['a URL', () => ['--db-url', url], {}],
  [
    'all of them',
    () => ['--db-password-file', passwordFile(), '--db-url', url],
    { env: { CARBON_PATCH_DB_PASSWORD: passwordInVariable } },
  ],
];

describe.each(ways)('a password from %s', (_title, options, world) => {
  const words = (command: string, home: string): readonly string[] => [
    command,
    '--role',
    'worker',
    '--home',
    home,
    ...options(),
  ];

  test.each(['shared', 'single'])(
    'is masked in every output, as is the one of before, in the %s layout',
    async (layout) => {
      const home = homeWithPassword();
      const layoutOption = ['--db-layout', layout];
      const outputs = [
        await shown([...words('diff', home), ...layoutOption], world),
        await shown([...words('diff', home), ...layoutOption, '--json'], world),
        await shown([...words('diff', home), ...layoutOption], { ...world, terminals: atTerminal }),
        await shown([...words('apply', home), ...layoutOption, '--dry-run'], world),
        await shown([...words('apply', home), ...layoutOption], { ...world, terminals: ['stdin', 'stderr'] }),
        await shown([...words('apply', home), ...layoutOption, '--json'], {
          ...world,
          terminals: atTerminal,
          answers: ['n'],
        }),
        await shown([...words('apply', home), ...layoutOption], { ...world, terminals: atTerminal, answers: ['y'] }),
        await shown([...words('apply', home), ...layoutOption], world),
        await shown(['show', '--home', home]),
        await shown(['show', '--home', home, '--json']),
        await shown(['undo', '--home', home]),
      ];
      expect(outputs.map(seen)).toEqual(outputs.map(() => []));
      expect(outputs[0]).toContain('********');
    },
  );

  test('is shown with --show-secrets, and written as it is', async () => {
    const home = homeWithPassword();
    const { stdout } = await runCli([...words('apply', home), '--show-secrets'], world);
    expect(stdout).toContain(oldPassword);
    expect(seen(stdout).length).toBeGreaterThan(1);
    const { stdout: settings } = await runCli(['show', '--home', home, '--show-secrets']);
    expect(seen(settings)).toEqual(options().includes(url) ? [urlPassword] : []);
  });
});

test('is masked whatever characters it is made of, wherever it is given', async () => {
  const home = copyHome();
  const file = join(makeFolder(), 'password');
  const middle = fc.string({ unit: fc.constantFrom(...'aZ0 <>&"\'@/:;?=#%{}$()[]!\\|^~`*+-_.,\tü€😀'), maxLength: 12 });
  const places = {
    file: (password: string) => {
      writeFileSync(file, password);
      return ['--db-password-file', file];
    },
    user: (password: string) => ['--db-url', `jdbc:mysql://u:${password}@h:1/{database}`],
    parameter: (password: string) => ['--db-url', `jdbc:mysql://h:1/{database}?user=u&password=${password}&x=1`],
    oracle: (password: string) => ['--db-url', `jdbc:oracle:thin:u/${password}@//h:1/{database}`],
  };
  await fc.assert(
    fc.asyncProperty(middle, fc.constantFrom(...Object.values(places)), async (text, place) => {
      // In a URL that begins another parameter or ends a bracket; what follows is no secret.
      fc.pre(place !== places.parameter || !/[&;,][ \t]?[\w.-]+[ \t]*=|\)(?:[(/\s]|,[ \t]*\()/.test(text));
      const words = ['diff', '--role', 'worker', '--home', home, ...place(`Zq7${text}7qZ`)];
      const output = (await shown(words)) + (await shown([...words, '--json']));
      expect(output).not.toMatch(/Zq7|7qZ/);
    }),
    {
      numRuns: 30,
      examples: [
        ['\u20aca=', places.parameter],
        ['<a=', places.parameter],
      ],
    },
  );
});

test('the file wins over the variable, and an empty variable is none', async () => {
  const words = ['diff', '--role', 'worker', '--home', copyHome(), '--show-secrets'];
  const both = await runCli([...words, '--db-password-file', passwordFile()], {
    env: { CARBON_PATCH_DB_PASSWORD: passwordInVariable },
  });
  expect(seen(both.stdout)).toEqual([passwordInFile]);
  const empty = await runCli(words, { env: { CARBON_PATCH_DB_PASSWORD: '' } });
  expect(empty.stdout).toBe((await runCli(words)).stdout);
});

test.each([
  ['that is not there', (folder: string) => join(folder, 'no'), /cannot be read/],
  ['that is a folder', (folder: string) => folder, /cannot be read/],
])('a password file %s is refused', async (_title, place, reason) => {
  const { code, stdout, stderr } = await runCli([
    'diff',
    '--role',
    'worker',
    '--home',
    copyHome(),
    '--db-password-file',
    place(makeFolder()),
  ]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(reason);
});

describe('a saved plan', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

  test.each<[from: string, password: string]>([
    ['the environment', '{ env: CARBON_PATCH_DB_PASSWORD }'],
    ['a file', '{ file: password }'],
  ])('holds neither a password from %s nor a digest of it, and apply takes it from there', async (_from, password) => {
    const home = homeWithPassword();
    const folder = makeFolder();
    const [cluster, saved] = [join(folder, 'carbon-cluster.yaml'), join(folder, 'a.plan.json')];
    writeFileSync(join(folder, 'password'), `${passwordInFile}\n`);
    writeFileSync(
      cluster,
      `domain: a.b\nhostName: esb.example.org\ndatabase: { host: db.example.org, username: u, password: ${password} }\nnodes:\n  - { name: worker1, role: worker, host: 192.0.2.1, home: ${home} }\n`,
    );
    const wanted = password.includes('env') ? passwordInVariable : passwordInFile;
    // The variable would win over the file.
    const world: World = password.includes('env') ? { env: { CARBON_PATCH_DB_PASSWORD: passwordInVariable } } : {};
    const output = await shown(['plan', '--cluster', cluster, '--explain', '--json', '--out', saved], world);
    const plan = readFileSync(saved, 'utf8');
    expect(plan).toContain('"resultDigest"');
    expect(seen(output + plan)).toEqual([]);
    for (const secret of secrets)
      for (const form of [secret, `${secret}\n`, `<password>${secret}</password>`, JSON.stringify(secret)])
        expect(plan).not.toContain(sha(form));
    // Every digest is that of a whole file.
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const digests = new Set(files.map((entry) => sha(readFileSync(join(entry.parentPath, entry.name), 'latin1'))));
    for (const [, digest = ''] of plan.matchAll(/"baseDigest": "(\w+)"/g)) expect(digests).toContain(digest);
    expect(await shown(['apply', '--plan', saved], world)).toContain('Wrote');
    expect(readFileSync(join(home, datasources), 'utf8')).toContain(`<password>${wanted}</password>`);
    const journal = readFileSync(join(home, '.carbon-patch/journal.json'), 'utf8');
    expect(seen(journal)).toEqual([]);
    for (const secret of secrets) expect(journal).not.toContain(sha(secret));
  });
});

describe('an error shows no secret', () => {
  test.each([
    [
      'in the source line of a file',
      `<datasources-configuration>\n<password>${oldPassword}</passwort>\n</datasources-configuration>`,
    ],
    ['in a reference without its end', `<a>\n<password>${oldPassword}&${oldPassword}</password>\n</a>`],
    ['in a URL', `<a>\n<url>jdbc:mysql://root:${oldPassword}@db/x</uri>\n</a>`],
    ['in an attribute', `<a>\n<Property name="password" value="${oldPassword}"<\n</a>`],
    ['on a line of its own', `<a>\n<password>\n  ${oldPassword}&${oldPassword} x\n</password>\n</a>`],
    ['in a tag on a line of its own', `<a>\n<password>\n  x<${oldPassword}>y\n</password>\n</a>`],
    ['in a value beside its name', `<a>\n<p>\n<name>password</name>\n<value>\n${oldPassword}&x\n</value></p></a>`],
    ['in an attribute before its name', `<a>\n<p value="${oldPassword}"\n  b=${oldPassword}\n name="password"/></a>`],
    ['in a file of one line', `<a><password>${oldPassword}</password><b></a>`],
  ])('%s', async (_title, text) => {
    const home = copyHome();
    writeFileSync(join(home, datasources), text);
    for (const words of [['apply', '--role', 'worker'], ['diff', '--role', 'manager'], ['show']]) {
      for (const json of [[], ['--json']]) {
        for (const env of [{}, { DEBUG: 'carbon-patch' }] as const) {
          const { code, stdout, stderr } = await runCli([...words, '--home', home, ...json], { env });
          expect(code).toBe(2);
          expect(stderr).toContain('not well-formed');
          expect(seen(stdout + stderr)).toEqual([]);
        }
      }
    }
  });

  test.each([
    ['check'],
    ['check', '--json'],
    ['show'],
    ['ports'],
    ['undo'],
    ['init', '--from', url],
    ['plan', '--role', 'worker'],
  ])('of a URL for the home: %s %s', async (...words) => {
    const { code, stdout, stderr } = await runCli([...words, ...(words[0] === 'init' ? [] : ['--home', url])]);
    expect(code).toBe(2);
    expect(seen(stdout + stderr)).toEqual([]);
  });

  test('in what an error says of itself', async () => {
    const home = copyHome();
    writeFileSync(join(home, datasources), `<a>\n<password>${oldPassword}</password>\n<b>&</b>\n</a>`);
    const error: unknown = await makePlan(await openHome(home), exampleCluster, 'worker1').catch(
      (thrown: unknown) => thrown,
    );
    expect(inspect(error, { depth: 9 })).toContain('<b>&</b>');
    expect(seen(inspect(error, { depth: 9 }) + JSON.stringify(error))).toEqual([]);
  });

  test.each([
    ['a wrong URL', ['--db-url', `jdbc:nosql://root:${urlPassword}@db/x`]],
    ['a URL of another product', ['--db-type', 'oracle', '--db-url', url]],
    ['a URL for a name', ['--host', url]],
    ['a URL for a member', ['--member', url]],
    ['a URL for a file', ['--only', url]],
    ['a URL for a role', ['--role', url]],
    ['a URL for the home', ['--home', url]],
    ['a URL for nothing', [url]],
    ['a password for an option', [`--db-password=${urlPassword}`, '--password', urlPassword, `-p${urlPassword}`]],
  ])('of %s', async (_title, words) => {
    const home = words.includes('--home') ? [] : ['--home', copyHome()];
    const role = words.includes('--role') ? [] : ['--role', 'worker'];
    for (const json of [[], ['--json']]) {
      const { code, stdout, stderr } = await runCli(['apply', ...home, ...role, ...words, ...json]);
      expect(code).toBe(2);
      expect(seen(stdout + stderr)).toEqual([]);
    }
  });
});

test('DEBUG=carbon-patch adds where an error was thrown, and not its message a second time', async () => {
  const { stderr } = await runCli(['show', '--home', '/no/such'], { env: { DEBUG: 'carbon-patch' } });
  expect(stderr.split('\n')[1]).toMatch(/^ {4}at /);
  expect(stderr.match(/no such folder/g)).toHaveLength(1);
});
