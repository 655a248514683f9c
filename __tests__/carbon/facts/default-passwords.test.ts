import { describe, expect, test } from '@jest/globals';
import { readDatasourceFacts } from '../../../lib/carbon/facts/datasource-facts';
import { readUserMgtFacts } from '../../../lib/carbon/facts/user-mgt-facts';
import { parseText } from '../../../lib/xml/document';

describe('the password of the administrator is one that everybody knows', () => {
  test.each<[string, boolean]>([
    ['<AdminUser><UserName>admin</UserName><Password>admin</Password></AdminUser>', true],
    ['<AdminUser><UserName>root</UserName><Password> root </Password></AdminUser>', true],
    ['<AdminUser><UserName>root</UserName><Password>admin</Password></AdminUser>', true],
    ['<AdminUser><UserName>admin</UserName><Password>other</Password></AdminUser>', false],
    ['<AdminUser><UserName>admin</UserName><Password>${admin}</Password></AdminUser>', false],
    ['<AdminUser><UserName/><Password/></AdminUser>', false],
    ['<AdminUser><UserName>admin</UserName></AdminUser>', false],
    ['<!--<AdminUser><UserName>admin</UserName><Password>admin</Password></AdminUser>-->', false],
  ])('%s: %s', (admin, expected) => {
    const text = `<UserManager><Realm><Configuration>${admin}</Configuration></Realm></UserManager>`;
    expect(readUserMgtFacts(parseText(text, 'u')).hasDefaultAdminPassword).toBe(expected);
  });
});

test.each<[string, boolean]>([
  ['<jndiConfig><name>jdbc/A</name></jndiConfig>', false],
  ['<jndiConfig><name> jdbc/A</name></jndiConfig>', true],
  ['<jndiConfig><name>jdbc/A\n</name></jndiConfig>', true],
  ['<jndiConfig/>', false],
])('the JNDI name of %j has blanks around it: %s', (jndiConfig, expected) => {
  const text = `<d><datasources><datasource>${jndiConfig}</datasource></datasources></d>`;
  expect(readDatasourceFacts(parseText(text, 'd')).map((one) => one.hasPaddedJndiName)).toEqual([expected]);
});
