/** A user that a script creates. */
export interface SqlUser {
  readonly name: string;
  /** `undefined` where it is not to stand in the script; then the client takes it from `variable`. */
  readonly password: string | undefined;
  /** Letters, digits and underscores: what the client calls the password, and the environment variable that holds it. */
  readonly variable: string;
}

/** One database that a script creates, with the users that open it. */
export interface SqlDatabase {
  readonly name: string;
  /** What is kept in it, for a comment. */
  readonly content: string;
  readonly users: readonly SqlUser[];
}

/** What a script is to create. No name and no password holds a control character; see `sqlProblems`. */
export interface SqlRequest {
  /** `undefined` where the URL does not tell it. */
  readonly server: { readonly host: string; readonly port: string } | undefined;
  readonly databases: readonly SqlDatabase[];
  /** Hosts from which the users may connect, for products whose accounts hold them; `%` stands for any. */
  readonly clientHosts: readonly string[];
}

/** How one database product wants its databases and users made: statements for its own command line client. */
export interface SqlDialect {
  /** The name of the client that takes the script. */
  readonly client: string;
  /** A shell command that runs a script as an administrator: from a pipe where the client can, else from a file called FILE. */
  command(server: SqlRequest['server']): string;
  /** How `command` takes the script. */
  readonly takes: 'pipe' | 'file';
  /** File names in `dbscripts`, and in its folders, of the scripts that make the tables; the best one first. */
  readonly tableScripts: readonly string[];
  /** What the client has to do where a password does not stand in the script; whole sentences. */
  readonly hiddenPasswords: readonly string[];
  /** What this product cannot hold or quote; clauses that name the value but never a password. */
  problems(request: SqlRequest): readonly string[];
  /** The lines of the script. They can be run again: what is there already stays as it is. */
  statements(request: SqlRequest): readonly string[];
  /** The client's commands that run a script in a database, so that its users can work with the tables. */
  source(database: SqlDatabase, path: string, request: SqlRequest): readonly string[];
  /** What an operator should know of the product; whole sentences. */
  readonly remarks: readonly string[];
}

/** Every user of a request once, in the order of the databases. */
export function usersOf({ databases }: Pick<SqlRequest, 'databases'>): readonly SqlUser[] {
  const users = databases.flatMap((database) => database.users);
  return users.filter(({ name }, index) => users.findIndex((user) => user.name === name) === index);
}

/** A heading in a script. */
export function heading(text: string): readonly string[] {
  return ['', `-- ${commentText(text)}`];
}

/** A text for a comment of one line: nothing in it ends the line, nor is a variable of sqlcmd, which has them in comments too. */
export function commentText(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, '\ufffd').replaceAll('$(', '$ (');
}
