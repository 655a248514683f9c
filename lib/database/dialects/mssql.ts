import { shellWord } from '../../text/shell-word';
import { heading, usersOf, type SqlDatabase, type SqlDialect, type SqlUser } from '../sql-dialect';

/** Microsoft SQL Server from 2012 on, for sqlcmd. Who connects is a login of the server and a user of each database. */
export const mssqlDialect: SqlDialect = {
  client: 'sqlcmd',
  command: (server) =>
    [
      'sqlcmd',
      ...(server === undefined ? [] : ['-S', shellWord(`${server.host},${server.port}`)]),
      '-U sa -b -i FILE',
    ].join(' '),
  takes: 'file',
  tableScripts: ['mssql.sql'],
  hiddenPasswords: [
    "As it stands sqlcmd takes them from its environment, and stops where one is not set; in a value there, write every quote (') twice:",
    '  CARBON_PATCH_DB_PASSWORD, and for further users the names below',
  ],
  remarks: [],
  problems: ({ databases }) =>
    databases.flatMap(({ name, users }) => [
      ...(name.includes('$(')
        ? [`database ${name}: sqlcmd takes $( for the beginning of a variable; call it otherwise`]
        : []),
      ...[name, ...users.map((user) => user.name)]
        .filter((one) => one.length > 128)
        .map((one) => `${one}: SQL Server takes names of up to 128 characters; give a shorter one`),
      ...users
        .filter(({ password = '' }) => password.length > 128)
        .map((user) => `user ${user.name}: SQL Server takes passwords of up to 128 characters; give a shorter one`),
    ]),
  statements: (request) => [
    ...heading('Logins. One that is there keeps its password.'),
    ...usersOf(request).flatMap(createLogin),
    ...heading('Databases'),
    ...request.databases.flatMap(createDatabase),
    ...request.databases.flatMap(createUsers),
  ],
  source: ({ name }, path) => [`USE ${identifier(name)};`, 'GO', `:r "${path.replaceAll('"', '""')}"`, 'GO'],
};

function createLogin({ name, password, variable }: SqlUser): readonly string[] {
  const secret = password === undefined ? `N'$(${variable})'` : literal(password);
  return [
    `DECLARE @name sysname = ${literal(name)}, @password nvarchar(128) = ${secret}, @statement nvarchar(max);`,
    "SET @statement = N'CREATE LOGIN ' + QUOTENAME(@name) + N' WITH PASSWORD = N' + QUOTENAME(@password, '''') + N', CHECK_EXPIRATION = OFF';",
    'IF SUSER_ID(@name) IS NULL EXEC (@statement);',
    'GO',
  ];
}

function createDatabase({ name }: SqlDatabase): readonly string[] {
  return [`IF DB_ID(${literal(name)}) IS NULL CREATE DATABASE ${identifier(name)};`, 'GO'];
}

function createUsers({ name, users }: SqlDatabase): readonly string[] {
  return [
    ...heading(`Users of ${name}`),
    `USE ${identifier(name)};`,
    'GO',
    ...users.flatMap((user) => [
      `DECLARE @name sysname = ${literal(user.name)}, @statement nvarchar(max);`,
      "SET @statement = N'CREATE USER ' + QUOTENAME(@name) + N' FOR LOGIN ' + QUOTENAME(@name);",
      'IF DATABASE_PRINCIPAL_ID(@name) IS NULL EXEC (@statement);',
      "SET @statement = N'ALTER ROLE db_owner ADD MEMBER ' + QUOTENAME(@name);",
      "IF IS_ROLEMEMBER(N'db_owner', @name) = 0 EXEC (@statement);",
      'GO',
    ]),
  ];
}

function identifier(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** sqlcmd takes `$(` for the beginning of a variable, also within quotes; a text that is put together has none. */
function literal(text: string): string {
  return text
    .split(/(?<=\$)(?=\()/)
    .map((part) => `N'${part.replaceAll("'", "''")}'`)
    .join(' + ');
}
