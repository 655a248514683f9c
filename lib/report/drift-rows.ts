import { paint, printable, type ColorOptions, type Tone } from './color';
import { cutLine } from './cut-line';
import type { PictureLine } from './drift-picture';

/** What one side has at a place. */
export interface SideRow {
  /** `was`, `now` or `wanted`. */
  readonly name: string;
  readonly lines: readonly PictureLine[];
  readonly tone: Tone | undefined;
}

/** The sides of a place one below the other, each line behind the name of its side; without line ends. */
export function rowTexts(rows: readonly SideRow[], options: ColorOptions): readonly string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const showsReturns = new Set(rows.flatMap(({ lines }) => lines.map(({ end }) => end === '\r\n'))).size > 1;
  return rows.flatMap(({ name, tone }, row) =>
    lineTexts(rows, row, showsReturns).map((line) => {
      const text = `    ${name.padEnd(width)} | ${line}`.trimEnd();
      return tone === undefined ? text : paint(text, tone, options);
    }),
  );
}

const mostLines = 6;

function lineTexts(rows: readonly SideRow[], row: number, showsReturns: boolean): readonly string[] {
  const lines = rows[row]?.lines ?? [];
  if (lines.length === 0) return ['(nothing)'];
  // One more line takes no more room than the count of it.
  const shown = lines.length <= mostLines + 1 ? lines : lines.slice(0, mostLines);
  const rest = lines.length - shown.length;
  return [
    ...shown.map((line, index) =>
      lineText(line, rows[row - 1]?.lines[index], othersAt(rows, row, index), showsReturns),
    ),
    ...(rest > 0 ? [`… and ${rest} more lines`] : []),
  ];
}

function othersAt(rows: readonly SideRow[], row: number, index: number): readonly string[] {
  return rows.flatMap(({ lines }, other) => (other === row || !lines[index] ? [] : [lines[index].text]));
}

function lineText(
  line: PictureLine,
  before: PictureLine | undefined,
  others: readonly string[],
  showsReturns: boolean,
): string {
  const difference = Math.min(...others.map((other) => firstDifference(line.text, other)), line.text.length);
  const cut = cutLine(printable(line.text), difference).text;
  const notes = [
    ...(line.end === '' ? ['no line end'] : []),
    ...(line.differsInSecret ? ['differs where it is masked'] : []),
    ...(before && differsInSpace(line.text, before.text) ? ['differs in white space'] : []),
  ];
  return `${cut}${showsReturns && line.end === '\r\n' ? '␍' : ''}${notes.length > 0 ? `  (${notes.join(', ')})` : ''}`;
}

function firstDifference(one: string, other: string): number {
  const shortest = Math.min(one.length, other.length);
  for (let index = 0; index < shortest; index++) if (one[index] !== other[index]) return index;
  return shortest;
}

function differsInSpace(one: string, other: string): boolean {
  return one !== other && one.replace(/\s/g, '') === other.replace(/\s/g, '');
}
