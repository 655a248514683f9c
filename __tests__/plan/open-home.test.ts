import { describe, expect, test } from '@jest/globals';
import { symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describeHome } from '../../lib/carbon/carbon-home';
import { openHome } from '../../lib/plan/open-home';
import { makeFolder, makeHome, treeOf } from '../disk/temporary-home';
import { copyHome } from './fixture-home';

const carbonXml = '<Server xmlns="http://wso2.org/projects/carbon/carbon.xml"><Name>WSO2 X</Name></Server>';

describe('openHome', () => {
  test.each([
    ['esb-4.7.0', 'WSO2 Enterprise Service Bus 4.7.0 4.1.0 repository/conf tribes'],
    ['esb-4.9.0-clustered', 'ESB worker 2 4.9.0 4.4.1 repository/conf hazelcast'],
    ['esb-5.0.0', 'WSO2 Enterprise Service Bus 5.0.0 4.4.8 repository/conf hazelcast'],
    ['am-1.8.0', 'WSO2 API Manager 1.8.0 4.2.0 repository/conf hazelcast'],
    ['is-5.3.0', 'WSO2 Identity Server 5.3.0 4.4.11 repository/conf hazelcast'],
    ['ei-6.6.0', 'WSO2 Enterprise Integrator 6.6.0 undefined conf hazelcast'],
    ['elb-2.0.4', 'WSO2 Elastic Load Balancer 2.0.4 undefined repository/conf tribes balancer'],
    ['elb-2.1.0', 'WSO2 Elastic Load Balancer 2.1.0 4.2.0 repository/conf hazelcast balancer'],
  ])('recognises %s', async (name, expected) => {
    const path = copyHome(name);
    const before = treeOf(path);
    const home = await openHome(path);
    const agent = /\.(tribes|hazelcast)\./.exec(home.clusteringClass ?? '')?.[1];
    const found = [
      home.productName,
      home.productVersion,
      String(home.carbonVersion),
      home.confFolder,
      agent,
      ...(home.isLoadBalancer ? ['balancer'] : []),
    ];
    expect(found.join(' ')).toBe(expected);
    expect(home).toMatchObject({ path, hasBeenStarted: false });
    expect(treeOf(path)).toEqual(before);
  });

  test.each([
    ['carbon.xml', 'repository/conf'],
    ['axis2/axis2.xml', 'repository/conf'],
    ['carbon.xml', 'conf'],
    ['axis2/axis2.xml', 'conf'],
  ])('knows a home by %s in %s alone, whatever it holds', async (file, confFolder) => {
    expect((await openHome(makeHome({ [`${confFolder}/${file}`]: 'no XML at all' }))).confFolder).toBe(confFolder);
  });

  test('takes the older layout where both are there', async () => {
    const home = makeHome({ 'conf/carbon.xml': carbonXml, 'repository/conf/axis2/axis2.xml': '<axisconfig/>' });
    expect((await openHome(home)).confFolder).toBe('repository/conf');
  });

  test('takes a load balancer by the file it has in its conf folder', async () => {
    const home = makeHome({ 'repository/conf/carbon.xml': carbonXml, 'conf/loadbalancer.conf': '' });
    expect((await openHome(home)).isLoadBalancer).toBe(false);
  });

  test('sees by its log that a server has been started', async () => {
    const home = makeHome({ 'repository/conf/carbon.xml': carbonXml, 'repository/logs/wso2carbon.log': '' });
    expect((await openHome(home)).hasBeenStarted).toBe(true);
  });
});

describe('openHome of a profile of EI 6', () => {
  test('finds the versions in the home above, and says which profile it is', async () => {
    const home = await openHome(join(copyHome('ei-6.6.0'), 'wso2/broker'));
    expect(describeHome(home)).toBe(
      'WSO2 Enterprise Integrator-Broker 6.6.0, conf of profile broker, Hazelcast clustering',
    );
    expect((await openHome(copyHome('ei-6.6.0'))).profile).toBeUndefined();
  });

  const profile = 'wso2/business-process';
  const files = {
    'bin/wso2carbon-version.txt': 'WSO2 Carbon Framework v4.5.0\n',
    'conf/carbon.xml': carbonXml,
    [`${profile}/conf/carbon.xml`]: carbonXml.replace('WSO2 X', 'WSO2 BPS'),
  };

  test('takes what the profile has itself first', async () => {
    const above = makeHome(files);
    expect(await openHome(join(above, profile))).toMatchObject({
      profile: 'business-process',
      productName: 'WSO2 BPS',
      carbonVersion: '4.5.0',
      hasBeenStarted: false,
    });
    const own = makeHome({ ...files, [`${profile}/bin/wso2carbon-version.txt`]: 'WSO2 Carbon Framework v4.4.14' });
    expect((await openHome(join(own, profile))).carbonVersion).toBe('4.4.14');
  });

  test('knows that it was started by a log of its own or above', async () => {
    for (const log of ['repository/logs/wso2carbon.log', `${profile}/repository/logs/wso2carbon.log`]) {
      expect((await openHome(join(makeHome({ ...files, [log]: '' }), profile))).hasBeenStarted).toBe(true);
    }
  });

  test('is found by a link, and by a path with dots', async () => {
    const above = makeHome(files);
    const link = join(makeFolder(), 'business-process');
    symlinkSync(join(above, profile), link);
    expect((await openHome(link)).profile).toBe('business-process');
    expect((await openHome(`${above}/${profile}/../business-process/.`)).profile).toBe('business-process');
  });

  test.each([
    ['beside wso2', { 'conf/carbon.xml': carbonXml, 'other/broker/conf/carbon.xml': carbonXml }, 'other/broker'],
    ['of no integrator', { 'wso2/broker/conf/carbon.xml': carbonXml }, 'wso2/broker'],
    [
      'with the older layout',
      { 'conf/carbon.xml': carbonXml, 'wso2/esb/repository/conf/carbon.xml': carbonXml },
      'wso2/esb',
    ],
  ])('is no home %s', async (_, tree, path) => {
    expect((await openHome(join(makeHome(tree), path))).profile).toBeUndefined();
  });
});

