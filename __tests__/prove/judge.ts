import type { Figures } from './figures';
import type { PromiseOfReliability } from './promises';

/** What was shown of one promise. */
export interface Judgement {
  readonly isKept: boolean;
  /** One line for people: whether it is kept, what is promised, and every figure with what it has to be at the least. */
  readonly line: string;
}

/** Holds the figures that the tests noted against the promises, in their order. A figure that nobody noted is 0. */
export function judge(
  promises: Readonly<Record<string, PromiseOfReliability>>,
  figures: Figures,
): readonly Judgement[] {
  return Object.entries(promises).map(([name, { says, atLeast }]) => {
    const noted = Object.entries(atLeast).map(([figure, least]) => ({
      figure,
      least,
      count: figures[name]?.[figure] ?? 0,
    }));
    const isKept = noted.length > 0 && noted.every(({ count, least }) => count >= least);
    const words = noted.map(
      ({ figure, least, count }) => `${inDigits(count)} ${figure}${count < least ? ` of ${inDigits(least)}` : ''}`,
    );
    return { isKept, line: `${isKept ? 'kept  ' : 'MISSED'} ${name}: ${says}: ${words.join(', ')}` };
  });
}

function inDigits(count: number): string {
  return count.toLocaleString('en-US');
}
