import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../fresh-build';
import { noteFigure } from '../prove/figures';
import { copyHome, makeFolder, stateOf } from './home-copy';
import { atTerminal, runCli, type Ran } from './memory-io';

const carbonXml = 'repository/conf/carbon.xml';
const userMgtXml = 'repository/conf/user-mgt.xml';
const apply = ['apply', '--role', 'worker', '--host', '192.0.2.132'];
const env = { NO_COLOR: '1', CARBON_PATCH_DB_PASSWORD: 'words-of-the-database' };

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

/** The pictures on stderr, by the paths that they begin with. */
function picturesOf({ stderr }: Ran): readonly string[] {
  const found = stderr.match(/^\S+: (?:\d+ (?:conflict|changed|other)|no place)[^]*?(?=^\S|$(?![^]))/gm) ?? [];
  noteFigure('drift', 'pictures', found.length);
  return found;
}

const offsetConflict = `  line 50: CONFLICT, changed by somebody else, and otherwise by the plan
    was    |         <Offset>0</Offset>
    now    |         <Offset>7</Offset>
    wanted |         <Offset>1</Offset>
`;

describe('a file that changes between the plan and its confirmation', () => {
  const conflicting = [...apply, '--port-offset', '1'];

  test('is refused, with a picture of it, and nothing is written', async () => {
    const home = copyHome();
    let before = {};
    const ran = await runCli([...conflicting, '--home', home], {
      terminals: atTerminal,
      answers: ['yes'],
      env,
      whileAsked: () => {
        edit(join(home, carbonXml), (text) => text.replace('<Offset>0<', '<Offset>7<'));
        before = stateOf(join(home, 'repository'));
      },
    });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(
      `carbon-patch: ${carbonXml}: changed since the plan was made; nothing was written, plan again\n${carbonXml}: 1 conflict, `,
    );
    expect(picturesOf(ran)).toEqual([expect.stringContaining(offsetConflict)]);
    expect(stateOf(join(home, 'repository'))).toEqual(before);
  });

  test('is coloured on a terminal only, and never holds a secret', async () => {
    const home = copyHome();
    const ran = await runCli([...conflicting, '--home', home], {
      terminals: atTerminal,
      answers: ['yes'],
      env: { CARBON_PATCH_DB_PASSWORD: env.CARBON_PATCH_DB_PASSWORD },
      whileAsked: () =>
        edit(join(home, 'repository/conf/datasources/master-datasources.xml'), (text) =>
          text.replaceAll(/<password>[^<]*</g, '<password>words-of-somebody<'),
        ),
    });
    expect(ran.code).toBe(2);
    const lines = ran.stderr.split('\n').filter((line) => line.startsWith('\u001b[33m    now '));
    expect(lines).toContainEqual(expect.stringContaining('<password>********</password>'));
    expect(ran.stderr + ran.stdout).not.toMatch(/words-of/);
  });

  test('is told with all others that changed or are gone, of all homes', async () => {
    const { words, homes } = makeCluster();
    const ran = await runCli(['apply', ...words], {
      terminals: atTerminal,
      answers: ['yes'],
      env,
      whileAsked: () => {
        edit(join(homes, 'manager', carbonXml), (text) => text.replace('</Server>', '<!-- mine --></Server>'));
        rmSync(join(homes, 'manager', userMgtXml));
        edit(join(homes, 'elb/repository/conf/loadbalancer.conf'), (text) => `# mine\n${text}`);
      },
    });
    const paths = ['elb/repository/conf/loadbalancer.conf', `manager/${carbonXml}`, `manager/${userMgtXml}`];
    const names = paths.map((path) => join(homes, path));
    expect(ran.stderr).toContain(`carbon-patch: ${names.join(', ')}: changed since the plan was made; nothing was`);
    const pictures = picturesOf(ran);
    expect(pictures.map((picture) => picture.split(': ')[0])).toEqual(names);
    expect(pictures[0]).toContain('now | # mine\n');
    expect(pictures[2]).toBe(
      `${names[2]}: no place to compare\n  as it is now it cannot be compared: no such file or directory (ENOENT)\n`,
    );
  });

  test('is told as data with --json', async () => {
    const home = copyHome();
    const ran = await runCli([...conflicting, '--json', '--home', home], {
      terminals: atTerminal,
      answers: ['yes'],
      env,
      whileAsked: () => edit(join(home, carbonXml), (text) => text.replace('<Offset>0<', '<Offset>7<')),
    });
    const { formatVersion, error } = JSON.parse(ran.stdout) as ErrorDocument;
    expect(formatVersion).toBe(1);
    expect(error).toMatchObject({ code: 'PLAN_STALE', details: { path: carbonXml, paths: [carbonXml] } });
    const side = (offset: number): object => ({
      lines: [`        <Offset>${offset}</Offset>`],
      differInSecret: [],
      linesLeftOut: 0,
    });
    expect(error.details.drift[0]?.places).toContainEqual({
      kind: 'conflict',
      line: 50,
      base: side(0),
      now: side(7),
      wanted: side(1),
    });
  });
});

interface ErrorDocument {
  readonly formatVersion: number;
  readonly error: {
    readonly code: string;
    readonly details: {
      readonly drift: readonly { readonly notes: readonly string[]; readonly places: readonly object[] }[];
    };
  };
}

