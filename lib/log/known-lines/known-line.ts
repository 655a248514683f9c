/** A line of a server log that people ask about, and what it means. */
export interface KnownLine {
  /** What is found in the message, or in a `Caused by:` below it; without flags. */
  readonly pattern: RegExp;
  /** `error`: the server or its cluster does not work; `warning`: it may. */
  readonly severity: 'error' | 'warning';
  /** True where a server that logs it does not come up as it should, so that nobody waits on. */
  readonly endsStart?: true;
  /** True where the server logs it as information only; the others count from WARN on. */
  readonly isInfo?: true;
  /** What it means; one sentence without a final dot. */
  readonly meaning: string;
  /** What to do; one sentence without a final dot. */
  readonly advice: string;
  /** Where the line comes from: a class, a product, or a page. */
  readonly source: string;
}
