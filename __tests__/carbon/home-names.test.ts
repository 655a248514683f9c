import { describe, expect, test } from '@jest/globals';
import { readDatasourceFacts } from '../../lib/carbon/facts/datasource-facts';
import { readRegistryFacts } from '../../lib/carbon/facts/registry-facts';
import { readUserMgtFacts } from '../../lib/carbon/facts/user-mgt-facts';
import { homeNames, type HomeNames } from '../../lib/carbon/home-names';
import { productOf } from '../../lib/carbon/products';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { SharedRegistry } from '../../lib/cluster/topology';
import { parseText } from '../../lib/xml/document';

interface HomeText {
  readonly serverKey?: string;
  /** `name jndiName` of each datasource. */
  readonly datasources?: readonly string[];
  readonly users?: string;
  /** What stands in registry.xml. */
  readonly registry?: string;
  readonly stated?: Partial<SharedRegistry>;
}

const dbConfig = (name: string, jndiName: string): string =>
  `<dbConfig name="${name}"><dataSource>${jndiName}</dataSource></dbConfig>`;
const instance = (id: string, config: string): string =>
  `<remoteInstance url="https://a"><id>${id}</id><dbConfig>${config}</dbConfig></remoteInstance>`;
const mount = (path: string, id: string, target: string): string =>
  `<mount path="${path}"><instanceId>${id}</instanceId><targetPath>${target}</targetPath></mount>`;
const current = '<currentDBConfig>wso2registry</currentDBConfig>';
const shipped = current + dbConfig('wso2registry', 'jdbc/WSO2CarbonDB');

function namesOf({ serverKey, datasources = [], users, registry = shipped, stated = {} }: HomeText): HomeNames {
  const entries = datasources.map((one) => {
    const [name = '', jndiName = ''] = one.split(' ');
    return `<datasource><name>${name}</name><jndiConfig><name>${jndiName}</name></jndiConfig></datasource>`;
  });
  const text = `<datasources-configuration><datasources>${entries.join('')}</datasources></datasources-configuration>`;
  const property = users === undefined ? '' : `<Property name="dataSource">${users}</Property>`;
  const userMgt = `<UserManager><Realm><Configuration>${property}</Configuration></Realm></UserManager>`;
  return homeNames(
    {
      carbonXml: undefined,
      datasources: readDatasourceFacts(parseText(text, 'master-datasources.xml')),
      registry: readRegistryFacts(parseText(`<wso2registry>${registry}</wso2registry>`, 'registry.xml')),
      userMgt: readUserMgtFacts(parseText(userMgt, 'user-mgt.xml')),
    },
    productOf({ serverKey, name: undefined }),
    { ...exampleCluster, registry: { ...exampleCluster.registry, ...stated } },
  );
}

/** The names in one line: local, registry and users as `name@jndiName`, then the rest. */
function inShort(home: HomeText): string {
  const names = namesOf(home);
  const datasources = [names.local, names.registry, names.users].map(({ name, jndiName }) => `${name}@${jndiName}`);
  return [...datasources, names.dbConfig, names.instanceId, names.configTargetPath].join(' ');
}

const local = 'WSO2_CARBON_DB@jdbc/WSO2CarbonDB';
const registry = 'WSO2_REGISTRY_DB@jdbc/WSO2RegistryDB';
const users = 'WSO2_USER_DB@jdbc/WSO2UMDB';
const rest = 'sharedregistry instanceid /_system/asNodes';

