/** The exit codes of the program; documented in docs/cli.md. */
export const exitCodes = {
  /** Done, or nothing to do. */
  done: 0,
  /** Something differs: `diff` found what `apply` would change, `check` an error, `ports` a port that is wanted twice, `check-log` a node that is not healthy. */
  differences: 1,
  /** Refused or failed; nothing was written. */
  refused: 2,
} as const;

/** One of `exitCodes`. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
