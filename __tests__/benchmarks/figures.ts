import type { ProcessRun } from './measure-process';

/** The least of some values: what the work takes where nothing disturbs it. `Infinity` for none. */
export function minimum(values: readonly number[]): number {
  return Math.min(...values);
}

/** The middle of some values, the upper one of two. `NaN` for none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** One figure of every run. */
export function each(
  runs: readonly ProcessRun[],
  figure: 'cpuSeconds' | 'wallSeconds' | 'peakBytes',
): readonly number[] {
  return runs.map((run) => run[figure]);
}

/** `1.25 ×`. */
export function ratioText(ratio: number): string {
  return `${ratio >= 100 ? grouped(ratio) : ratio.toFixed(ratio >= 10 ? 1 : 2)} ×`;
}

/** `0.31 s` as `310 ms`, `12.3 s`. */
export function secondsText(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(1)} s`;
}

/** In megabytes of a million bytes. */
export function megabytesText(bytes: number): string {
  return `${grouped(bytes / 1e6)} MB`;
}

/** A whole number, its thousands set apart. */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