describe('homeNames of a home with nothing of its own', () => {
  test.each([
    ['ESB', `${local} ${registry} ${users} ${rest}`],
    ['Unheard', `${local} ${registry} ${users} ${rest}`],
    ['AM', `${local} WSO2REG_DB@jdbc/WSO2REG_DB WSO2UM_DB@jdbc/WSO2UM_DB govregistry gov /_system/config`],
    ['AppM', `${local} WSO2REG_DB@jdbc/WSO2REG_DB WSO2UM_DB@jdbc/WSO2UM_DB ${rest}`],
  ])('of the product %s are its own', (serverKey, expected) => {
    expect(inShort({ serverKey, users: 'jdbc/WSO2CarbonDB' })).toBe(expected);
  });

  test('are those of the guides where nothing can be read', () => {
    const nothing = { carbonXml: undefined, registry: undefined, userMgt: undefined, datasources: [] };
    const names = homeNames(nothing, productOf({ serverKey: undefined, name: undefined }), exampleCluster);
    expect(names).toMatchObject({
      local: { jndiName: 'jdbc/WSO2CarbonDB' },
      registry: { jndiName: 'jdbc/WSO2RegistryDB' },
      users: { jndiName: 'jdbc/WSO2UMDB' },
      governanceTargetPath: '/_system/governance',
      notes: [],
    });
  });
});

describe('homeNames of the users', () => {
  test.each([
    ['a datasource of the home', 'jdbc/Own', ['OWN jdbc/Own'], 'OWN@jdbc/Own'],
    ['one that no file defines', 'jdbc/a/Own', [], 'Own@jdbc/a/Own'],
    ['one with blanks around it', '\n  jdbc/Own ', ['OWN jdbc/Own'], 'OWN@jdbc/Own'],
    ['the local one', 'jdbc/WSO2CarbonDB', [], users],
    ['nothing', '', [], users],
    ['a placeholder', 'jdbc/${env}', [], users],
    ['none', undefined, [], users],
    ['that of the shared registry', 'jdbc/WSO2RegistryDB', [], 'WSO2_REGISTRY_DB@jdbc/WSO2RegistryDB'],
  ])('where user-mgt.xml names %s', (_, named, datasources, expected) => {
    expect(inShort({ datasources, ...(named === undefined ? {} : { users: named }) }).split(' ')[2]).toBe(
      expected === 'WSO2_REGISTRY_DB@jdbc/WSO2RegistryDB' ? 'WSO2RegistryDB@jdbc/WSO2RegistryDB' : expected,
    );
  });

  test('are kept apart from the datasource that the product shares', () => {
    expect(inShort({ serverKey: 'AM', users: 'jdbc/WSO2AM_DB' }).split(' ')[2]).toBe('WSO2UM_DB@jdbc/WSO2UM_DB');
    expect(inShort({ serverKey: 'Greg', users: 'jdbc/WSO2AM_DB' }).split(' ')[2]).toBe('WSO2AM_DB@jdbc/WSO2AM_DB');
  });
});

