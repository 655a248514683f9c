import type { SqlDialect } from './sql-dialect';

/** The parts of a JDBC URL that the recipes fill in. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  /** Database, schema or service name, as the product calls it. */
  readonly database: string;
}

/** What Carbon's datasource file needs to know of one database product. */
export interface DatabaseKind {
  /** As people write it. */
  readonly label: string;
  /** How JDBC URLs of this product begin; no two kinds share one. */
  readonly urlPrefix: string;
  readonly defaultPort: number;
  readonly driverClassName: string;
  /** Other names of a driver class that serve as well, such as that of a later release of the jar; one that a file has stays. */
  readonly otherDriverClassNames?: readonly string[];
  /** A query that this product answers; `SELECT 1` is not one everywhere. */
  readonly validationQuery: string;
  /** Queries that people take for valid and that this product does not answer, so that no connection passes the test. */
  readonly refusedQueries: readonly RegExp[];
  /** What the file name of the driver's jar looks like; two jars that match hold the same classes. */
  readonly driverJar: RegExp;
  /** The kind whose servers this one reaches too, with another driver. */
  readonly sameServersAs?: string;
  /** True where tables belong to the user who connects, so that two users see two sets of tables in one database. */
  readonly schemaFollowsUser?: true;
  /** True where `CARBON` and `carbon` are, as a rule, one database. */
  readonly ignoresCaseOfDatabases?: true;
  url(address: DatabaseAddress): string;
  /** Matches the database name in a URL of this product, with what stands before it as the first group. */
  readonly databaseInUrl: RegExp;
  /** How its databases and users are made; `undefined` where `carbon-patch sql` does not know the product. */
  readonly sql?: SqlDialect;
}

/** Forms of validation queries, by what not every product knows about them. */
export const queryForms = {
  /** `SELECT 1`, with nothing to select from. */
  withoutTable: /^\s*select\s+(?:(?!\bfrom\b)[^;])*;?\s*$/i,
  /** `SELECT 1 FROM DUAL`, of Oracle. */
  dual: /\bfrom\s+dual\b/i,
  /** `SELECT 1 FROM sysibm.sysdummy1`, of DB2 and Derby. */
  sysdummy1: /\bfrom\s+sysibm\s*\.\s*sysdummy1\b/i,
  /** `VALUES 1`, of the SQL standard. */
  values: /^\s*values\s+\d/i,
} as const;

/** In `jdbc:x://host:port/NAME?…`, the name and what stands before it. */
export const databaseAfterHost = /^(jdbc:[^/]*\/\/[^/]*\/)[^/?;]*/;

/** True for the URL of a database that lives inside the server which opens it, so that no other node sees its data. */
export function isEmbeddedUrl(url: string): boolean {
  return /^\s*jdbc:(?:h2:(?!tcp:|ssl:)|derby:(?!\/\/))/.test(url);
}
