import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { buildTime, freshBuild, program } from '../fresh-build';
import { runNode } from '../run-node';
import { copyHome, makeFolder, stateOf } from './home-copy';
import { atPseudoTerminal } from './terminal';

// Whole processes, many of them: a busy machine takes its time.
jest.setTimeout(60_000);

const question = 'Write these changes? [y/N] ';

function applyTo(home: string, ...words: readonly string[]): readonly string[] {
  return ['apply', '--role', 'worker', '--home', home, '--only', 'carbon.xml', ...words];
}

beforeAll(freshBuild, buildTime);

describe('the question', () => {
  test('comes after the diff, and y writes', async () => {
    const home = copyHome();
    const { code, screen } = await atPseudoTerminal(applyTo(home), { typed: 'y\n', env: { NO_COLOR: '1' } });
    expect(code).toBe(0);
    expect(screen).toMatch(
      /\n\+ {4}<HostName>.*\n[\s\S]*\nWrite these changes\? \[y\/N\] y\nWrote 1 file\. To take it back: /,
    );
    const again = await atPseudoTerminal(applyTo(home));
    expect(again.code).toBe(0);
    expect(again.screen).not.toContain('[y/N]');
    expect(again.screen).toMatch(/\nNothing to do: every file is as wanted already\.\n$/);
  });

  test.each([
    ['n', 'n\n', `${question}n\nNothing was written.\n`],
    ['an empty line', '\n', `${question}\nNothing was written.\n`],
    ['the end of input', '\u0004', `${question}\nNothing was written.\n`],
    ['another word, corrected by hand', 'yes\u007f\u007f\u007fno\n', 'no\nNothing was written.\n'],
  ])('%s writes nothing and exits with 2', async (_title, typed, end) => {
    const home = copyHome();
    const before = stateOf(home);
    const { code, screen } = await atPseudoTerminal(applyTo(home), { typed, env: { NO_COLOR: '1' } });
    expect(code).toBe(2);
    expect(screen.endsWith(end)).toBe(true);
    expect(stateOf(home)).toEqual(before);
  });

  test('Ctrl-C ends the program as it does everywhere, with nothing written', async () => {
    const home = copyHome();
    const before = stateOf(home);
    const { code, screen } = await atPseudoTerminal(applyTo(home), { typed: '\u0003' });
    expect(code).toBe(130);
    expect(screen).toMatch(/\[y\/N\] [^\n]*\^C$/);
    expect(stateOf(home)).toEqual(before);
  });

  test('is on the screen where stdout or stderr goes into a file', async () => {
    for (const [redirect, shown] of [
      ['> "$HOME/stdout"', /\nrepository\/conf\/carbon\.xml: \d changes?\n[\s\S]*\nWrite these changes/],
      ['2> "$HOME/stderr"', /\n\+ {4}<HostName>[\s\S]*\nWrite these changes/],
    ] as const) {
      const folder = makeFolder();
      const env = { HOME: folder, NO_COLOR: '1' };
      const { code, screen } = await atPseudoTerminal(applyTo(copyHome()), { typed: 'n\n', redirect, env });
      expect(code).toBe(2);
      expect(screen).toMatch(shown);
    }
  });

  test('is asked by undo too', async () => {
    const home = copyHome();
    await atPseudoTerminal(applyTo(home, '--yes'));
    const before = stateOf(home);
    expect(await atPseudoTerminal(['undo', '--home', home], { typed: 'n\n', env: { NO_COLOR: '1' } })).toEqual({
      code: 2,
      screen: 'Take the last apply back? [y/N] n\nNothing was written.\n',
    });
    expect(stateOf(home)).toEqual(before);
    const { code, screen } = await atPseudoTerminal(['undo', '--home', home, '--yes']);
    expect(code).toBe(0);
    expect(screen).toMatch(/^repository\/conf\/carbon\.xml\nTook back the apply of .*; 1 file restored\.\n$/);
  });

  test('is not asked for a dry run or a diff', async () => {
    const home = copyHome();
    const before = stateOf(home);
    expect((await atPseudoTerminal(applyTo(home, '--dry-run'))).code).toBe(0);
    expect((await atPseudoTerminal(['diff', ...applyTo(home).slice(1)])).code).toBe(1);
    expect(stateOf(home)).toEqual(before);
  });
});

describe('colours', () => {
  const red = '\u001b[31m';

  test('are used for the diff, the question and errors', async () => {
    const home = copyHome();
    const { screen } = await atPseudoTerminal(applyTo(home), { typed: 'n\n' });
    expect(screen).toContain('\u001b[32m+    <HostName>');
    expect(screen).toContain('\u001b[1mWrite these changes? [y/N] \u001b[22m');
    const refused = await atPseudoTerminal(['show', '--home', '/no/such']);
    expect(refused.screen).toContain(`carbon-patch: ${red}/no/such: `);
  });

  test.each([[{ NO_COLOR: '1' }], [{ TERM: 'dumb' }], [{ NO_COLOR: '1', FORCE_COLOR: '1' }]])(
    'are not used with %j',
    async (env) => {
      const home = copyHome();
      const { screen } = await atPseudoTerminal(applyTo(home), { typed: 'n\n', env });
      expect(screen).toContain('\n+    <HostName>');
      expect(screen).not.toContain('\u001b');
      expect((await atPseudoTerminal(['show', '--home', '/no/such'], { env })).screen).not.toContain('\u001b');
    },
  );

  test('are not used in a file, also where a terminal is beside it', async () => {
    const folder = makeFolder();
    const home = copyHome();
    const words = ['diff', ...applyTo(home).slice(1)];
    await atPseudoTerminal(words, { redirect: '> "$HOME/stdout"', env: { HOME: folder, FORCE_COLOR: '1' } });
    const diff = readFileSync(join(folder, 'stdout'), 'utf8');
    expect(diff).toContain('\n+    <HostName>');
    expect(diff).not.toContain('\u001b');
  });
});

test('the help at a terminal that does not say how wide it is is laid out as in a pipe', async () => {
  const { stdout } = runNode([program, 'apply', '--help'], { cwd: makeFolder() });
  expect(await atPseudoTerminal(['apply', '--help'])).toEqual({ code: 0, screen: stdout });
});