describe('a file that changed since a plan was saved', () => {
  test('is shown two ways, as only its digest is known', async () => {
    const { words, homes, folder } = makeCluster();
    const plan = join(folder, 'plan.json');
    expect(await runCli(['plan', ...words, '--out', plan], { env })).toMatchObject({ code: 0 });
    edit(join(homes, 'manager', carbonXml), (text) => text.replace('<Offset>0<', '<Offset>7<'));
    edit(join(homes, 'manager', userMgtXml), (text) => `${text}<!-- mine -->\n`);
    const before = stateOf(homes);
    const ran = await runCli(['apply', '--plan', plan, '--yes'], { env });
    expect(ran.code).toBe(2);
    const pictures = picturesOf(ran);
    expect(pictures).toEqual([
      expect.stringMatching(
        /carbon\.xml: \d+ other than the plan wants\n {2}what it was is not known: the saved plan knows it by its digest only, but wanted these very bytes of it\n/,
      ),
      expect.stringMatching(
        /user-mgt\.xml: \d+ other than the plan wants\n {2}what it was is not known: the saved plan knows it by its digest only\n/,
      ),
    ]);
    expect(pictures[0]).toContain(`  line 50: not as the plan wants
    now    |         <Offset>7</Offset>
    wanted |         <Offset>0</Offset>
`);
    expect(stateOf(homes)).toEqual(before);
  });
});

describe('a file that changed since the apply that is to be undone', () => {
  async function appliedHome(name = 'home'): Promise<string> {
    const home = copyHome('esb-5.0.0', name);
    await runCli([...apply, '--port-offset', '1', '--home', home], { env });
    return home;
  }

  test('is shown three ways: as the apply left it, now, and as it was before', async () => {
    const home = await appliedHome();
    edit(join(home, carbonXml), (text) =>
      text.replace('        <Offset>1<', '        <Offset>7<').replace('</Server>', '<!-- mine --></Server>'),
    );
    const before = stateOf(join(home, 'repository'));
    const ran = await runCli(['undo', '--home', home]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    const [picture] = picturesOf(ran);
    expect(picture).toContain(`  line 51: CONFLICT, changed by somebody else, and otherwise by the undo
    was    |         <Offset>1</Offset>
    now    |         <Offset>7</Offset>
    wanted |         <Offset>0</Offset>
`);
    expect(picture).toMatch(
      / {2}line \d+: changed by somebody else only\n {4}was \| <\/Server>\n {4}now \| <!-- mine --><\/Server>\n/,
    );
    expect(stateOf(join(home, 'repository'))).toEqual(before);
  });

  test.each<[string, (home: string) => void]>([
    ['gone', (home) => rmSync(join(home, '.carbon-patch/applied'), { recursive: true })],
    ['damaged', (home) => appendFileSync(join(home, '.carbon-patch/applied/1', carbonXml), ' ')],
  ])(
    'is shown two ways where what the apply wrote is %s, and the undo works once it is put back',
    async (_title, damage) => {
      const home = await appliedHome();
      const applied = readFileSync(join(home, carbonXml));
      edit(join(home, carbonXml), (text) => text.replace('        <Offset>1<', '        <Offset>7<'));
      damage(home);
      const ran = await runCli(['undo', '--home', home]);
      expect(picturesOf(ran)).toEqual([
        expect.stringContaining('\n  what it was is not known: what the apply wrote was not kept\n'),
      ]);
      writeFileSync(join(home, carbonXml), applied);
      expect(await runCli(['undo', '--home', home])).toMatchObject({ code: 0 });
      expect(Object.keys(stateOf(home))).not.toContain('.carbon-patch');
    },
  );

  test('is told with those of all homes, each by its own apply', async () => {
    const [one, two] = [await appliedHome('one'), await appliedHome('two')];
    await runCli(['apply', '--role', 'manager', '--home', two], { env });
    edit(join(one, carbonXml), (text) => text.replace('        <Offset>1<', '        <Offset>7<'));
    rmSync(join(two, carbonXml));
    const ran = await runCli(['undo', '--home', one, '--home', two]);
    const names = [join(one, carbonXml), join(two, carbonXml)];
    expect(picturesOf(ran).map((picture) => picture.split(': ')[0])).toEqual(names);
    expect(picturesOf(ran).map((picture) => picture.includes(': no place to compare'))).toEqual([false, true]);
  });
});

/** A cluster file with two homes beside it. */
function makeCluster(): { readonly folder: string; readonly words: readonly string[]; readonly homes: string } {
  const folder = makeFolder();
  mkdirSync(join(folder, 'homes'));
  for (const [fixture, name] of [
    ['elb-2.1.0', 'elb'],
    ['esb-5.0.0', 'manager'],
  ] as const) {
    cpSync(join(root, 'fixtures/homes', fixture), join(folder, 'homes', name), { recursive: true });
  }
  const file = join(folder, 'cluster.yaml');
  writeFileSync(
    file,
    `domain: orders.esb
hostName: esb.example.org
database: { host: db.example.org, username: carbon, password: { env: CARBON_PATCH_DB_PASSWORD } }
nodes:
  - { name: elb, role: elb, host: 192.0.2.10, home: homes/elb }
  - { name: manager, role: manager, host: 192.0.2.11, home: homes/manager }
`,
  );
  return { folder, words: ['--cluster', file], homes: join(folder, 'homes') };
}
