import { printableLine } from '../report/color';

/** A stream of the program. Writing never throws. */
export interface Output {
  write(chunk: string | Uint8Array): void;
  readonly isTerminal: boolean;
  /** In characters, for text that is laid out. */
  readonly columns: number;
  /**
   * Waits until everything written so far has been handed over. Gives what went wrong, in words (a full disk), or
   * `undefined`: a reader that goes away early, such as `head`, has had what it wanted.
   */
  settled(): Promise<string | undefined>;
}

/** Everything the command line needs of the world; `bin` gives it the real one, tests give it another. */
export interface Io {
  /** Results: diffs, JSON, settings. */
  readonly stdout: Output;
  /** Everything else: messages, questions, errors. */
  readonly stderr: Output;
  /** Whether somebody is there to answer. */
  readonly stdin: { readonly isTerminal: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The IP addresses of this machine. */
  addresses(): readonly string[];
  /** Aborted by the first Ctrl-C, or request to end, from now on; the next one ends the process as it always does. */
  interruption(): AbortSignal;
  /** The version of this package. */
  readonly version: string;
  /** One line typed by the person, without its end; an empty string at the end of input. */
  question(prompt: string): Promise<string>;
}

/**
 * True where colours may be written to a stream: to a terminal, unless `NO_COLOR` is set or the terminal is dumb.
 * `FORCE_COLOR` is not looked at: build servers set it for everything, and a coloured diff in a file is no patch any more.
 */
export function usesColor({ isTerminal }: Pick<Output, 'isTerminal'>, { env }: Pick<Io, 'env'>): boolean {
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

/** Writes one line to stderr, with what would steer a terminal or end the line made visible; nothing for an empty message. */
export function say({ stderr }: Pick<Io, 'stderr'>, message: string): void {
  if (message !== '') stderr.write(`${printableLine(message)}\n`);
}
