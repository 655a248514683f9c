import type { Explanation } from '../plan/load-cluster';
import { paint, printableLine, type ColorOptions } from './color';
import { maskProse } from './mask-secrets';

/** Every value of a cluster and from where it came, one a line in three columns; each line ends in LF. Secrets are masked. */
export function explanationsText(explanations: readonly Explanation[], options: ColorOptions): string {
  const rows = explanations.map(
    ({ path, value, origin }) => [printableLine(path), printableLine(maskProse(value)), printableLine(origin)] as const,
  );
  const widths = [0, 1].map((column) => Math.min(50, Math.max(0, ...rows.map((row) => (row[column] ?? '').length))));
  return rows
    .map(([path, value, origin]) => {
      const shown = `${path.padEnd(widths[0] ?? 0)} = ${value.padEnd(widths[1] ?? 0)}`;
      return `${shown}  ${paint(origin, 'place', options)}\n`;
    })
    .join('');
}