describe('openHome sees by the local registry that a server has been started', () => {
  const hour = 60 * 60;
  const shipped = Date.UTC(2020, 0, 1) / 1000;
  const version = 'bin/version.txt';

  /** Whether a home counts as started whose files were changed at these times, in s. */
  async function isStarted(times: Readonly<Record<string, number>>): Promise<boolean> {
    const home = makeHome({
      'repository/conf/carbon.xml': carbonXml,
      ...Object.fromEntries(Object.keys(times).map((path) => [path, ''])),
    });
    for (const [path, time] of Object.entries(times)) utimesSync(join(home, path), time, time);
    return (await openHome(home)).hasBeenStarted;
  }

  test.each([
    ['WSO2CARBON_DB.h2.db', 2 * hour, true],
    ['WSO2CARBON_DB.mv.db', 2 * hour, true],
    ['WSO2CARBON_DB.data.db', 2 * hour, true],
    ['WSO2CARBON_DB.h2.db', hour / 2, false],
    ['WSO2CARBON_DB.h2.db', -2 * hour, false],
    ['WSO2AM_DB.h2.db', 2 * hour, false],
    ['WSO2CARBON_DB.lock.db', 2 * hour, false],
  ])('%s, %i s younger than the version file: %s', async (name, age, expected) => {
    const database = `repository/database/${name}`;
    expect(await isStarted({ [version]: shipped, [database]: shipped + age })).toBe(expected);
  });

  test('but not where nothing tells when the product was unpacked', async () => {
    expect(await isStarted({ 'repository/database/WSO2CARBON_DB.h2.db': shipped })).toBe(false);
  });

  test('by the younger of both version files', async () => {
    const times = { [version]: shipped, 'repository/database/WSO2CARBON_DB.h2.db': shipped + 2 * hour };
    expect(await isStarted({ ...times, 'bin/wso2carbon-version.txt': shipped + 2 * hour })).toBe(false);
  });
});

describe('openHome refuses', () => {
  const ending = 'give the folder that holds bin and repository/conf, or conf in EI 6';

  test('a folder that is not there', async () => {
    const home = join(makeFolder(), 'none');
    await expect(openHome(home)).rejects.toThrow(new Error(`${home}: there is no such folder; ${ending}`));
  });

  test('a file', async () => {
    const home = join(makeHome({ file: 'x' }), 'file');
    await expect(openHome(home)).rejects.toThrow(new Error(`${home}: there is no such folder; ${ending}`));
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['an empty folder', {}],
    ['the bin folder of a home', { 'carbondump.sh': '' }],
    ['a conf folder itself', { 'carbon.xml': carbonXml, 'axis2/axis2.xml': '<axisconfig/>' }],
    ['a home of Carbon 3, which had axis2.xml elsewhere', { 'repository/conf/axis2.xml': '<axisconfig/>' }],
    ['a home whose files are folders', { 'repository/conf/carbon.xml/x': '' }],
  ])('%s', async (_, files) => {
    const home = makeHome(files);
    await expect(openHome(home)).rejects.toThrow(
      new Error(`${home}: holds no carbon.xml or axis2/axis2.xml in repository/conf or conf; ${ending}`),
    );
  });

  test.each(['repository/conf/deployment.toml', 'conf/deployment.toml'])('a home with %s', async (toml) => {
    const home = makeHome({ [toml]: '', 'repository/conf/carbon.xml': carbonXml, 'conf/carbon.xml': carbonXml });
    await expect(openHome(home)).rejects.toThrow(
      new Error(
        `${home}: ${toml} generates the XML files at each start, so edits of them would be lost; change ${toml} instead`,
      ),
    );
  });

  test('the fixture home of the toml era', async () => {
    await expect(openHome(copyHome('am-3.0.0-toml'))).rejects.toMatchObject({ code: 'HOME_GENERATED' });
  });

  test.each(['repository/conf/deployment.yaml', 'conf/deployment.yaml'])(
    'a home of Carbon 5, told by %s',
    async (yaml) => {
      const home = makeHome({ [yaml]: '', 'bin/carbon.sh': '' });
      await expect(openHome(home)).rejects.toThrow(
        new Error(`${home}: ${yaml} makes it a home of Carbon 5, which has none of the XML files; ${ending}`),
      );
    },
  );

  test('not a home of Carbon 4 with a stray deployment.yaml', async () => {
    const home = makeHome({ 'repository/conf/carbon.xml': carbonXml, 'repository/conf/deployment.yaml': '' });
    expect((await openHome(home)).confFolder).toBe('repository/conf');
  });

  test('a file that cannot be looked at', async () => {
    const home = makeHome({ 'repository/conf/registry.xml': '' });
    symlinkSync('carbon.xml', join(home, 'repository/conf/carbon.xml'));
    await expect(openHome(home)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