describe('homeNames of the registry', () => {
  const own = `${shipped}${dbConfig('mine', 'jdbc/Mine')}${instance('id1', 'mine')}`;

  test.each([
    [
      'both mounts of one instance',
      `${own}${mount('/_system/config', 'id1', '/c')}${mount('/_system/governance', 'id1', '/g')}`,
      'MINE@jdbc/Mine mine id1 /c /g',
    ],
    [
      'the governance mount alone',
      `${own}${mount('/_system/governance', 'id1', '/g')}`,
      'MINE@jdbc/Mine mine id1 /_system/asNodes /g',
    ],
    [
      'the config mount alone',
      `${own}${mount('/_system/config', 'id1', '/c')}`,
      'MINE@jdbc/Mine mine id1 /c /_system/governance',
    ],
    [
      'two instances: that of governance',
      `${own}${dbConfig('other', 'jdbc/Other')}${instance('id2', 'other')}${mount('/_system/config', 'id2', '/c')}${mount('/_system/governance', 'id1', '/g')}`,
      'MINE@jdbc/Mine mine id1 /c /g',
    ],
    ['no mount', own, null],
    ['a mount of another path', `${own}${mount('/_system/local', 'id1', '/c')}`, null],
    ['a mount without its instance', `${own}${mount('/_system/config', 'id9', '/c')}`, null],
    [
      'an instance without its dbConfig',
      `${shipped}${instance('id1', 'mine')}${mount('/_system/config', 'id1', '/c')}`,
      null,
    ],
    [
      'an instance of the local registry',
      `${shipped}${instance('id1', 'wso2registry')}${mount('/_system/config', 'id1', '/c')}`,
      null,
    ],
    [
      'another dbConfig of the local datasource',
      `${shipped}${dbConfig('mine', 'jdbc/WSO2CarbonDB')}${instance('id1', 'mine')}${mount('/_system/config', 'id1', '/c')}`,
      null,
    ],
    [
      'a dbConfig with a connection of its own',
      `${shipped}<dbConfig name="mine"><url>jdbc:a</url></dbConfig>${instance('id1', 'mine')}${mount('/_system/config', 'id1', '/c')}`,
      null,
    ],
  ])('where registry.xml has %s', (_, text, expected) => {
    const names = namesOf({ registry: text, datasources: ['MINE jdbc/Mine'] });
    const { name, jndiName } = names.registry;
    const found = [
      `${name}@${jndiName}`,
      names.dbConfig,
      names.instanceId,
      names.configTargetPath,
      names.governanceTargetPath,
    ];
    expect(found.join(' ')).toBe(expected ?? `${registry} ${rest} /_system/governance`);
  });

  test('are those that the cluster states, wherever it states them', () => {
    const text = `${own}${mount('/_system/config', 'id1', '/c')}`;
    const stated = { instanceId: 'i', configTargetPath: '/x', governanceTargetPath: '/y' };
    expect(namesOf({ registry: text, stated })).toMatchObject({ ...stated, dbConfig: 'mine' });
    expect(namesOf({ serverKey: 'AM', stated })).toMatchObject({ ...stated, dbConfig: 'govregistry' });
  });

  test('and users of one datasource become two, with a note', () => {
    const text = `${own}${mount('/_system/config', 'id1', '/c')}`;
    const names = namesOf({ registry: text, users: 'jdbc/Mine' });
    expect([names.registry.jndiName, names.users.jndiName]).toEqual(['jdbc/Mine', 'jdbc/WSO2UMDB']);
    expect(names.notes).toEqual([
      'The users and the shared registry of this home were both in jdbc/Mine; the registry keeps it, and the users get jdbc/WSO2UMDB.',
    ]);
  });
});

describe('homeNames of the local registry', () => {
  const at = (jndiName: string): string => current + dbConfig('wso2registry', jndiName);

  test.each([
    ['another dbConfig', '<currentDBConfig>own</currentDBConfig>' + dbConfig('own', 'jdbc/Own'), 'OWN@jdbc/Own'],
    ['another datasource', at('jdbc/Own'), 'OWN@jdbc/Own'],
    ['a connection of its own', `${current}<dbConfig name="wso2registry"><url>jdbc:a</url></dbConfig>`, local],
    ['a dbConfig that is not there', current, local],
    ['nothing', '', local],
  ])('where currentDBConfig leads to %s', (_, text, expected) => {
    expect(inShort({ registry: text, datasources: ['OWN jdbc/Own'] }).split(' ')[0]).toBe(expected);
  });

  test.each([
    ['jdbc/WSO2UMDB', [undefined], 'jdbc/WSO2UMDB jdbc/WSO2RegistryDB jdbc/WSO2UMDB_2'],
    ['jdbc/WSO2UMDB', ['jdbc/WSO2UMDB'], 'jdbc/WSO2UMDB jdbc/WSO2RegistryDB jdbc/WSO2UMDB_2'],
    ['jdbc/WSO2RegistryDB', [undefined], 'jdbc/WSO2RegistryDB jdbc/WSO2RegistryDB_2 jdbc/WSO2UMDB'],
  ])('in %s, with users in %j, shares it with nobody', (jndiName, [named], expected) => {
    const names = namesOf({ registry: at(jndiName), ...(named === undefined ? {} : { users: named }) });
    expect([names.local, names.registry, names.users].map((one) => one.jndiName).join(' ')).toBe(expected);
  });

  test('keeps its dbConfig for itself', () => {
    const text = '<currentDBConfig>sharedregistry</currentDBConfig>' + dbConfig('sharedregistry', 'jdbc/WSO2CarbonDB');
    expect(namesOf({ registry: text }).dbConfig).toBe('sharedregistry-shared');
  });
});
