import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';

/** The sums of figures by promise and by the words that name them. */
export type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Noted {
  readonly promise: string;
  readonly figure: string;
  readonly count: number;
}

/**
 * Adds to a figure of a promise of `promises.ts`, such as the documents that came back byte for byte, after they did.
 * Says nothing and writes nothing where `PROVE_FIGURES` does not name a folder.
 */
export function noteFigure(promise: string, figure: string, count: number): void {
  const folder = process.env['PROVE_FIGURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const noted: Noted = { promise, figure, count };
  // One file for each process, since test files run at the same time.
  appendFileSync(join(folder, `${pid}.jsonl`), `${JSON.stringify(noted)}\n`);
}

/** Everything that was noted into a folder, added up; nothing where there is no such folder. */
export function notedFigures(folder: string): Figures {
  const sums: Record<string, Record<string, number>> = {};
  for (const { promise, figure, count } of readNoted(folder)) {
    const figures = (sums[promise] ??= {});
    figures[figure] = (figures[figure] ?? 0) + count;
  }
  return sums;
}

function readNoted(folder: string): readonly Noted[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const lines = names.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Noted);
}
