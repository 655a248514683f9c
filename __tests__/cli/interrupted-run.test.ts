import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { runInChild } from '../disk/child-process';
import { textReplacements } from '../disk/temporary-home';
import { contentOf, copyHome, stateOf } from './home-copy';
import { runCli } from './memory-io';

// Many runs in one test: a busy machine takes its time.
jest.setTimeout(60_000);

const paths = ['repository/conf/axis2/axis2.xml', 'repository/conf/carbon.xml', 'repository/conf/registry.xml'];
const words = ['--role', 'worker', ...paths.flatMap((path) => ['--only', path])];

/** A home in which an apply was killed when one of its three files was replaced. */
async function interruptedHome(): Promise<string> {
  const other = copyHome();
  await runCli(['apply', '--home', other, ...words]);
  const home = copyHome();
  const wanted = Object.fromEntries(paths.map((path) => [path, readFileSync(join(other, path), 'utf8')]));
  const replacements = textReplacements(home, wanted);
  await runInChild([{ home, action: 'commit', replacements, fault: { kind: 'kill', calls: ['rename'], at: 5 } }]);
  return home;
}

const completed =
  /\nAn earlier apply of \d{4}-\S+Z was interrupted; it is completed now: repository\/conf\/axis2\/axis2\.xml, /;

describe('a home in which a run was killed', () => {
  test.each([
    ['diff', ['diff', ...words], 1],
    ['a dry run', ['apply', '--dry-run', ...words], 0],
  ])('is left alone by %s, which says so', async (_title, command, code) => {
    const home = await interruptedHome();
    const before = stateOf(home);
    const ran = await runCli([...command, '--home', home]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(
      '\nAn earlier run was interrupted here; the next apply, undo or show puts its files in order.\n',
    );
    expect(stateOf(home)).toEqual(before);
  });

  test('is put in order by apply, which says so, before it plans', async () => {
    const home = await interruptedHome();
    const ran = await runCli(['apply', '--home', home, ...words]);
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toMatch(completed);
    expect(ran.stderr).toMatch(/\nNothing to do: every file is as wanted already\.\n$/);
    expect((await runCli(['diff', '--home', home, ...words])).code).toBe(0);
  });

  test('is put in order by show, which says so and then shows it', async () => {
    const home = await interruptedHome();
    const ran = await runCli(['show', '--home', home]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(completed);
    expect((await runCli(['diff', '--home', home, ...words])).code).toBe(0);
    const after = stateOf(home);
    expect(await runCli(['show', '--home', home])).toMatchObject({ code: 0, stdout: ran.stdout });
    expect(stateOf(home)).toEqual(after);
  });

  test('is shown as it is while another run is at work, without waiting for it', async () => {
    const home = await interruptedHome();
    const holder = { pid: process.pid, host: 'esb-7', startTicks: null, since: '2026-01-01T00:00:00.000Z' };
    writeFileSync(join(home, '.carbon-patch/lock-0123456789abcdef'), JSON.stringify(holder));
    const before = stateOf(home);
    const ran = await runCli(['show', '--home', home]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(`\nAnother carbon-patch is at work here (pid ${process.pid} on esb-7 since 2026-`);
    expect(stateOf(home)).toEqual(before);
  });

  test('is shown as it is where it cannot be put in order, and the message says why', async () => {
    const home = await interruptedHome();
    writeFileSync(join(home, paths[2] ?? ''), '<wso2registry by="hand"/>');
    const ran = await runCli(['show', '--home', home]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(
      '\nWhat an earlier run left here is not put in order, and the files are shown as they are: .carbon-patch/journal.json: the journal cannot be used: repository/conf/registry.xml changed while an apply was unfinished',
    );
  });

  test.each([
    ['a wrong value', ['--db-port', 'x']],
    ['a mistyped option', ['--dryrun']],
  ])('is left alone by an apply with %s', async (_title, more) => {
    const home = await interruptedHome();
    const before = stateOf(home);
    expect((await runCli(['apply', '--home', home, ...words, ...more])).code).toBe(2);
    expect(stateOf(home)).toEqual(before);
  });

  test('is brought back by undo', async () => {
    const home = await interruptedHome();
    const ran = await runCli(['undo', '--home', home]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe(paths.map((path) => `${path}\n`).join(''));
    expect(`\n${ran.stderr}`).toMatch(completed);
    expect(contentOf(home)).toEqual(contentOf(copyHome()));
  });
});
