import { describe, expect, test } from '@jest/globals';
import { chmodSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { HomeFacts } from '../../lib/carbon/facts/home-facts';
import { openHome } from '../../lib/plan/open-home';
import { surveyHome } from '../../lib/plan/survey-home';
import { emptyFacts } from '../check/check-result';
import { configurationOf, makeHome } from '../disk/temporary-home';
import { copyHome } from './fixture-home';

const carbonXml = '<Server><ServerKey>ESB</ServerKey></Server>';
const datasources = (name: string): string =>
  `<d><datasources><datasource><name>${name}</name></datasource></datasources></d>`;

async function survey(files: Readonly<Record<string, string>>): Promise<HomeFacts> {
  return surveyHome(await openHome(makeHome({ 'repository/conf/carbon.xml': carbonXml, ...files })));
}

describe('a home', () => {
  test('with every file is read, and nothing is written', async () => {
    const home = copyHome('esb-5.0.0');
    const before = configurationOf(home);
    const facts = await surveyHome(await openHome(home));
    expect(facts.axis2?.clustering?.parameters.get('localMemberPort')).toMatchObject({
      value: '4100',
      path: 'repository/conf/axis2/axis2.xml',
    });
    expect(facts.carbonXml?.serverKey?.value).toBe('ESB');
    expect(facts.catalina?.connectors.map(({ value }) => value.attributes.get('port')?.value)).toEqual([
      '9763',
      '9443',
    ]);
    expect(facts.registry?.currentDbConfig?.value).toBe('wso2registry');
    expect(facts.userMgt?.dataSource?.value).toBe('jdbc/WSO2CarbonDB');
    expect(facts.datasources.map(({ name }) => name.value)).toEqual(['WSO2_CARBON_DB']);
    expect(facts.registryModified).toBeGreaterThan(0);
    expect(facts.unreadable).toEqual([]);
    expect(configurationOf(home)).toEqual(before);
  });

  test('of EI 6 is read in its conf folder', async () => {
    const facts = await surveyHome(await openHome(copyHome('ei-6.6.0')));
    expect(facts.axis2?.path).toBe('conf/axis2/axis2.xml');
    expect(facts.datasourceFiles).toEqual(['conf/datasources/master-datasources.xml']);
  });

  test('of a load balancer has its loadbalancer.conf', async () => {
    const { loadBalancerConf } = await surveyHome(await openHome(copyHome('elb-2.1.0')));
    expect(loadBalancerConf?.path).toBe('repository/conf/loadbalancer.conf');
    expect(loadBalancerConf?.nodes.map(({ name }) => name)).toEqual(['loadbalancer', 'services']);
  });

  test('that holds nothing else gives nothing else', async () => {
    const facts = await survey({});
    expect({ ...facts, carbonXml: undefined }).toEqual({ ...emptyFacts(facts.home.path), home: facts.home });
  });
});

describe('files of datasources', () => {
  test('are those that end alike, the master first; what only looks like one is stray', async () => {
    const folder = 'repository/conf/datasources';
    const facts = await survey({
      [`${folder}/bps-datasources.xml`]: datasources('B'),
      [`${folder}/a-datasources.xml`]: datasources('A'),
      [`${folder}/master-datasources.xml`]: datasources('M'),
      [`${folder}/master-datasource.xml`]: datasources('X'),
      [`${folder}/master-datasources.xml.bak`]: datasources('Y'),
      [`${folder}/notes.txt`]: '',
    });
    expect(facts.datasources.map(({ name }) => name.value)).toEqual(['M', 'A', 'B']);
    expect(facts.datasourceFiles).toEqual(
      ['master-datasources.xml', 'a-datasources.xml', 'bps-datasources.xml'].map((name) => `${folder}/${name}`),
    );
    expect(facts.strayDatasourceFiles).toEqual(['master-datasource.xml']);
  });

  test('are looked up by other files too', async () => {
    const facts = await survey({
      'repository/conf/api-manager.xml': '<A>\n<DataSourceName>jdbc/AM</DataSourceName></A>',
      'repository/conf/identity/identity.xml': '<S><DataSource><Name>jdbc/ID</Name></DataSource></S>',
    });
    expect(facts.otherDatasourceUses).toEqual([
      { value: 'jdbc/AM', path: 'repository/conf/api-manager.xml', line: 2, column: 1 },
      { value: 'jdbc/ID', path: 'repository/conf/identity/identity.xml', line: 1, column: 16 },
    ]);
  });
});

describe('files that cannot be read', () => {
  test('are told with place and cause, once each, and the others are read', async () => {
    const facts = await survey({
      'repository/conf/axis2/axis2.xml': '<axisconfig>\n  <clustering></axisconfig>',
      'repository/conf/registry.xml': '<?xml version="1.0" encoding="EBCDIC-CP-US"?><wso2registry/>',
      'repository/conf/user-mgt.xml': '<UserManager x:a="1"/>',
      'repository/conf/api-manager.xml': '<A>&nbsp;</A>',
      'repository/conf/datasources/a-datasources.xml': '',
    });
    expect(facts.unreadable).toEqual([
      {
        path: 'repository/conf/axis2/axis2.xml',
        line: 2,
        column: 15,
        problem: expect.stringMatching(/^is not well-formed: end tag <\/axisconfig>/),
      },
      {
        path: 'repository/conf/registry.xml',
        line: 1,
        column: 1,
        problem: 'is in the encoding EBCDIC-CP-US, which is not known here',
      },
      {
        path: 'repository/conf/user-mgt.xml',
        line: 1,
        column: 14,
        problem: 'is not well-formed: the prefix of x:a is not declared',
      },
      {
        path: 'repository/conf/datasources/a-datasources.xml',
        line: 1,
        column: 1,
        problem: expect.stringMatching(/^is not well-formed: /),
      },
      {
        path: 'repository/conf/api-manager.xml',
        line: 1,
        column: 4,
        problem: expect.stringMatching(/^is not well-formed: /),
      },
    ]);
    expect(facts.carbonXml?.serverKey?.value).toBe('ESB');
    expect(facts.registryModified).toBeGreaterThan(0);
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test.skip : test)(
    'for lack of permission are told too (skipped for root, who may read everything)',
    async () => {
      const home = makeHome({ 'repository/conf/carbon.xml': carbonXml, 'repository/conf/registry.xml': '<a/>' });
      chmodSync(join(home, 'repository/conf/registry.xml'), 0);
      const { unreadable } = await surveyHome(await openHome(home));
      expect(unreadable).toEqual([
        {
          path: 'repository/conf/registry.xml',
          line: 1,
          column: 1,
          problem: 'cannot be read: permission denied (EACCES)',
        },
      ]);
    },
  );
});

describe('what lies beside the configuration', () => {
  test('is found: jars, Hazelcast files, traces of a start, scripts', async () => {
    const home = makeHome({
      'repository/conf/carbon.xml': carbonXml,
      'repository/conf/hazelcast.xml': '<hazelcast/>',
      'repository/components/lib/mysql-connector-java-5.1.40.jar': '',
      'repository/components/lib/readme.txt': '',
      'repository/components/plugins/org.wso2.carbon.core_4.4.8.jar': '',
      'repository/components/plugins/h2-database-engine_1.2.jar': '',
      'repository/component/lib/mysql-connector-java-5.1.40.jar': '',
      'repository/logs/wso2carbon.log': 'started',
      'repository/database/WSO2CARBON_DB.h2.db': '',
      'repository/database/notes.txt': '',
      'bin/wso2server.sh': 'exec java',
      'bin/ciphertool.sh': 'exec java',
      'dbscripts/mysql.sql': '',
    });
    utimesSync(join(home, 'repository/logs/wso2carbon.log'), 1000, 1000.5);
    const facts = await surveyHome(await openHome(home));
    expect(facts.jars).toEqual(
      new Map([
        ['repository/components/lib', ['mysql-connector-java-5.1.40.jar']],
        ['repository/components/plugins', ['h2-database-engine_1.2.jar']],
        ['repository/component/lib', ['mysql-connector-java-5.1.40.jar']],
        ['bin', []],
      ]),
    );
    expect(facts.hazelcastFiles).toEqual(['repository/conf/hazelcast.xml']);
    expect(facts.startTraces).toEqual([
      { path: 'repository/logs/wso2carbon.log', modified: 1_000_500 },
      { path: 'repository/database/WSO2CARBON_DB.h2.db', modified: expect.any(Number) },
    ]);
    expect([...facts.startScripts]).toEqual([['bin/wso2server.sh', 'exec java']]);
    expect(facts.databaseScripts).toEqual(['mysql.sql']);
  });
});
