import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, copyHome, makeFolder, stateOf } from './home-copy';
import { atTerminal, runCli } from './memory-io';

async function appliedHome(): Promise<string> {
  const home = copyHome();
  await runCli(['apply', '--role', 'worker', '--home', home]);
  return home;
}

describe('undo', () => {
  test('brings every byte back, names the files on stdout, and leaves nothing behind', async () => {
    const home = copyHome();
    const before = contentOf(home);
    await runCli(['apply', '--role', 'worker', '--home', home]);
    const ran = await runCli(['undo', '--home', home]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe(
      ['axis2/axis2.xml', 'carbon.xml', 'datasources/master-datasources.xml', 'registry.xml', 'user-mgt.xml']
        .map((name) => `repository/conf/${name}\n`)
        .join(''),
    );
    expect(ran.stderr).toMatch(/^Took back the apply of \d{4}-\d\d-\d\dT[\d:.]+Z; 5 files restored\.\n$/);
    expect(contentOf(home)).toEqual(before);
    expect(Object.keys(stateOf(home))).not.toContain('.carbon-patch');
  });

  test('goes one apply further back each time, and then says that there is none', async () => {
    const home = copyHome();
    const before = contentOf(home);
    await runCli(['apply', '--role', 'worker', '--home', home]);
    await runCli(['apply', '--role', 'manager', '--home', home]);
    expect((await runCli(['undo', '--home', home])).code).toBe(0);
    expect(await runCli(['diff', '--role', 'worker', '--home', home])).toMatchObject({ code: 0 });
    expect((await runCli(['undo', '--home', home])).code).toBe(0);
    expect(contentOf(home)).toEqual(before);
    expect(await runCli(['undo', '--home', home])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `carbon-patch: ${home}: there is no apply to undo\n`,
    });
  });

  test('refuses, naming the file, where one was changed since', async () => {
    const home = await appliedHome();
    appendFileSync(join(home, 'repository/conf/registry.xml'), '<!-- mine -->\n');
    const before = stateOf(join(home, 'repository'));
    const ran = await runCli(['undo', '--home', home]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(
      /^carbon-patch: repository\/conf\/registry\.xml: changed since the last apply; nothing was undone/,
    );
    expect(stateOf(join(home, 'repository'))).toEqual(before);
    expect(readFileSync(join(home, 'repository/conf/registry.xml'), 'utf8')).toMatch(/<!-- mine -->\n$/);
  });

  test('asks on a terminal, unless --yes', async () => {
    const home = await appliedHome();
    const before = stateOf(home);
    const refused = await runCli(['undo', '--home', home], { terminals: atTerminal, env: { NO_COLOR: '1' } });
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: 'Nothing was written.\n' });
    expect(refused.questions).toEqual(['Take the last apply back? [y/N] ']);
    expect(stateOf(home)).toEqual(before);
    expect(await runCli(['undo', '--home', home, '-y'], { terminals: atTerminal })).toMatchObject({
      code: 0,
      questions: [],
    });
    await runCli(['apply', '--role', 'worker', '--home', home]);
    const agreed = await runCli(['undo', '--home', home], { terminals: atTerminal, answers: ['yes'] });
    expect(agreed.code).toBe(0);
  });

  test.each([
    ['a folder that is not there', (folder: string) => join(folder, 'no'), 'there is no such folder'],
    ['a folder without an apply', (folder: string) => folder, 'there is no apply to undo'],
  ])('refuses %s, and makes nothing there', async (_title, place, reason) => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'bin'));
    const before = stateOf(folder);
    const ran = await runCli(['undo', '--home', place(folder)]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(reason);
    expect(stateOf(folder)).toEqual(before);
  });
});
