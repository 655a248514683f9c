import { commentText, usersOf, type SqlDatabase, type SqlDialect, type SqlRequest } from './sql-dialect';

/** A script of a home that makes the tables of a database. */
export interface TableScript {
  readonly database: SqlDatabase;
  /** Absolute on its machine, or with a placeholder such as `<HOME>` where the home is not known; `undefined` where there is none. */
  readonly path: string | undefined;
  /** What should be known of the file; a sentence without a dot. */
  readonly remark: string | undefined;
}

/** What is written into a script besides statements. */
export interface SqlScriptOptions {
  readonly tables: readonly TableScript[];
  /** The command line that prints the script with its passwords. */
  readonly commandWithSecrets: string;
}

/**
 * What cannot be made into a script: names and passwords with control characters, which a client could take for the end of a
 * line, one user with two passwords, and what the product itself cannot hold. Empty where everything can. No password is in it.
 */
export function sqlProblems(dialect: SqlDialect, request: SqlRequest): readonly string[] {
  const users = request.databases.flatMap((database) => database.users);
  const twice = users.filter(
    ({ name, password }, index) =>
      password !== undefined &&
      users.some((other, place) => place < index && other.name === name && other.password !== password),
  );
  const names = [
    ...request.databases.map(({ name }) => `database ${name}`),
    ...users.map(({ name }) => `user ${name}`),
  ];
  return [
    ...new Set([
      ...names
        .filter(holdsControl)
        .map((name) => `${commentText(name)}: the name holds a control character; take it out`),
      ...users
        .filter(({ password = '' }) => holdsControl(password))
        .map(({ name }) => `user ${commentText(name)}: the password holds a control character; take it out`),
      ...twice.map(
        ({ name }) => `user ${name}: has two passwords in the cluster file, but is one user of the server; give one`,
      ),
      ...dialect.problems(request),
    ]),
  ];
}

/** The script for the product's own client, every line ended by LF. What is there already stays, so it can be run again. */
export function sqlScript(dialect: SqlDialect, request: SqlRequest, options: SqlScriptOptions): string {
  const isMasked = usersOf(request).some(({ password }) => password === undefined);
  const lines = [
    '-- Made by carbon-patch sql. It can be run again: a database or a user that is there stays as it is.',
    `-- Run it as an administrator of the server: ${commentText(dialect.command(request.server))}`,
    ...dialect.remarks.map((remark) => `-- ${remark}`),
    ...(isMasked ? hiddenLines(dialect, request, options) : []),
    ...dialect.statements(request),
    ...tableLines(dialect, request, options.tables),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function hiddenLines(
  dialect: SqlDialect,
  { server }: SqlRequest,
  { commandWithSecrets }: SqlScriptOptions,
): readonly string[] {
  const lines =
    dialect.takes === 'pipe'
      ? [
          'The passwords are not in it; this gives it to the client with them:',
          `  ${commandWithSecrets} | ${dialect.command(server)}`,
        ]
      : [
          'The passwords are not in it; this writes it with them into a file, which should be removed after the run:',
          `  ${commandWithSecrets} > FILE`,
        ];
  return [...lines, ...dialect.hiddenPasswords].map((line) => `-- ${commentText(line)}`);
}

/** Some table scripts drop what is there, others stop in the middle, so they are never run by the script itself. */
function tableLines(dialect: SqlDialect, request: SqlRequest, tables: readonly TableScript[]): readonly string[] {
  if (tables.length === 0) return [];
  return [
    '',
    '-- Tables. Run each of these once, in a database that is still empty: some of the scripts drop tables that are there.',
    ...tables.flatMap(({ database, path, remark }) => [
      `-- ${commentText(`${database.name}, ${database.content}${remark === undefined ? '' : `. ${remark}`}`)}:`,
      ...(path === undefined ? [] : dialect.source(database, path, request).map((line) => `--   ${commentText(line)}`)),
    ]),
  ];
}

function holdsControl(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text);
}
