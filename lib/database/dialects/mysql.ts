import { shellWord } from '../../text/shell-word';
import { heading, usersOf, type SqlDatabase, type SqlDialect, type SqlRequest, type SqlUser } from '../sql-dialect';

/**
 * MySQL 5.7, MySQL 8 and MariaDB from 10.1 on. Users come before grants: MySQL 8 has no `GRANT … IDENTIFIED BY`, and the
 * others take both.
 */
export const mysqlDialect: SqlDialect = {
  client: 'mysql',
  command: (server) =>
    ['mysql', ...(server === undefined ? [] : address(server)), '--user=root', '--password'].join(' '),
  takes: 'pipe',
  tableScripts: ['mysql5.7.sql', 'mysql-5.7.sql', 'mysql.sql'],
  hiddenPasswords: [
    'As it stands it takes them from variables of the session, and stops where one is not set. Set them in the same session:',
    "  SET @carbon_patch_db_password = '…';",
    'and then run this file with: source FILE',
  ],
  remarks: [],
  problems: ({ databases }) =>
    databases
      .filter(({ name }) => name.includes('%'))
      .map(({ name }) => `database ${name}: % in a grant stands for any name; call the database otherwise`),
  statements: (request) => [
    '',
    '-- This file is UTF-8, a backslash in it escapes, and no grant makes a user without a password, whatever the server says.',
    'SET NAMES utf8mb4;',
    'SET @carbon_patch_sql_mode = @@SESSION.sql_mode;',
    "SET SESSION sql_mode = CONCAT(REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', ''), IF(VERSION() LIKE '5.%' OR VERSION() LIKE '%MariaDB%', ',NO_AUTO_CREATE_USER', ''));",
    ...heading(
      'Users. One that is there keeps its password; the host is that of the node which connects, not of the server.',
    ),
    ...usersOf(request).flatMap((user) => request.clientHosts.flatMap((host) => createUser(user, host))),
    ...heading('Databases. With latin1 every index of the table scripts fits; with utf8 some keys are too long.'),
    ...request.databases.map(({ name }) => `CREATE DATABASE IF NOT EXISTS ${identifier(name)} CHARACTER SET latin1;`),
    ...heading('Grants'),
    ...request.databases.flatMap((database) => grants(database, request)),
    '',
    'SET SESSION sql_mode = @carbon_patch_sql_mode;',
  ],
  source: ({ name }, path) => [`USE ${identifier(name)};`, `source ${path}`],
};

/** MariaDB; its pages name no script but that of MySQL. */
export const mariadbDialect: SqlDialect = { ...mysqlDialect, tableScripts: ['mysql.sql'] };

function address({ host, port }: NonNullable<SqlRequest['server']>): readonly string[] {
  return [`--host=${shellWord(host)}`, `--port=${port}`];
}

function createUser(user: SqlUser, host: string): readonly string[] {
  const statement = `CREATE USER IF NOT EXISTS ${account(user, host)} IDENTIFIED BY `;
  if (user.password !== undefined) return [`${statement}${literal(user.password)};`];
  // No statement takes a variable for a password, so it is put together, and quoted by the server itself.
  const variable = `@${user.variable.toLowerCase()}`;
  const missing = literal(
    `${variable} is not set: SET ${variable} = the password, in this session, and run this again`,
  );
  return [
    `SET @carbon_patch_statement = IF(COALESCE(${variable}, '') = '', ${missing}, CONCAT(${literal(statement)}, QUOTE(${variable})));`,
    'PREPARE carbon_patch_statement FROM @carbon_patch_statement;',
    'EXECUTE carbon_patch_statement;',
  ];
}

/**
 * The `_` of a name is not escaped, although it stands for any character in a grant: with `partial_revokes` on, MySQL 8 would
 * take the backslash for a part of the name.
 */
function grants({ name, users }: SqlDatabase, { clientHosts }: SqlRequest): readonly string[] {
  return users.flatMap((user) =>
    clientHosts.map((host) => `GRANT ALL PRIVILEGES ON ${identifier(name)}.* TO ${account(user, host)};`),
  );
}

function account({ name }: SqlUser, host: string): string {
  return `${literal(name)}@${literal(host)}`;
}

function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
