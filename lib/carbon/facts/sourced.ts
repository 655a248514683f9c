/** A value that was read from a file, with the place it stands at. */
export interface Sourced<Value> {
  readonly value: Value;
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}
