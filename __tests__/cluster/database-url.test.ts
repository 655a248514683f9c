import { describe, expect, test } from '@jest/globals';
import { databaseUrl } from '../../lib/cluster/database-url';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { CentralDatabase, DatabaseLayout } from '../../lib/cluster/topology';

const { database } = exampleCluster;

function given(url: string, layout: DatabaseLayout = 'shared'): CentralDatabase {
  return { ...database, layout, urls: { from: 'url', url } };
}

describe('databaseUrl', () => {
  test('is made of host and port, as the product writes it', () => {
    expect(databaseUrl(database, 'REGISTRY_DB')).toBe(
      'jdbc:mysql://carbondb.mysql-wso2.com:3306/REGISTRY_DB?autoReconnect=true',
    );
  });

  test.each([
    ['2001:db8::5', 'jdbc:mysql://[2001:db8::5]:3306/X?autoReconnect=true'],
    ['[2001:db8::5]', 'jdbc:mysql://[2001:db8::5]:3306/X?autoReconnect=true'],
  ])('the IPv6 address %s stands in brackets', (host, expected) => {
    expect(databaseUrl({ ...database, urls: { from: 'host', host, port: 3306 } }, 'X')).toBe(expected);
  });

  test.each<[string, DatabaseLayout, string]>([
    ['jdbc:mysql://db/{database}?a=1&b=2', 'shared', 'jdbc:mysql://db/REGISTRY_DB?a=1&b=2'],
    ['jdbc:mysql://db/carbon?a=1&b=2', 'shared', 'jdbc:mysql://db/REGISTRY_DB?a=1&b=2'],
    ['jdbc:mysql://db/carbon?a=1&b=2', 'single', 'jdbc:mysql://db/carbon?a=1&b=2'],
    ['jdbc:mysql://db/{database}', 'single', 'jdbc:mysql://db/REGISTRY_DB'],
    ['jdbc:mysql://db:3306', 'single', 'jdbc:mysql://db:3306'],
    ['jdbc:mysql://db:3306', 'shared', 'jdbc:mysql://db:3306'],
  ])('of %s in the %s layout is %s', (url, layout, expected) => {
    expect(databaseUrl(given(url, layout), 'REGISTRY_DB')).toBe(expected);
  });

  test('a name with what replacements treat specially stands as it is', () => {
    expect(databaseUrl(given('jdbc:mysql://db/{database}?x={database}'), 'a$&b$1')).toBe(
      'jdbc:mysql://db/a$&b$1?x=a$&b$1',
    );
    expect(databaseUrl(given('jdbc:mysql://db/carbon'), 'a$&b$1')).toBe('jdbc:mysql://db/a$&b$1');
  });
});
