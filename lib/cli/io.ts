/** Everything the command line needs of the world; `bin` gives it the real one, tests give it another. */
export interface Io {
  /** Results: diffs, JSON, settings. */
  readonly stdout: { write(chunk: string | Uint8Array): void; readonly isTerminal: boolean; readonly columns: number };
  /** Everything else: messages, questions, errors. */
  readonly stderr: { write(chunk: string): void; readonly isTerminal: boolean };
  /** Whether somebody is there to answer. */
  readonly stdin: { readonly isTerminal: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of this package. */
  readonly version: string;
  /** One line typed by the person, without its end; an empty string at the end of input. */
  question(prompt: string): Promise<string>;
}

/** True where colours may be written to a stream: to a terminal, unless `NO_COLOR` is set or the terminal is dumb. */
export function usesColor({ isTerminal }: { readonly isTerminal: boolean }, { env }: Pick<Io, 'env'>): boolean {
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
