import type { Span } from '../text/edit';
import { confLines, javaTrim, type ConfLine } from './conf-lines';

/** A setting with its characters. */
export interface SourceProperty {
  readonly kind: 'property';
  readonly key: string;
  readonly value: string;
  readonly valueSpan: Span;
  readonly line: ConfLine;
}

/** A block with its lines. The root block of a file has no name, no header and no close. */
export interface SourceBlock {
  readonly kind: 'block';
  readonly name: string;
  readonly header: ConfLine | undefined;
  /** The line at which the load balancer ends the block; `undefined` where the file ends first. */
  readonly close: ConfLine | undefined;
  /** Settings and blocks in file order; identical blocks are all here. */
  readonly entries: readonly (SourceProperty | SourceBlock)[];
  /** Lines that are no comment, no setting, no block and no close; the load balancer stops at them. */
  readonly unreadable: readonly ConfLine[];
  /** Lines that are `}` and end nothing; they are passed over. */
  readonly strayCloses: readonly ConfLine[];
}

/** A loadbalancer.conf with its characters. */
export interface ConfSource {
  readonly text: string;
  readonly lines: readonly ConfLine[];
  readonly root: SourceBlock;
}

/**
 * Reads as the load balancer does (NodeBuilder of org.wso2.carbon.lb.common): a line with `{` opens a block, and what
 * follows the brace is dropped; the block ends where the lines that hold a `{`, comments included, are outnumbered by
 * those that hold a `}`; any other line is a setting up to its first `;`. Takes linear time, and throws nothing.
 */
export function readConfSource(text: string): ConfSource {
  const lines = confLines(text);
  const closes = closingLines(lines);
  const root = newBlock('', undefined, undefined, lines.length);
  const open = [root];
  lines.forEach((line, index) => {
    while (open.length > 1 && index >= currentOf(open, root).limit) open.pop();
    const current = currentOf(open, root);
    if (line.code === '') return;
    if (opensBlock(line)) {
      const close = closes[index] ?? lines.length;
      const isClosed = close < current.limit;
      const block = newBlock(
        javaTrim(line.code.slice(0, line.code.indexOf('{'))),
        line,
        isClosed ? lines[close] : undefined,
        isClosed ? close + 1 : current.limit,
      );
      current.entries.push(block);
      open.push(block);
      return;
    }
    if (line.code === '}') {
      if (line !== current.close) current.strayCloses.push(line);
      return;
    }
    const property = readProperty(line);
    if (property === undefined) current.unreadable.push(line);
    else current.entries.push(property);
  });
  return { text, lines, root };
}

/** The settings of a block, in file order. */
export function propertiesIn(block: SourceBlock): readonly SourceProperty[] {
  return block.entries.filter((entry) => entry.kind === 'property');
}

/** The setting that counts for a key of a block: the last one; `undefined` where the block has none. */
export function settingOf(block: SourceBlock, key: string): SourceProperty | undefined {
  return propertiesIn(block).findLast((property) => property.key === key);
}

/** The blocks in a block, in file order. */
export function blocksIn(block: SourceBlock): readonly SourceBlock[] {
  return block.entries.filter((entry) => entry.kind === 'block');
}

/** A block and all blocks in it, outer ones before inner ones. */
export function withBlocksBelow(root: SourceBlock): readonly SourceBlock[] {
  const found = [root];
  // The list grows while it is gone through.
  for (const block of found) for (const entry of block.entries) if (entry.kind === 'block') found.push(entry);
  return found;
}

/** True where the load balancer sees the start of a block: a `{` in a line without `${`. */
export function opensBlock({ code }: ConfLine): boolean {
  return code.includes('{') && !code.includes('${');
}

interface OpenBlock extends SourceBlock {
  readonly entries: (SourceProperty | OpenBlock)[];
  readonly unreadable: ConfLine[];
  readonly strayCloses: ConfLine[];
  /** The index of the first line that is no longer in the block. */
  readonly limit: number;
}

function newBlock(name: string, header: ConfLine | undefined, close: ConfLine | undefined, limit: number): OpenBlock {
  return { kind: 'block', name, header, close, entries: [], unreadable: [], strayCloses: [], limit };
}

function currentOf(open: readonly OpenBlock[], root: OpenBlock): OpenBlock {
  return open.at(-1) ?? root;
}

/**
 * For each line the index of the line at which a block that it opens ends: the first at which the braces so far, one of
 * each kind a line, comments included, are one fewer than at the line itself.
 */
function closingLines(lines: readonly ConfLine[]): readonly (number | undefined)[] {
  const closes: (number | undefined)[] = Array.from({ length: lines.length });
  const waiting: { readonly index: number; readonly depth: number }[] = [];
  let depth = 0;
  lines.forEach(({ text }, index) => {
    depth += (text.includes('{') ? 1 : 0) - (text.includes('}') ? 1 : 0);
    for (let last = waiting.at(-1); last !== undefined && last.depth > depth; last = waiting.at(-1)) {
      closes[last.index] = index;
      waiting.pop();
    }
    waiting.push({ index, depth });
  });
  return closes;
}

/** A key up to the first white space and a value up to the first `;`; `undefined` where the load balancer stops. */
function readProperty(line: ConfLine): SourceProperty | undefined {
  const { code } = line;
  const [key = ''] = /^[^ \t\n\v\f\r]*/.exec(code) ?? [];
  const end = code.indexOf(';');
  if (end < key.length) return undefined;
  const raw = code.slice(key.length, end);
  const value = javaTrim(raw);
  const start = line.textStart + key.length + (value === '' ? raw.length : raw.indexOf(value));
  return { kind: 'property', key, value, valueSpan: { start, end: start + value.length }, line };
}
