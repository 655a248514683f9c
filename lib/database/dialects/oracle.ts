import { heading, usersOf, type SqlDatabase, type SqlDialect, type SqlRequest, type SqlUser } from '../sql-dialect';

/**
 * Oracle, for SQL*Plus. A user is a schema, and holds the tables of the nodes that connect as this user; the database of a
 * JDBC URL is a service, which has to be there already.
 */
export const oracleDialect: SqlDialect = {
  client: 'sqlplus',
  command: () => 'sqlplus /nolog @FILE',
  takes: 'file',
  tableScripts: ['oracle.sql'],
  hiddenPasswords: ['As it stands it asks for each of them.'],
  remarks: [
    'Services are not created; users are, each with the schema of its name, in the service that its JDBC URL names.',
    'On RAC take oracle_rac.sql in the place of oracle.sql, where the home has it.',
  ],
  problems: ({ databases }) =>
    databases.flatMap(({ name, users }) => [
      ...(/["&]/.test(name) ? [`database ${name}: SQL*Plus cannot connect to a service with " or & in its name`] : []),
      ...users.flatMap(userProblems),
    ]),
  statements: (request) => [
    '',
    'WHENEVER SQLERROR EXIT FAILURE',
    'SET DEFINE OFF',
    ...usersOf(request).flatMap(askPassword),
    ...request.databases.flatMap((database) => schemas(database, request)),
  ],
  source: (database, path, { server }) => [
    ...connect(database, server),
    ...database.users.slice(0, 1).map((user) => `ALTER SESSION SET CURRENT_SCHEMA = ${identifier(user)};`),
    `@"${path.replaceAll('"', '""')}"`,
  ],
};

function userProblems({ name, password }: SqlUser): readonly string[] {
  return [
    ...(/^[A-Za-z][\w$#]{0,29}$/.test(name)
      ? []
      : [
          `user ${name}: Oracle takes names of up to 30 letters, digits and _ $ # only, unless they are quoted everywhere; give another`,
        ]),
    ...(password?.includes('"') === true ? [`user ${name}: no password of Oracle can hold "; give another`] : []),
  ];
}

function schemas(database: SqlDatabase, request: SqlRequest): readonly string[] {
  return [
    ...heading(`Service ${database.name}: ${database.content}. A user that is there keeps its password.`),
    ...connect(database, request.server),
    ...database.users.flatMap(createUser),
  ];
}

/** SQL*Plus asks for the password of the administrator. */
function connect({ name }: SqlDatabase, server: SqlRequest['server']): readonly string[] {
  const service = server === undefined ? name : `//${server.host}:${server.port}/${name}`;
  return [`CONNECT SYSTEM@"${service}"`];
}

function askPassword(user: SqlUser): readonly string[] {
  if (user.password !== undefined) return [];
  return [`ACCEPT ${user.variable} CHAR PROMPT 'Password for ${identifier(user)}: ' HIDE`];
}

function createUser(user: SqlUser): readonly string[] {
  const name = identifier(user);
  const create = `CREATE USER ${name} IDENTIFIED BY "${user.password ?? `&${user.variable}`}"`;
  return [
    ...(user.password === undefined ? ['SET DEFINE ON VERIFY OFF'] : []),
    'DECLARE',
    '  users_found INTEGER;',
    'BEGIN',
    `  SELECT COUNT(*) INTO users_found FROM all_users WHERE username = '${user.name.toUpperCase()}';`,
    '  IF users_found = 0 THEN',
    `    EXECUTE IMMEDIATE '${create.replaceAll("'", "''")}';`,
    '  END IF;',
    'END;',
    '/',
    ...(user.password === undefined ? ['SET DEFINE OFF'] : []),
    `GRANT UNLIMITED TABLESPACE, CREATE SESSION, CREATE TABLE, CREATE VIEW, CREATE SEQUENCE, CREATE TRIGGER, CREATE PROCEDURE TO ${name};`,
  ];
}

/** A name without quotes, as the driver sends it, is one in capitals. */
function identifier({ name }: SqlUser): string {
  return `"${name.toUpperCase()}"`;
}
