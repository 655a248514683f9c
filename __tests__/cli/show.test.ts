import { describe, expect, test } from '@jest/globals';
import { copyHome, stateOf } from './home-copy';
import { runCli } from './memory-io';

describe('show', () => {
  test('prints the settings of each file with line numbers, and writes nothing', async () => {
    const home = copyHome();
    await runCli(['apply', '--role', 'worker', '--home', home, '--host', '10.0.0.12', '--domain', 'my.domain']);
    const before = stateOf(home);
    const ran = await runCli(['show', '--home', home]);
    expect(ran).toMatchObject({
      code: 0,
      stderr: `${home}: WSO2 Enterprise Service Bus 5.0.0 (Carbon 4.4.8), repository/conf, Hazelcast clustering\n`,
    });
    expect(ran.stdout).toMatch(/^repository\/conf\/axis2\/axis2\.xml\n {2} *\d+ /);
    expect(ran.stdout).toMatch(/^ +\d+ localMemberHost: 10\.0\.0\.12$/m);
    expect(ran.stdout).toMatch(/^ +\d+ domain: my\.domain$/m);
    expect(stateOf(home)).toEqual(before);
  });

  test('the line is the one where the setting stands', async () => {
    const home = copyHome();
    const { stdout } = await runCli(['show', '--home', home, '--json']);
    const { files } = JSON.parse(stdout) as {
      files: { path: string; settings: { name: string; value: string; line: number }[] }[];
    };
    const axis2 = files.find(({ path }) => path.endsWith('axis2.xml'));
    const lines = stateOf(home)['repository/conf/axis2/axis2.xml']?.split('\n') ?? [];
    const port = axis2?.settings.find(({ name }) => name === 'localMemberPort');
    expect(lines[(port?.line ?? 0) - 1]).toContain(`>${port?.value}<`);
  });

  test.each(['am-1.8.0', 'ei-6.6.0', 'elb-2.0.4', 'elb-2.1.0', 'esb-4.7.0', 'is-5.3.0'])(
    'takes %s, whatever role it has',
    async (fixture) => {
      const { code, stdout } = await runCli(['show', '--home', copyHome(fixture)]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/\n {2} *\d+ /);
    },
  );

  test('refuses a home with a file that is not well-formed, and says where', async () => {
    const ran = await runCli(['show', '--home', copyHome('bad-missing')]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('repository/conf/user-mgt.xml:6:5: not well-formed');
  });

  test('refuses a home whose files are generated', async () => {
    const ran = await runCli(['show', '--home', copyHome('am-3.0.0-toml')]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('deployment.toml generates the XML files at each start');
  });
});
