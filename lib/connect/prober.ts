import type { OpenedDatabase, ProbeFailure, ProbeTarget } from '../database/database-probe';

/** What a prober is given besides the target. */
export interface OpenOptions {
  readonly tls: boolean;
  /** In ms, for the connection; whoever asks bounds the whole. */
  readonly timeout: number;
}

/** A connection that only reads. */
export interface ProbeSession {
  describe(): Promise<Omit<OpenedDatabase, 'outcome' | 'needsTls'>>;
  /** Ends the connection without waiting for the server; never fails. */
  close(): void;
}

/** How databases of one product are opened. Its driver is loaded by `open` only. */
export interface DatabaseProber {
  /** Rejects with the error of the driver. */
  open(target: ProbeTarget, options: OpenOptions): Promise<ProbeSession>;
  /** What an error of the driver means; `undefined` where it is none of its own. */
  failureOf(error: ErrorFields): ProbeFailure | undefined;
}

/** What drivers put on their errors. */
export interface ErrorFields {
  readonly code: string;
  /** Of MySQL. */
  readonly errno: number | undefined;
  readonly message: string;
}

/** The fields of whatever was thrown. */
export function errorFields(error: unknown): ErrorFields {
  const { code, errno, message } = (typeof error === 'object' && error !== null ? error : {}) as Readonly<
    Record<string, unknown>
  >;
  return {
    code: typeof code === 'string' ? code : '',
    errno: typeof errno === 'number' ? errno : undefined,
    message: typeof message === 'string' ? message : '',
  };
}
