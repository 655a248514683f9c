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
  /** The version of this package. */
  readonly version: string;
  /** One line typed by the person, without its end; an empty string at the end of input. */
  question(prompt: string): Promise<string>;
  /**
   * Until its end, a wish to stop (Ctrl-C, a terminal that is closed, the end of the system) does not end the process but
   * aborts the signal, so that the work ends well.
   */
  onInterrupt(): Interruption;
}

/** A stretch of work that ends well when it is interrupted: it tells what came so far, or clears away what it made. */
export interface Interruption {
  readonly signal: AbortSignal;
  readonly end: () => void;
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
