import type { UrlOption } from './jdbc-url';
import type { DatabaseKindName } from './kinds';

/** A database to be opened as a datasource opens it. */
export interface ProbeTarget {
  readonly kind: DatabaseKindName;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  readonly tls: TlsWish;
  /** Of PostgreSQL, where the URL names it. */
  readonly schema: string | undefined;
}

/** What a JDBC URL says of TLS: `unstated` leaves it to the driver, and newer ones take it where the server offers it. */
export type TlsWish = 'wanted' | 'refused' | 'unstated';

/** What came of opening a database. Holds no password. */
export type ProbeResult = OpenedDatabase | FailedProbe;

/** A database that was opened, and what it is like. */
export interface OpenedDatabase {
  readonly outcome: 'opened';
  /** Such as `MariaDB 10.11.19`. */
  readonly product: string;
  /** The tables that the user sees, in capitals. */
  readonly tables: ReadonlySet<string>;
  /** The character set of the database, as the product calls it. */
  readonly encoding: string;
  readonly collation: string;
  /** What a session begins with, in capitals with dashes, such as `REPEATABLE-READ`. */
  readonly isolation: string;
  /** True where the server let the user in with TLS only, though the URL does not ask for it. */
  readonly needsTls: boolean;
}

/** A database that could not be opened. */
export interface FailedProbe {
  readonly outcome: 'failed';
  readonly failure: ProbeFailure;
  /** As the server, the driver or the system calls it, such as `ECONNREFUSED` or `28P01`. */
  readonly code: string;
}

/** Why a database could not be opened. */
export type ProbeFailure =
  /** Nobody knows the host name. */
  | 'unknownHost'
  /** The machine is there, and nothing listens at the port. */
  | 'refused'
  /** There is no way to the machine. */
  | 'unreachable'
  | 'timeout'
  /** What listens there hangs up, or speaks another protocol. */
  | 'notADatabase'
  /** The server has no connections left, or is just starting or stopping. */
  | 'busy'
  /** The user or the password is wrong; servers do not tell which. */
  | 'wrongPassword'
  /** The server lets nobody, or not this user, in from this machine. */
  | 'hostDenied'
  | 'tlsDemanded'
  /** The URL wants TLS, and the server has none. */
  | 'noTls'
  | 'noDatabase'
  /** The login is right, but the user has no right to this database; MySQL says so of one that does not exist too. */
  | 'databaseDenied'
  | 'other';

/** What the options of a JDBC URL of MySQL, MariaDB or PostgreSQL say of TLS. */
export function tlsWishOf(options: readonly UrlOption[]): TlsWish {
  const value = (name: RegExp): string =>
    options.findLast((option) => name.test(option.name))?.value.toLowerCase() ?? '';
  const mode = value(/^sslMode$/i);
  if (/^(?:required?|verify[-_].*|trust)$/.test(mode)) return 'wanted';
  if (/^disabled?$/.test(mode)) return 'refused';
  const flags = [value(/^(?:useSSL|ssl)$/i), value(/^requireSSL$/i)];
  if (flags.includes('true')) return 'wanted';
  return flags[0] === 'false' ? 'refused' : 'unstated';
}
