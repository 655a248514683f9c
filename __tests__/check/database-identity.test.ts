import { describe, expect, test } from '@jest/globals';
import type { CheckedCluster } from '../../lib/check/checked-cluster';
import { databaseIdentity, serverIdentity } from '../../lib/check/database-identity';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { emptyNode } from './check-result';

const cluster: CheckedCluster = {
  topology: { ...exampleCluster, hosts: { 'DB.example.org': '192.0.2.50', a: '192.0.2.1' } },
  nodes: [],
  unopened: [],
};

interface Client {
  readonly machine?: string;
  readonly username?: string;
  readonly withoutFile?: true;
}

function identity(url: string, { machine, username = 'carbon', withoutFile }: Client = {}): string | undefined {
  const node = { ...emptyNode('n'), machine };
  return databaseIdentity(url, {
    node,
    cluster: withoutFile ? { ...cluster, topology: undefined } : cluster,
    username,
  });
}

describe('URLs lead to the same tables', () => {
  test.each<[string, string, string]>([
    ['with the default port', 'jdbc:mysql://db/R', 'jdbc:mysql://db:3306/R'],
    ['with another case of the host', 'jdbc:mysql://DB/R', 'jdbc:mysql://db/R'],
    ['by an alias of the cluster file', 'jdbc:mysql://db.example.org/R', 'jdbc:mysql://192.0.2.50/R'],
    ['with other options', 'jdbc:mysql://db/R?a=1&b=2', 'jdbc:mysql://db/R?b=2'],
    ['with the driver of MariaDB', 'jdbc:mysql://db/R', 'jdbc:mariadb://db/R'],
    ['with jTDS', 'jdbc:jtds:sqlserver://db/R', 'jdbc:sqlserver://db:1433;databaseName=r'],
    ['with servers in another order', 'jdbc:mysql://x,y/R', 'jdbc:mysql://y,x/R'],
    ['with another case of an Oracle service', 'jdbc:oracle:thin:@db:1521/XE', 'jdbc:oracle:thin:@//db/xe'],
  ])('%s', (_, one, other) => {
    expect(identity(one)).toBeDefined();
    expect(identity(one)).toBe(identity(other));
  });
});

describe('URLs lead to different tables', () => {
  test.each<[string, string, string]>([
    ['with another port', 'jdbc:mysql://db:3307/R', 'jdbc:mysql://db/R'],
    ['with another case of a MySQL database', 'jdbc:mysql://db/R', 'jdbc:mysql://db/r'],
    ['with another product', 'jdbc:mysql://db:5432/R', 'jdbc:postgresql://db:5432/R'],
    ['with another schema', 'jdbc:postgresql://db/R?currentSchema=a', 'jdbc:postgresql://db/R?currentSchema=b'],
  ])('%s', (_, one, other) => {
    expect(identity(one)).toBeDefined();
    expect(identity(one)).not.toBe(identity(other));
  });

  test('for two users of Oracle, but not of MySQL', () => {
    const [oracle, mysql] = ['jdbc:oracle:thin:@db/XE', 'jdbc:mysql://db/R'];
    expect(identity(oracle, { username: 'a' })).not.toBe(identity(oracle, { username: 'b' }));
    expect(identity(oracle, { username: 'a' })).toBe(identity(oracle, { username: 'A' }));
    expect(identity(mysql, { username: 'a' })).toBe(identity(mysql, { username: 'b' }));
  });
});

describe('localhost is the machine of the node', () => {
  const url = 'jdbc:mysql://localhost/R';

  test.each<[Client, Client, boolean]>([
    [{ machine: '192.0.2.1' }, { machine: '192.0.2.2' }, false],
    [{ machine: 'a' }, { machine: '192.0.2.1' }, true],
    [{}, {}, true],
    [{ machine: '127.0.0.1', withoutFile: true }, { withoutFile: true }, true],
  ])('%j and %j: same is %s', (one, other, same) => {
    expect(identity(url, one) === identity(url, other)).toBe(same);
  });

  test('under each of its names', () => {
    const names = ['127.0.0.1', '127.0.1.1', '[::1]', 'LOCALHOST'].map((name) => `jdbc:mysql://${name}/R`);
    expect(new Set(names.map((name) => identity(name, { machine: 'b' })))).toEqual(
      new Set([identity('jdbc:mysql://b/R')]),
    );
  });
});

describe('nobody knows where a URL leads', () => {
  test.each(['jdbc:h2:repository/database/R', 'jdbc:derby:R', 'jdbc:mysql://${host}/R', 'jdbc:other://db/R', ''])(
    '%j',
    (url) => {
      expect(identity(url)).toBeUndefined();
    },
  );

  test('with a user of Oracle that is not known', () => {
    const node = emptyNode('n');
    expect(databaseIdentity('jdbc:oracle:thin:@db/XE', { node, cluster, username: undefined })).toBeUndefined();
  });
});

test('a server is known by its address and port', () => {
  const client = { node: emptyNode('n'), cluster };
  expect(serverIdentity('jdbc:mysql://db.example.org/A?x=1', client)).toBe('192.0.2.50:3306');
  expect(serverIdentity('jdbc:mysql://y,x/A', client)).toBe('x:3306,y:3306');
  expect(serverIdentity('jdbc:h2:repository/A', client)).toBeUndefined();
});
