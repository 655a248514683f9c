import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { apiManager } from '../../lib/carbon/products/api-manager';
import { postgresqlDialect } from '../../lib/database/dialects/postgresql';
import { sqlScript } from '../../lib/database/sql-script';
import {
  clusterOnServer,
  expectGolden,
  kernelTables,
  password,
  tableCommands,
  type ClusterOnServer,
} from './cluster-on-server';
import { freePort, startPostgresql, whyNotPostgresql, type DatabaseServer } from './database-server';
import { silentServer } from './silent-server';

jest.setTimeout(30_000);

const why = whyNotPostgresql();
if (why !== undefined) process.stderr.write(`${why}\n`);
const suite = why === undefined ? describe : describe.skip;

suite('on a PostgreSQL', () => {
  let server: DatabaseServer;
  let cluster: ClusterOnServer;

  beforeAll(async () => {
    server = await startPostgresql();
    const files = {
      'repository/conf/api-manager.xml': '<APIManager><DataSourceName>jdbc/WSO2AM_DB</DataSourceName></APIManager>\n',
    };
    const scripts = {
      'postgresql.sql': kernelTables,
      'apimgt/postgresql.sql': apiManager.ownTables.flatMap(({ tables }) => tables),
    };
    cluster = await clusterOnServer({ kind: 'postgresql', port: server.port, home: 'am-2.1.0', files, scripts });
    done("CREATE ROLE app; CREATE ROLE \"host_denied\" LOGIN PASSWORD 'x'; CREATE ROLE tls_only LOGIN PASSWORD 'tls';");
  });
  afterAll(() => server.stop());

  const done = (script: string, env?: Readonly<Record<string, string>>): string => {
    const { code, stdout, stderr } = server.run(script, env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const state =
    'SELECT datname, datdba::regrole, encoding, datacl FROM pg_database; SELECT rolname, rolpassword FROM pg_authid; SELECT nspname, nspacl FROM pg_namespace;';

  test('a script without passwords stops where none is given, and makes nothing', async () => {
    const { code, stderr } = server.run(await cluster.sql());
    expect(code).toBe(3);
    expect(stderr).toContain('the environment variable CARBON_PATCH_DB_PASSWORD is not set; set it to the password');
    expect(done(state)).not.toMatch(/REGISTRY_DB|carbon/);
  });

  test('the script can be run twice, and with the tables everything is green', async () => {
    const script = await cluster.sql('--show-secrets');
    done(script);
    const made = done(state);
    done(script);
    expect(done(state)).toBe(made);
    expectGolden('postgresql', 'no-tables', await cluster.check());
    done(tableCommands(script));
    expectGolden('postgresql', 'green', await cluster.check());
  });

  test('the script without passwords does the same, with the password from the environment', async () => {
    const script = await cluster.sql('--set', 'database.username=other');
    done(script, { CARBON_PATCH_DB_PASSWORD: password });
    done(script, { CARBON_PATCH_DB_PASSWORD: password });
    const found = await cluster.checkWith([[/<username>carbon</, '<username>other<']]);
    expect(found).toMatch(/^ok .*REGISTRY_LOCAL2 as other .*: PostgreSQL VERSION, logged in,/);
  });

  describe('check --connect says what is wrong', () => {
    const registry = /jdbc:postgresql:[^<]*REGISTRY_DB[^<]*/;
    const user = /<username>carbon<\/username>\s*<password>[^<]*<\/password>/;
    const url = (database: string, options = ''): string =>
      `jdbc:postgresql://127.0.0.1:${server.port}/${database}${options}`;

    test.each<[string, () => readonly (readonly [RegExp, string])[], string]>([
      ['wrong-password', () => [[user, '<username>carbon</username><password>wr0ng</password>']], ''],
      ['no-database', () => [[registry, url('NEVER')]], ''],
      [
        'no-right-to-the-database',
        () => [[registry, url('closed')]],
        'CREATE DATABASE closed;\nREVOKE CONNECT ON DATABASE closed FROM PUBLIC;',
      ],
      ['no-such-schema', () => [[registry, url('REGISTRY_DB', '?currentSchema=elsewhere')]], ''],
      [
        'encoding',
        () => [[registry, url('latin')]],
        "CREATE DATABASE latin OWNER carbon ENCODING 'LATIN1' TEMPLATE template0;",
      ],
      [
        'isolation',
        () => [[registry, url('strict')]],
        "CREATE DATABASE strict OWNER carbon;\nALTER DATABASE strict SET default_transaction_isolation = 'serializable';",
      ],
      ['denied-from-this-host', () => [[user, '<username>host_denied</username><password>x</password>']], ''],
      ['tls-not-asked-for', () => [[user, '<username>tls_only</username><password>tls</password>']], ''],
      [
        'tls-turned-off',
        () => [
          [user, '<username>tls_only</username><password>tls</password>'],
          [/jdbc:postgresql:[^<]*REGISTRY_LOCAL2[^<]*/, url('REGISTRY_LOCAL2', '?sslmode=disable')],
        ],
        '',
      ],
      ['unknown-host', () => [[registry, 'jdbc:postgresql://db.carbon-patch.invalid/REGISTRY_DB']], ''],
      ['sql-server', () => [[registry, 'jdbc:sqlserver://127.0.0.1:1433;databaseName=REGISTRY_DB']], ''],
    ])('%s', async (name, changes, prepare) => {
      if (prepare !== '') done(prepare);
      expectGolden('postgresql', name, await cluster.checkWith(changes()));
    });

    test('server-down', async () => {
      const port = await freePort();
      const found = await cluster.checkWith([[registry, `jdbc:postgresql://127.0.0.1:${port}/REGISTRY_DB`]]);
      expectGolden('postgresql', 'server-down', found.replaceAll(String(port), 'CLOSED'));
    });

    test('timeout, after the seconds that are given', async () => {
      const silent = await silentServer();
      const start = Date.now();
      const changed = [[registry, `jdbc:postgresql://127.0.0.1:${silent.port}/REGISTRY_DB`]] as const;
      const found = await cluster.checkWith(changed, '--connect-timeout', '1');
      expect(Date.now() - start).toBeLessThan(5_000);
      silent.close();
      expectGolden('postgresql', 'timeout', found.replaceAll(String(silent.port), 'SILENT'));
    });
  });

  test('names and passwords of every kind are taken as they are', () => {
    const name = 'db `x` \'y\' "z" \\ $1 = ; -- ü✓';
    const user = 'u\'"\\;--:v';
    const users = [{ name: user, password, variable: 'P' }];
    const databases = [{ name, content: 'a\n\\! touch /tmp/x', users }];
    const request = { server: undefined, databases, clientHosts: ['%'] };
    const script = sqlScript(postgresqlDialect, request, { tables: [], commandWithSecrets: '' });
    done(script);
    done(script);
    const hex = (text: string): string => Buffer.from(text).toString('hex');
    expect(done("SELECT encode(convert_to(datname, 'UTF8'), 'hex') FROM pg_database;")).toContain(`${hex(name)}\n`);
    expect(done("SELECT encode(convert_to(rolname, 'UTF8'), 'hex') FROM pg_roles;")).toContain(`${hex(user)}\n`);
  });
});

test('the tests of PostgreSQL run, or say why not', () => {
  expect(why ?? 'they run').toMatch(/^they run$|was not tested, because /);
});
