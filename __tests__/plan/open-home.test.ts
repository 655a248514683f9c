import { describe, expect, test } from '@jest/globals';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
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
