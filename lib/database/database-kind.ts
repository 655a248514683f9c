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
  /** What the file name of the driver's jar looks like. */
  readonly driverJar: RegExp;
  url(address: DatabaseAddress): string;
  /** Matches the database name in a URL of this product, with what stands before it as the first group. */
  readonly databaseInUrl: RegExp;
}

/** In `jdbc:x://host:port/NAME?…`, the name and what stands before it. */
export const databaseAfterHost = /^(jdbc:[^/]*\/\/[^/]*\/)[^/?;]*/;

/** True for the URL of a database that lives inside the server which opens it, so that no other node sees its data. */
export function isEmbeddedUrl(url: string): boolean {
  return /^\s*jdbc:(?:h2:(?!tcp:|ssl:)|derby:(?!\/\/))/.test(url);
}
