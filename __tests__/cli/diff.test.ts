import { describe, expect, test } from '@jest/globals';
import { copyHome, stateOf } from './home-copy';
import { atTerminal, runCli } from './memory-io';

describe('diff', () => {
  test('exits with 1 where something would change, prints the diff only, and writes nothing', async () => {
    const home = copyHome();
    const before = stateOf(home);
    const ran = await runCli(['diff', '--role', 'manager', '--home', home]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^--- a\/repository\/conf\/axis2\/axis2\.xml\n\+\+\+ b\//);
    expect(ran.stdout.split('\n').filter((line) => line !== '' && !/^(?:[-+ \\]|@@ )/.test(line))).toEqual([]);
    expect(stateOf(home)).toEqual(before);
  });

  test('exits with 0 and prints nothing where the home is as wanted', async () => {
    const home = copyHome();
    await runCli(['apply', '--role', 'manager', '--home', home]);
    expect(await runCli(['diff', '--role', 'manager', '--home', home])).toMatchObject({ code: 0, stdout: '' });
  });

  test('exits with 2 where it is refused', async () => {
    expect(await runCli(['diff', '--role', 'elb', '--home', copyHome()])).toMatchObject({ code: 2, stdout: '' });
  });

  test('takes the same arguments as apply, and never asks and never writes', async () => {
    const home = copyHome();
    const before = stateOf(home);
    const words = ['diff', '--role', 'worker', '--home', home, '--yes', '--dry-run', '--only', 'carbon.xml'];
    const ran = await runCli(words, { terminals: atTerminal, answers: ['y'], env: { NO_COLOR: '1' } });
    expect(ran).toMatchObject({ code: 1, questions: [] });
    expect(ran.stdout.match(/^--- /gm)).toHaveLength(1);
    expect(stateOf(home)).toEqual(before);
  });

  test('says where masked passwords make it no patch, unless a terminal or JSON shows it', async () => {
    const words = ['diff', '--role', 'worker', '--home', copyHome()];
    const hint = 'Passwords are masked in this diff; one that git apply or patch is to take needs --show-secrets.\n';
    expect((await runCli(words)).stderr).toContain(hint);
    for (const more of [['--show-secrets'], ['--json'], ['--only', 'carbon.xml']]) {
      expect((await runCli([...words, ...more])).stderr).not.toContain(hint);
    }
    expect((await runCli(words, { terminals: atTerminal })).stderr).not.toContain(hint);
  });

  test('exits with 2 where the diff cannot be printed', async () => {
    const ran = await runCli(['diff', '--role', 'worker', '--home', copyHome()], { stdoutProblem: 'EIO: i/o error' });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/\ncarbon-patch: stdout cannot be written: EIO: i\/o error\n$/);
  });
});
