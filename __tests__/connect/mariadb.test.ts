import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mysqlDialect } from '../../lib/database/dialects/mysql';
import { sqlScript } from '../../lib/database/sql-script';
import {
  clusterOnServer,
  expectGolden,
  kernelTables,
  password,
  tableCommands,
  type ClusterOnServer,
} from './cluster-on-server';
import { freePort, startMariadb, whyNotMariadb, type DatabaseServer } from './database-server';
import { silentServer } from './silent-server';

jest.setTimeout(30_000);

const why = whyNotMariadb();
if (why !== undefined) process.stderr.write(`${why}\n`);
const suite = why === undefined ? describe : describe.skip;

suite('on a MariaDB', () => {
  let server: DatabaseServer;
  let cluster: ClusterOnServer;

  beforeAll(async () => {
    server = await startMariadb();
    const scripts = { 'mysql.sql': kernelTables };
    cluster = await clusterOnServer({ kind: 'mysql', port: server.port, home: 'esb-5.0.0', scripts });
  });
  afterAll(() => server.stop());

  const done = (script: string): string => {
    const { code, stdout, stderr } = server.run(script);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };

  test('a script for the addresses of the nodes lets in no other machine', async () => {
    done(await cluster.sql('--show-secrets', '--client-hosts', 'nodes'));
    expectGolden('mariadb', 'denied-from-this-host', await cluster.checkWith([]));
    done("DROP USER 'carbon'@'192.0.2.11', 'carbon'@'192.0.2.12';");
    done(
      'DROP DATABASE REGISTRY_DB; DROP DATABASE WSO2_USER_DB; DROP DATABASE REGISTRY_LOCAL1; DROP DATABASE REGISTRY_LOCAL2;',
    );
  });

  test('a script without passwords stops where none is given, and makes nothing', async () => {
    const script = await cluster.sql();
    const { code, stderr } = server.run(script);
    expect(code).toBe(1);
    expect(stderr).toContain("'@carbon_patch_db_password is not set: SET @carbon_patch_db_password");
    expect(done('SHOW DATABASES')).not.toContain('REGISTRY_DB');
    // In a session that goes on after an error no grant makes a user without a password.
    const forced = server.run(`${script.replace(/^(PREPARE|EXECUTE|SET @carbon_patch_statement).*$/gm, '')}`);
    expect(forced.stderr).toContain("Can't find any matching row in the user table");
    expect(done("SELECT COUNT(*) FROM mysql.user WHERE user = 'carbon'")).toBe('COUNT(*)\n0\n');
  });

  test('the script can be run twice, and with the tables everything is green', async () => {
    const script = await cluster.sql('--show-secrets');
    done(script);
    const made = done(
      "SELECT * FROM information_schema.schemata; SHOW GRANTS FOR 'carbon'@'%'; SELECT authentication_string FROM mysql.user",
    );
    done(script);
    expect(
      done(
        "SELECT * FROM information_schema.schemata; SHOW GRANTS FOR 'carbon'@'%'; SELECT authentication_string FROM mysql.user",
      ),
    ).toBe(made);
    expectGolden('mariadb', 'no-tables', await cluster.check());
    done(tableCommands(script));
    expectGolden('mariadb', 'green', await cluster.check());
  });

  test('the script without passwords does the same, with the password from the session', async () => {
    const hex = Buffer.from(password).toString('hex');
    done(
      `SET @carbon_patch_db_password = CONVERT(X'${hex}' USING utf8mb4);\n${await cluster.sql('--node', 'manager')}`,
    );
    done(
      `DROP USER 'carbon'@'%';\nSET @carbon_patch_db_password = CONVERT(X'${hex}' USING utf8mb4);\n${await cluster.sql()}`,
    );
    expectGolden('mariadb', 'green', await cluster.check());
  });

  describe('check --connect says what is wrong', () => {
    const registry = /(jdbc:mysql:\/\/[^/]*\/)REGISTRY_DB/;
    const url = (database: string, options = '?autoReconnect=true'): string =>
      `jdbc:mysql://127.0.0.1:${server.port}/${database}${options}`;

    test.each<[string, () => readonly (readonly [RegExp, string])[], string]>([
      ['wrong-password', () => [[/<password>[^<]*<\/password>/, '<password>wr0ng</password>']], ''],
      [
        'no-database',
        () => [[/jdbc:mysql:[^<]*REGISTRY_DB[^<]*/, url('GONE')]],
        'CREATE DATABASE GONE; GRANT ALL ON GONE.* TO carbon; DROP DATABASE GONE',
      ],
      ['no-database-nor-right', () => [[/jdbc:mysql:[^<]*REGISTRY_DB[^<]*/, url('NEVER')]], ''],
      [
        'only-a-part-of-the-tables',
        () => [[/jdbc:mysql:[^<]*REGISTRY_DB[^<]*/, url('HALF')]],
        'CREATE DATABASE HALF CHARACTER SET latin1; GRANT ALL ON HALF.* TO carbon; CREATE TABLE HALF.REG_LOG (ID INT)',
      ],
      [
        'utf8-trap',
        () => [[/jdbc:mysql:[^<]*REGISTRY_DB[^<]*/, url('WIDE')]],
        'CREATE DATABASE WIDE CHARACTER SET utf8mb4; GRANT ALL ON WIDE.* TO carbon',
      ],
      ['unknown-host', () => [[registry, 'jdbc:mysql://db.carbon-patch.invalid/REGISTRY_DB']], ''],
      ['oracle', () => [[/jdbc:mysql:[^<]*REGISTRY_DB[^<]*/, 'jdbc:oracle:thin:@127.0.0.1:1521/ORCL']], ''],
      [
        'secure-vault',
        () => [[/<password>[^<]*<\/password>/, '<password svns:secretAlias="db.password">password</password>']],
        '',
      ],
      [
        'tls-not-asked-for',
        () => [
          [
            /<username>carbon<\/username>\s*<password>[^<]*<\/password>/,
            '<username>tls_only</username><password>tls</password>',
          ],
        ],
        "CREATE USER tls_only IDENTIFIED BY 'tls' REQUIRE SSL; GRANT ALL ON `%`.* TO tls_only",
      ],
      [
        'tls-turned-off',
        () => [
          [
            /<username>carbon<\/username>\s*<password>[^<]*<\/password>/,
            '<username>tls_only</username><password>tls</password>',
          ],
          [/autoReconnect=true/, 'useSSL=false'],
        ],
        '',
      ],
      [
        'tls-asked-for',
        () => [
          [
            /<username>carbon<\/username>\s*<password>[^<]*<\/password>/,
            '<username>tls_only</username><password>tls</password>',
          ],
          [/autoReconnect=true/, 'useSSL=true'],
        ],
        '',
      ],
    ])('%s', async (name, changes, prepare) => {
      if (prepare !== '') done(prepare);
      expectGolden('mariadb', name, await cluster.checkWith(changes()));
    });

    test('server-down', async () => {
      const port = await freePort();
      const found = await cluster.checkWith([[registry, `jdbc:mysql://127.0.0.1:${port}/REGISTRY_DB`]]);
      expectGolden('mariadb', 'server-down', found.replaceAll(String(port), 'CLOSED'));
    });

    test('timeout, after the seconds that are given', async () => {
      const silent = await silentServer();
      const start = Date.now();
      const found = await cluster.checkWith(
        [[registry, `jdbc:mysql://127.0.0.1:${silent.port}/REGISTRY_DB`]],
        '--connect-timeout',
        '1',
      );
      expect(Date.now() - start).toBeLessThan(5_000);
      silent.close();
      expectGolden('mariadb', 'timeout', found.replaceAll(String(silent.port), 'SILENT'));
    });

    test('server-demands-tls, of every user', async () => {
      done('SET GLOBAL require_secure_transport = ON');
      expectGolden('mariadb', 'server-demands-tls', await cluster.checkWith([]));
      done('SET GLOBAL require_secure_transport = OFF');
    });
  });

  test('names and passwords of every kind are taken as they are', () => {
    const name = 'db `x` \'y\' "z" \\ $1 ; -- # ü✓';
    const user = 'u\'"`\\;--ü';
    const users = [{ name: user, password, variable: 'P' }];
    const databases = [{ name, content: 'a\nDROP DATABASE REGISTRY_DB;', users }];
    const script = sqlScript(
      mysqlDialect,
      { server: undefined, databases, clientHosts: ['%'] },
      { tables: [], commandWithSecrets: '' },
    );
    done(script);
    done(script);
    const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();
    expect(done('SET NAMES utf8mb4; SELECT HEX(schema_name) FROM information_schema.schemata')).toContain(
      `${hex(name)}\n`,
    );
    expect(done('SET NAMES utf8mb4; SELECT HEX(user) FROM mysql.user')).toContain(`${hex(user)}\n`);
    expect(done('SHOW DATABASES')).toContain('REGISTRY_DB');
  });
});

test('the tests of MariaDB run, or say why not', () => {
  expect(why ?? 'they run').toMatch(/^they run$|was not tested, because /);
});
