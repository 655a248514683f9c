import type { ScriptedDatabase } from '../carbon/cluster-sql';

/**
 * The databases of a cluster and the script that makes them, as JSON for other programs; see `PlanJson` for the promise of
 * `formatVersion`.
 */
export interface SqlJson {
  readonly formatVersion: 1;
  /** The product, as in `database.kind` of the cluster file. */
  readonly kind: string;
  /** The client that takes the script, such as `mysql`. */
  readonly client: string;
  readonly secretsMasked: boolean;
  readonly databases: readonly SqlDatabaseJson[];
  /** What is printed without `--json`. */
  readonly script: string;
}

/** One database. */
export interface SqlDatabaseJson {
  readonly name: string;
  /** What is kept in it: `local`, `registry`, `users`, `single`, `apiManager`. */
  readonly purposes: readonly string[];
  /** The nodes that use it. */
  readonly nodes: readonly string[];
  /** The names of the users who open it. */
  readonly users: readonly string[];
  readonly tableScripts: readonly SqlTableScriptJson[];
}

/** A script of a home that makes tables. */
export interface SqlTableScriptJson {
  /** The node whose home has it; null where no home on this machine has it. */
  readonly node: string | null;
  /** Null where the home has none for this product. */
  readonly path: string | null;
  readonly remark: string | null;
}

/** The JSON form of a script, ready for `JSON.stringify`. */
export function sqlJson(
  { kind, client, secretsMasked, script }: Pick<SqlJson, 'kind' | 'client' | 'secretsMasked' | 'script'>,
  databases: readonly ScriptedDatabase[],
): SqlJson {
  return {
    formatVersion: 1,
    kind,
    client,
    secretsMasked,
    databases: databases.map(({ database, tables }) => ({
      name: database.name,
      purposes: database.purposes,
      nodes: database.nodes,
      users: database.usernames,
      tableScripts: tables.map(({ node, path, remark }) => ({
        node: node ?? null,
        path: path ?? null,
        remark: remark ?? null,
      })),
    })),
    script,
  };
}
