import { describe, expect, test } from '@jest/globals';
import { readDatasourceFacts } from '../../lib/carbon/facts/datasource-facts';
import type { HomeFacts } from '../../lib/carbon/facts/home-facts';
import { readRegistryFacts } from '../../lib/carbon/facts/registry-facts';
import { readUserMgtFacts } from '../../lib/carbon/facts/user-mgt-facts';
import {
  localRegistryOf,
  mountedRegistryOf,
  otherDatabasesOf,
  userDatabaseOf,
  type UsedDatabase,
} from '../../lib/check/used-databases';
import { parseText } from '../../lib/xml/document';
import { emptyFacts } from './check-result';

const datasource = (jndiName: string, url: string, attributes = ''): string =>
  `<datasource><jndiConfig><name>${jndiName}</name></jndiConfig><definition type="RDBMS"><configuration><url${attributes}>${url}</url><username>u</username></configuration></definition></datasource>`;

const datasources = `<d><datasources>${datasource('jdbc/LOCAL', 'jdbc:a')}${datasource('jdbc/SHARED', 'jdbc:b')}${datasource('jdbc/SHARED', 'jdbc:again')}${datasource('jdbc/VAULT', 'jdbc:c', ' encrypted="true"')}${datasource('jdbc/EMPTY', '')}</datasources></d>`;

const registry = `<wso2registry>
  <currentDBConfig>local</currentDBConfig>
  <dbConfig name="local"><dataSource>jdbc/LOCAL</dataSource></dbConfig>
  <dbConfig name="shared"><dataSource> jdbc/SHARED </dataSource></dbConfig>
  <dbConfig name="inline"><url>jdbc:inline</url></dbConfig>
  <remoteInstance><id>one</id><dbConfig>shared</dbConfig></remoteInstance>
  <remoteInstance><id>two</id><dbConfig>inline</dbConfig></remoteInstance>
  <remoteInstance><id>three</id></remoteInstance>
  <mount path="/config"><instanceId> one </instanceId></mount>
  <mount path="/config"><instanceId>two</instanceId></mount>
  <mount path="/inline"><instanceId>two</instanceId></mount>
  <mount path="/no-database"><instanceId>three</instanceId></mount>
  <mount path="/no-instance"><instanceId>four</instanceId></mount>
</wso2registry>`;

function factsWith(userDatabase: string): HomeFacts {
  const users = `<UserManager><Realm><Configuration><Property name="dataSource">${userDatabase}</Property></Configuration></Realm></UserManager>`;
  return {
    ...emptyFacts('/srv/a'),
    datasources: readDatasourceFacts(parseText(datasources, 'd')),
    registry: readRegistryFacts(parseText(registry, 'r')),
    userMgt: readUserMgtFacts(parseText(users, 'u')),
    otherDatasourceUses: [{ value: 'jdbc/SHARED', path: 'api-manager.xml', line: 1, column: 1 }],
  };
}

function urlOf(database: UsedDatabase | undefined): string | undefined {
  return database && (database.url?.value ?? 'no URL');
}

describe('the database', () => {
  const facts = factsWith('jdbc/LOCAL');

  test('of the local registry is that of currentDBConfig', () => {
    expect(urlOf(localRegistryOf(facts))).toBe('jdbc:a');
    expect(localRegistryOf(facts)?.username).toBe('u');
    expect(localRegistryOf(emptyFacts('/srv/a'))).toBeUndefined();
  });

  test.each<[string, string | undefined]>([
    ['/config', 'jdbc:b'],
    ['/inline', 'jdbc:inline'],
    ['/no-database', undefined],
    ['/no-instance', undefined],
    ['/nowhere', undefined],
  ])('mounted at %s is %s', (path, expected) => {
    expect(urlOf(mountedRegistryOf(facts, path))).toBe(expected);
  });

  test.each<[string, string]>([
    ['jdbc/LOCAL', 'jdbc:a'],
    ['\n jdbc/LOCAL ', 'jdbc:a'],
    ['jdbc/SHARED', 'jdbc:b'],
    ['jdbc/VAULT', 'no URL'],
    ['jdbc/EMPTY', 'no URL'],
    ['jdbc/NONE', 'no URL'],
  ])('of users in %j is %s', (name, expected) => {
    expect(urlOf(userDatabaseOf(factsWith(name)))).toBe(expected);
  });

  test('of other files is looked up in the same way', () => {
    expect(otherDatabasesOf(facts).map(urlOf)).toEqual(['jdbc:b']);
  });
});
