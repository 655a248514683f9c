/** What output is set in that has no width of its own, such as a pipe or a file: characters. */
export const unknownWidth = 100;

/** Longer lines are hard to read. */
export const widestHelp = 110;

/** The width of help for an output of so many columns, in characters. */
export function helpWidth(columns: number): number {
  return Math.max(60, Math.min(widestHelp, columns));
}
