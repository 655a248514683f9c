import { blocksIn, type ConfSource, type SourceBlock } from './conf-source';
import type { ConfLine } from './conf-lines';
import { newSettings, type ConfStep } from './conf-step';
import {
  insertAbove,
  insertBelow,
  layoutBeside,
  layoutIn,
  newLines,
  type ConfLayout,
  type NewEntry,
} from './new-lines';

/** A block that is to be there, with the one that is there already. */
export interface PlacedBlock {
  readonly existing: SourceBlock | undefined;
  readonly name: string;
  /** What it holds where it is new. */
  readonly entries: readonly NewEntry[];
}

/**
 * Adds the blocks of a list that `parent` does not have, in the order of the list: each before the next that is there, or,
 * behind the last, below everything in `parent`. `at` names the parent, and `neighbours` lend the layout of settings.
 */
export function placeBlocks(
  source: ConfSource,
  parent: SourceBlock,
  wanted: readonly PlacedBlock[],
  neighbours: readonly SourceBlock[],
  at: string,
): readonly ConfStep[] {
  return wanted.flatMap((block, index): readonly ConfStep[] => {
    if (block.existing !== undefined) return [];
    const next = wanted.slice(index + 1).find(({ existing }) => existing !== undefined)?.existing;
    const last = wanted.findLast(({ existing }) => existing !== undefined)?.existing;
    return [newBlock(source, { parent, block, next, last }, neighbours, at)];
  });
}

/** The last line of a block that says anything, before the line that closes it; its header where there is none. */
function lastLineOf({ lines }: ConfSource, { header, close }: SourceBlock): ConfLine | undefined {
  const first = header?.number ?? 0;
  const end = close === undefined ? lines.length : close.number - 1;
  return lines.slice(first, end).findLast(({ text }) => text !== '') ?? header;
}

interface Surroundings {
  readonly parent: SourceBlock;
  readonly block: PlacedBlock;
  readonly next: SourceBlock | undefined;
  readonly last: SourceBlock | undefined;
}

function newBlock(
  source: ConfSource,
  { parent, block, next, last }: Surroundings,
  neighbours: readonly SourceBlock[],
  at: string,
): ConfStep {
  const entry: NewEntry = { name: block.name, entries: block.entries };
  const sibling = next ?? last ?? blocksIn(parent).at(-1);
  const inside = layoutIn(source, parent, neighbours);
  const layout = sibling === undefined ? inside : layoutBeside(source, sibling.header, inside);
  const step = (edit: ConfStep['edit'], line: ConfLine): ConfStep => ({
    edit,
    changes: newSettings([entry], line.number, at),
  });
  if (next?.header !== undefined) {
    const top = withCommentsAbove(source, next.header, parent.header);
    return step(insertAbove(source, top, newLines([entry], layout)), top);
  }
  const below = last?.close ?? lastLineOf(source, parent);
  return below === undefined
    ? step({ span: { start: 0, end: 0 }, newText: joined([entry], layout) }, noLine)
    : step(insertBelow(source, below, [...blankAbove(source, parent), ...newLines([entry], layout)]), below);
}

/** A text without any line. */
const noLine: ConfLine = { number: 1, start: 0, end: 0, next: 0, textStart: 0, text: '', code: '' };

function joined(entries: readonly NewEntry[], layout: ConfLayout): string {
  return newLines(entries, layout)
    .map((line) => `${line}\n`)
    .join('');
}

/** The first of the comments that stand directly above a line, below the header of the block around it. */
function withCommentsAbove({ lines }: ConfSource, line: ConfLine, around: ConfLine | undefined): ConfLine {
  let top = line;
  for (let above = lines[top.number - 2]; isComment(above, around); above = lines[top.number - 2]) top = above;
  return top;
}

function isComment(line: ConfLine | undefined, around: ConfLine | undefined): line is ConfLine {
  return line !== undefined && line !== around && line.text.startsWith('#');
}

/** An empty line where the blocks of `parent` have one between them. */
function blankAbove(source: ConfSource, parent: SourceBlock): readonly string[] {
  const headers = blocksIn(parent).flatMap(({ header }) => header ?? []);
  const last = headers.at(-1);
  if (last === undefined || headers.length < 2) return last !== undefined && parent === source.root ? [''] : [];
  const top = withCommentsAbove(source, last, parent.header);
  return source.lines[top.number - 2]?.text === '' ? [''] : [];
}
