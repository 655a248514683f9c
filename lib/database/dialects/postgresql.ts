import { shellWord } from '../../text/shell-word';
import { heading, usersOf, type SqlDatabase, type SqlDialect, type SqlUser } from '../sql-dialect';

/** PostgreSQL, for psql from 10 on. Names are quoted, as the driver sends them as they are written. */
export const postgresqlDialect: SqlDialect = {
  client: 'psql',
  command: (server) =>
    [
      'psql',
      ...(server === undefined ? [] : [`--host=${shellWord(server.host)}`, `--port=${server.port}`]),
      '--username=postgres',
      '--dbname=postgres',
    ].join(' '),
  takes: 'pipe',
  tableScripts: ['postgresql.sql'],
  hiddenPasswords: [
    'As it stands it takes them from the environment of psql, and stops where one is not set:',
    '  CARBON_PATCH_DB_PASSWORD, and for further users the names below',
  ],
  remarks: [],
  problems: ({ databases }) => {
    const names = databases.flatMap(({ name, users }) => [
      `database ${name}`,
      ...users.map((user) => `user ${user.name}`),
    ]);
    return names
      .filter((name) => new TextEncoder().encode(name.slice(name.indexOf(' ') + 1)).length > 63)
      .map((name) => `${name}: PostgreSQL cuts names after 63 bytes; give a shorter one`);
  },
  statements: (request) => [
    '',
    '\\set ON_ERROR_STOP on',
    '\\encoding UTF8',
    ...usersOf(request).flatMap(takePassword),
    ...heading('Users. One that is there keeps its password.'),
    ...usersOf(request).flatMap(createRole),
    ...heading('Databases, each owned by the user who makes the tables'),
    ...request.databases.flatMap(createDatabase),
    ...heading('Grants, also for databases that somebody else has made'),
    ...request.databases.flatMap(grants),
  ],
  source: ({ name, users }, path) => [
    connect(name),
    ...users.slice(0, 1).map((user) => `SET ROLE ${identifier(user.name)};`),
    `\\i ${slashArgument(path)}`,
  ],
};

/** An environment variable is read by the shell of psql: its own `\getenv` came with release 15 only. */
function takePassword({ name: user, password, variable }: SqlUser): readonly string[] {
  if (password !== undefined) return [];
  const name = variable.toLowerCase();
  return [
    ...heading(`The password of ${user}`),
    `\\set ${name} \`printenv ${variable}\``,
    `SELECT :'${name}' = '' AS carbon_patch_missing \\gset`,
    '\\if :carbon_patch_missing',
    `  DO $$ BEGIN RAISE EXCEPTION 'the environment variable ${variable} is not set; set it to the password'; END $$;`,
    '\\endif',
  ];
}

function createRole({ name, password, variable }: SqlUser): readonly string[] {
  const secret = password === undefined ? `:'${variable.toLowerCase()}'` : literal(password);
  return [
    `SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', ${literal(name)}, ${secret})`,
    ` WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ${literal(name)})`,
    '\\gexec',
  ];
}

function createDatabase({ name, users: [owner] }: SqlDatabase): readonly string[] {
  const owned = owner === undefined ? "''" : `format(' OWNER %I', ${literal(owner.name)})`;
  return [
    `SELECT format('CREATE DATABASE %I', ${literal(name)}) || ${owned} || ' ENCODING ''UTF8'' TEMPLATE template0'`,
    ` WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${literal(name)})`,
    '\\gexec',
  ];
}

/** From release 15 on, only the owner of a database may make tables in its schema public without being told so. */
function grants({ name, users }: SqlDatabase): readonly string[] {
  return [
    connect(name),
    ...users.flatMap((user) => [
      `GRANT ALL PRIVILEGES ON DATABASE ${identifier(name)} TO ${identifier(user.name)};`,
      `GRANT ALL ON SCHEMA public TO ${identifier(user.name)};`,
    ]),
  ];
}

/** psql takes a name with `=` in it, or one like a URL, for a connection string; in one the name can be quoted. */
function connect(name: string): string {
  const value = name.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `\\connect -reuse-previous=on ${identifier(`dbname='${value}'`)}`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  const quoted = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}

function slashArgument(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
