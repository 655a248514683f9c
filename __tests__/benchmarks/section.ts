/** A table of figures; the first row names the columns. */
export type Table = readonly [headings: readonly string[], ...rows: readonly (readonly string[])[]];

/** What is chosen on the command line. */
export interface BenchOptions {
  /** How many counted runs each command gets. */
  readonly rounds: number;
  /** The sizes of the clusters of section `homes`, in nodes. */
  readonly homes: readonly number[];
}

/** One part of the benchmark, which fills one marked block of docs/performance.md. */
export interface Section {
  readonly summary: string;
  /** Measures, and gives sentences (one a line) and tables in the order in which they are shown. */
  run(options: BenchOptions): Promise<readonly (string | Table)[]> | readonly (string | Table)[];
}

/** Sentences and tables as Markdown, without a newline at the end. */
export function markdownOf(parts: readonly (string | Table)[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : tableText(part))).join('\n\n');
}

function tableText([headings, ...rows]: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
}
