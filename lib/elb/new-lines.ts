import { newlineAt } from '../text/layout';
import type { TextEdit } from '../text/edit';
import { blocksIn, propertiesIn, type ConfSource, type SourceBlock, type SourceProperty } from './conf-source';
import type { ConfLine } from './conf-lines';

/** A setting or a block that a file does not have yet. */
export type NewEntry =
  { readonly key: string; readonly value: string } | { readonly name: string; readonly entries: readonly NewEntry[] };

/** How new lines are laid out. */
export interface ConfLayout {
  /** The blanks before the outermost of the new lines. */
  readonly indent: string;
  /** What each block adds to it. */
  readonly unit: string;
  /** What stands between a key and its value. */
  gapAfter(key: string): string;
}

/** The layout for new entries of `block`: that of its own entries, else of the neighbours, the first that has a setting. */
export function layoutIn(source: ConfSource, block: SourceBlock, neighbours: readonly SourceBlock[]): ConfLayout {
  const unit = unitOf(source);
  const [first] = propertiesIn(block).map(({ line }) => line);
  const [child] = blocksIn(block).map(({ header }) => header);
  const sibling = first ?? child;
  const own = block.header === undefined ? '' : indentOf(source, block.header) + unit;
  const indent = sibling === undefined ? own : indentOf(source, sibling);
  const [model] = [block, ...neighbours].flatMap(propertiesIn);
  return { indent, unit, gapAfter: gapLike(source, model) };
}

/** The same layout with the blanks that stand before another line. */
export function layoutBeside(source: ConfSource, line: ConfLine | undefined, layout: ConfLayout): ConfLayout {
  return { ...layout, indent: indentOf(source, line) };
}

/** New entries as lines without line ends. */
export function newLines(entries: readonly NewEntry[], layout: ConfLayout): readonly string[] {
  return entries.flatMap((entry) => {
    if ('key' in entry) return [`${layout.indent}${entry.key}${layout.gapAfter(entry.key)}${entry.value};`];
    const inner = { ...layout, indent: layout.indent + layout.unit };
    return [`${layout.indent}${entry.name} {`, ...newLines(entry.entries, inner), `${layout.indent}}`];
  });
}

/** Puts lines below a line, with line ends like its own; a last line without one stays without one. */
export function insertBelow({ text }: ConfSource, line: ConfLine, lines: readonly string[]): TextEdit {
  const newline = newlineAt(text, line.start);
  if (line.next > line.end) return insertion(line.next, lines.map((one) => one + newline).join(''));
  return insertion(line.end, lines.map((one) => newline + one).join(''));
}

/** Puts lines above a line, with line ends like its own. */
export function insertAbove({ text }: ConfSource, line: ConfLine, lines: readonly string[]): TextEdit {
  const newline = newlineAt(text, line.start);
  return insertion(line.start, lines.map((one) => one + newline).join(''));
}

function insertion(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

function indentOf({ text }: ConfSource, line: ConfLine | undefined): string {
  return line === undefined ? '' : text.slice(line.start, line.textStart);
}

/** What the first block inside of another adds to the blanks before it; four blanks where there is none. */
function unitOf(source: ConfSource): string {
  for (const outer of blocksIn(source.root)) {
    for (const { header } of blocksIn(outer)) {
      const [around, inside] = [indentOf(source, outer.header), indentOf(source, header)];
      if (inside.startsWith(around) && inside.length > around.length) return inside.slice(around.length);
    }
  }
  return '    ';
}

/** Values line up with that of the model: at its column, or behind the same tabs. One blank where there is no model. */
function gapLike({ text }: ConfSource, model: SourceProperty | undefined): ConfLayout['gapAfter'] {
  if (model === undefined) return () => ' ';
  const keyEnd = model.line.textStart + model.key.length;
  const gap = text.slice(keyEnd, model.valueSpan.start);
  if (/[^ ]/.test(gap)) return () => gap;
  const column = model.key.length + gap.length;
  return gap.length <= 1 ? () => ' ' : (key) => ' '.repeat(Math.max(1, column - key.length));
}
