/** What is done by hand or by a command, in its order. */
export interface Runbook {
  /** As commands name it. */
  readonly clusterFile: string;
  readonly domain: string;
  readonly parts: readonly RunbookPart[];
}

/** Steps that are done on one machine, one after the other. */
export interface RunbookPart {
  /** By which the shell script is told to do it, such as `prepare-1`. */
  readonly name: string;
  readonly title: string;
  /** `undefined` where any machine does. */
  readonly machine: string | undefined;
  /** `forward`: on the way up; `back`: where it has to be taken back. */
  readonly direction: 'forward' | 'back';
  readonly steps: readonly RunbookStep[];
}

/** One step. */
export type RunbookStep =
  | {
      /** A command that has to end well before the next step. */
      readonly kind: 'run';
      readonly title: string;
      readonly command: Command;
      /** What is worth knowing about it; whole sentences. */
      readonly notes: readonly string[];
    }
  | {
      /** A command whose output is for somebody who does the rest by hand. */
      readonly kind: 'by-hand';
      readonly title: string;
      readonly command: Command;
      /** What to do with the output; a whole sentence. */
      readonly task: string;
      readonly notes: readonly string[];
    }
  | StartStep;

/** A server that is started, and waited for. */
export interface StartStep {
  readonly kind: 'start';
  readonly title: string;
  readonly node: string;
  readonly home: string;
  /** The server log, which grows. */
  readonly log: string;
  /** What starts it, in the foreground. */
  readonly command: Command;
  /** True where only root may listen on its ports. */
  readonly needsRoot: boolean;
  /** What tells from the log whether it came up; the bytes that were in the log before are passed to its `--skip`. */
  readonly wait: Command;
  readonly notes: readonly string[];
}

/** The words of a command; a text is quoted for the shell, a variable is looked up by it. */
export type Command = readonly (string | { readonly variable: string })[];
