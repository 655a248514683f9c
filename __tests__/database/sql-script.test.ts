import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { databaseKindNames, databaseKinds } from '../../lib/database/kinds';
import type { DatabaseKind } from '../../lib/database/database-kind';
import type { SqlDialect, SqlRequest } from '../../lib/database/sql-dialect';
import { sqlProblems, sqlScript } from '../../lib/database/sql-script';
import { root } from '../fresh-build';

const dialects = databaseKindNames.flatMap((name): readonly (readonly [string, SqlDialect])[] => {
  const { sql }: DatabaseKind = databaseKinds[name];
  return sql === undefined ? [] : [[name, sql]];
});

function requestOf(password: string | undefined, names: Partial<Record<'database' | 'user', string>> = {}): SqlRequest {
  const user = { name: names.user ?? 'carbon', password, variable: 'CARBON_PATCH_DB_PASSWORD' };
  const other = { name: 'other', password, variable: 'CARBON_PATCH_DB_PASSWORD_2' };
  return {
    server: { host: 'db.example.org', port: '1234' },
    databases: [
      { name: names.database ?? 'REGISTRY_DB', content: 'the shared registry', users: [user] },
      { name: 'WSO2_USER_DB', content: 'users', users: [user, other] },
    ],
    clientHosts: ['192.0.2.11', '%'],
  };
}

function scriptOf(dialect: SqlDialect, request: SqlRequest): string {
  const tables = request.databases.map((database) => ({
    database,
    path: `/opt/it's here/${dialect.tableScripts[0]}`,
    remark: undefined,
  }));
  return sqlScript(dialect, request, { tables, commandWithSecrets: 'carbon-patch sql --show-secrets' });
}

describe.each(dialects)('the script for %s', (name, dialect) => {
  test.each([
    ['with-passwords', `p'a"s$s`],
    ['without-passwords', undefined],
  ])('is word for word the one of the fixture, %s', (title, secret) => {
    const password = name === 'oracle' ? secret?.replace('"', '') : secret;
    const text = scriptOf(dialect, requestOf(password));
    const golden = join(root, 'fixtures/sql', `${name}-${title}.sql`);
    mkdirSync(join(root, 'fixtures/sql'), { recursive: true });
    if (process.env['UPDATE_FINDINGS'] !== undefined) writeFileSync(golden, text);
    expect(text).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : '');
  });

  test('refuses what a client could take for the end of a line, and two passwords of one user, without telling one', () => {
    const request = requestOf('a\nb', { database: 'x\ny', user: 'u\u2028v' });
    const users = [{ name: 'u\u2028v', password: 'zz9', variable: 'CARBON_PATCH_DB_PASSWORD' }];
    const third = { name: 'THIRD', content: '', users };
    const twice: SqlRequest = { ...request, databases: [...request.databases, third] };
    const problems = sqlProblems(dialect, twice);
    expect(problems).toEqual(
      expect.arrayContaining([
        'database x\ufffdy: the name holds a control character; take it out',
        'user u\ufffdv: the name holds a control character; take it out',
        'user u\ufffdv: the password holds a control character; take it out',
        expect.stringMatching(/^user u.v: has two passwords in the cluster file/s),
      ]),
    );
    expect(problems.join()).not.toMatch(/a\nb|zz9/);
    expect(sqlProblems(dialect, requestOf('right'))).toEqual([]);
  });
});

test.each<[string, SqlDialect | undefined, SqlRequest, string]>([
  [
    'a grant to every database',
    dialectOf('mysql'),
    requestOf('p', { database: '%' }),
    'database %: % in a grant stands for any name; call the database otherwise',
  ],
  [
    'a name that is cut',
    dialectOf('postgresql'),
    requestOf('p', { user: 'ü'.repeat(32) }),
    `user ${'ü'.repeat(32)}: PostgreSQL cuts names after 63 bytes; give a shorter one`,
  ],
  [
    'a user of Oracle that needs quotes',
    dialectOf('oracle'),
    requestOf('p', { user: "a'b" }),
    "user a'b: Oracle takes names of up to 30 letters, digits and _ $ # only, unless they are quoted everywhere; give another",
  ],
  [
    'a password that Oracle cannot hold',
    dialectOf('oracle'),
    requestOf('p"q'),
    'user carbon: no password of Oracle can hold "; give another',
  ],
  [
    'a service that SQL*Plus cannot name',
    dialectOf('oracle'),
    requestOf('p', { database: 'a&b' }),
    'database a&b: SQL*Plus cannot connect to a service with " or & in its name',
  ],
  [
    'a variable of sqlcmd',
    dialectOf('mssql'),
    requestOf('p', { database: 'a$(b)' }),
    'database a$(b): sqlcmd takes $( for the beginning of a variable; call it otherwise',
  ],
])('%s is refused', (_title, dialect, request, problem) => {
  expect(dialect && sqlProblems(dialect, request)).toContain(problem);
});

test('sqlcmd sees no variable in a password', () => {
  const dialect = dialectOf('mssql');
  expect(dialect && scriptOf(dialect, requestOf('a$(x)b'))).toContain("@password nvarchar(128) = N'a$' + N'(x)b'");
});

function dialectOf(name: string): SqlDialect | undefined {
  return dialects.find(([one]) => one === name)?.[1];
}
