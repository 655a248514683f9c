import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHome } from '../../lib/plan/open-home';
import { readSettings } from '../../lib/plan/read-settings';
import { copyHome } from './fixture-home';

/** `file: line name = value`, for a home with the files of a fixture. */
async function settingsOf(path: string): Promise<readonly string[]> {
  const files = await readSettings(await openHome(path));
  return files.flatMap(({ path: file, settings }) =>
    settings.map(({ name, value, line }) => `${file.replace(/.*\//, '')}:${line} ${name} = ${value}`),
  );
}

describe('readSettings', () => {
  test('of a home that has just been unpacked', async () => {
    expect(await settingsOf(copyHome('esb-4.7.0'))).toMatchSnapshot();
  });

  test('of a clustered home', async () => {
    expect(await settingsOf(copyHome('esb-4.9.0-clustered'))).toMatchSnapshot();
  });

  test('of a load balancer, which has fewer files', async () => {
    expect(await settingsOf(copyHome('elb-2.1.0'))).toMatchSnapshot();
  });

  test('lists every file that is there, also without settings', async () => {
    const home = await openHome(copyHome('elb-2.0.4'));
    expect((await readSettings(home)).map(({ path }) => path)).toEqual([
      'repository/conf/axis2/axis2.xml',
      'repository/conf/carbon.xml',
      'repository/conf/user-mgt.xml',
    ]);
  });

  test('lists further datasource files behind the master, and none that Carbon does not read', async () => {
    const home = copyHome('greg-5.3.0');
    const folder = 'repository/conf/datasources';
    writeFileSync(join(home, folder, 'master-datasource.xml'), 'never read');
    const files = await readSettings(await openHome(home));
    expect(files.map(({ path }) => path).filter((path) => path.startsWith(folder))).toEqual([
      `${folder}/master-datasources.xml`,
      `${folder}/shared-datasources.xml`,
      `${folder}/social-datasources.xml`,
    ]);
    expect(files.find(({ path }) => path.endsWith('/social-datasources.xml'))?.settings).toEqual([
      {
        name: 'datasource',
        value:
          'WSO2_SOCIAL_DB jdbc/WSO2SocialDB jdbc:h2:repository/database/WSO2SOCIAL_DB;DB_CLOSE_ON_EXIT=FALSE wso2carbon',
        line: 9,
      },
    ]);
  });

  test('takes a missing enable for the "true" that Axis2 takes it for', async () => {
    const home = copyHome('bad-missing');
    writeFileSync(join(home, 'repository/conf/axis2/axis2.xml'), '<axisconfig>\n<clustering class="a"/></axisconfig>');
    writeFileSync(join(home, 'repository/conf/user-mgt.xml'), '<UserManager/>');
    expect((await settingsOf(home)).slice(0, 2)).toEqual([
      'axis2.xml:2 clustering class = a',
      'axis2.xml:2 clustering enable = true',
    ]);
  });

  test('refuses files that are malformed, all of them at once', async () => {
    const home = copyHome('bad-missing');
    writeFileSync(join(home, 'repository/conf/carbon.xml'), '<Server>');
    await expect(settingsOf(home)).rejects.toThrow(
      new RegExp(
        `^${home}: 2 needed files are unusable; nothing was written:\n  repository/conf/carbon.xml:1:.*\n  repository/conf/user-mgt.xml:6:5: `,
      ),
    );
  });
});
