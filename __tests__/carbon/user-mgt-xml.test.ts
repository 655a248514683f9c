import { describe, expect, test } from '@jest/globals';
import { userMgtXml } from '../../lib/carbon/files/user-mgt-xml';
import { applyRecipe } from './apply-recipe';

const property = (name: string, value: string): string => `            <Property name="${name}">${value}</Property>\n`;
const role = '            <EveryOneRoleName>everyone</EveryOneRoleName> <!-- all -->\n';

function userMgt(configuration: string, stores = ''): string {
  return `<UserManager>\n    <Realm>\n        <Configuration>\n${configuration}        </Configuration>\n${stores}    </Realm>\n</UserManager>\n`;
}

const wanted = property('dataSource', 'jdbc/WSO2UMDB');

describe('user-mgt.xml', () => {
  test.each([
    ['the shipped value', property('dataSource', 'jdbc/WSO2CarbonDB'), wanted],
    ['a value with blanks', property('dataSource', '\n                jdbc/WSO2UMDB\n            '), wanted],
    ['an empty value', '            <Property name="dataSource"/>\n', wanted],
    [
      'a value beside its commented-out predecessor',
      '            <!--Property name="dataSource">jdbc/A</Property-->\n' + property('dataSource', 'jdbc/B'),
      '            <!--Property name="dataSource">jdbc/A</Property-->\n' + wanted,
    ],
    ['a missing one, behind the last property', property('a', 'b'), property('a', 'b') + wanted],
    ['a missing one, without any property', '', wanted],
  ])('sets %s', (_, before, after) => {
    expect(applyRecipe(userMgtXml, 'worker', userMgt(role + before))).toEqual({
      text: userMgt(role + after),
      notes: [],
    });
  });

  test('leaves the data sources of user stores alone', () => {
    const store = `        <UserStoreManager class="a.JDBCUserStoreManager">\n    ${property('dataSource', 'jdbc/WSO2CarbonDB')}        </UserStoreManager>\n`;
    const before = userMgt(property('dataSource', 'jdbc/WSO2CarbonDB'), store);
    expect(applyRecipe(userMgtXml, 'manager', before).text).toBe(userMgt(wanted, store));
  });

  test('with the single layout stays as it is', () => {
    const text = userMgt(property('dataSource', 'jdbc/WSO2CarbonDB'));
    expect(applyRecipe(userMgtXml, 'worker', text, { databaseLayout: 'single' })).toEqual({ text, notes: [] });
  });

  test('with the single layout and users elsewhere has a note', () => {
    const text = userMgt(wanted);
    expect(applyRecipe(userMgtXml, 'worker', text, { databaseLayout: 'single' })).toEqual({
      text,
      notes: [
        'user-mgt.xml keeps the users in jdbc/WSO2UMDB, not in jdbc/WSO2CarbonDB; the single layout leaves that as it is.',
      ],
    });
  });

  test('says that a connection of its own is no longer read, as long as that is news', () => {
    const inline = property('url', 'jdbc:h2:a');
    expect(applyRecipe(userMgtXml, 'worker', userMgt(inline))).toEqual({
      text: userMgt(inline + wanted),
      notes: [
        'user-mgt.xml holds a database connection of its own (url, userName, password, driverName); with the dataSource that is added it is no longer read.',
      ],
    });
    expect(applyRecipe(userMgtXml, 'worker', userMgt(inline + wanted)).notes).toEqual([]);
  });

  test.each([
    ['ldap://localhost:${Ports.EmbeddedLDAP.LDAPServerPort}', 1],
    ['ldap://ldap.example.org:389', 0],
  ])('a live user store at %s has %i notes', (url, count) => {
    const store = `        <UserStoreManager class="a">\n    ${property('ConnectionURL', url)}        </UserStoreManager>\n`;
    expect(applyRecipe(userMgtXml, 'worker', userMgt(wanted, store)).notes).toHaveLength(count);
    expect(applyRecipe(userMgtXml, 'worker', userMgt(wanted, `        <!--${store.trim()}-->\n`)).notes).toEqual([]);
  });

  test('two data sources are refused', () => {
    expect(() => applyRecipe(userMgtXml, 'worker', userMgt(wanted + wanted))).toThrow('user-mgt.xml: 2 elements match');
  });

  test('a file without a realm is refused', () => {
    expect(() => applyRecipe(userMgtXml, 'worker', '<UserManager/>')).toThrow(
      'user-mgt.xml: nothing matches /UserManager/Realm/Configuration',
    );
  });
});
