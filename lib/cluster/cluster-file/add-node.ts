import { isMap, isSeq, type Document, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { lineEndAt, lineStartAt, newlineAt } from '../../text/layout';
import { applyEdits, type TextEdit } from '../../text/edit';
import { readPlainYaml } from './plain-yaml';
import { entryLines, flowText, jsonText } from './yaml-lines';

/** The values of a new node by their keys, in the order in which they are written. */
export type NodeEntry = Readonly<Record<string, unknown>>;

/**
 * The edit that adds a node to the end of the list of a cluster file, in the style of the node at `like`: on one line, or a
 * line for each key. Everything else stays as it is. `undefined` where the list is written in a way that no entry can be
 * added to for sure.
 */
export function addNode(text: string, like: number, entry: NodeEntry): TextEdit | undefined {
  const { document } = readPlainYaml(text);
  const nodes: unknown = document?.get('nodes', true);
  const model = isSeq(nodes) ? nodes.items[like] : undefined;
  if (document === undefined || !isSeq(nodes) || !isMap(model)) return undefined;
  const edit = nodes.flow ? inBrackets(text, nodes, model, entry) : inBlock(text, nodes, model, entry);
  return edit !== undefined && addsOnly(document, applyEdits(text, [edit]), entry) ? edit : undefined;
}

/** The values as a cluster file has them at a place of its list; `undefined` where there is none. */
export function nodeEntryAt(text: string, index: number): NodeEntry | undefined {
  const value = readPlainYaml(text).document?.toJS() as { readonly nodes?: readonly NodeEntry[] } | undefined;
  return value?.nodes?.[index];
}

/** Read again, the file must say what it said, and the node at the end. */
function addsOnly(before: Document, text: string, entry: NodeEntry): boolean {
  const { document } = readPlainYaml(text);
  if (document === undefined) return false;
  const old = before.toJS() as { readonly nodes: readonly unknown[] };
  return JSON.stringify(document.toJS()) === JSON.stringify({ ...old, nodes: [...old.nodes, entry] });
}

function inBrackets(text: string, nodes: YAMLSeq, model: YAMLMap, entry: NodeEntry): TextEdit | undefined {
  const last = rangeOf(nodes.items.at(-1));
  if (last === undefined) return undefined;
  const start = lineStartAt(text, last.start);
  const before = text.slice(start, last.start);
  const isOwnLine = before.trim() === '';
  const comma = /^\s*,/.exec(text.slice(last.end))?.[0];
  const at = last.end + (comma?.length ?? 0);
  const gap = isOwnLine ? newlineAt(text, last.start) + before : ' ';
  return {
    span: { start: at, end: at },
    newText: `${comma === undefined ? ',' : ''}${gap}${oneLine(text, model, entry)}`,
  };
}

function inBlock(text: string, nodes: YAMLSeq, model: YAMLMap, entry: NodeEntry): TextEdit | undefined {
  const last = rangeOf(nodes.items.at(-1));
  const dash = last && /(?:^|\n)([ \t]*)-([ \t]+)$/.exec(text.slice(0, last.start));
  if (last === undefined || !dash) return undefined;
  const [, indent = '', gap = ' '] = dash;
  const lines = model.flow
    ? [oneLine(text, model, entry)]
    : Object.entries(entry).flatMap(([key, value]) => entryLines(key, value));
  const written = lines.map((line, index) => `${indent}${index === 0 ? '-' : ' '}${gap}${line}`);
  const newline = newlineAt(text, last.start);
  const at = endOfItem(text, last.end, indent.length);
  const isComplete = at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r';
  const newText = isComplete ? written.map((line) => line + newline).join('') : newline + written.join(newline);
  return { span: { start: at, end: at }, newText };
}

/** Behind the last line of an item, with the comments that are indented further than its dash. */
function endOfItem(text: string, end: number, indent: number): number {
  let at = /[\r\n]/.test(text[end - 1] ?? '') ? end : behindLine(text, end);
  for (;;) {
    const line = text.slice(at, lineEndAt(text, at));
    const [, blanks] = /^([ \t]*)#/.exec(line) ?? [];
    if (blanks === undefined || blanks.length <= indent) return at;
    at = behindLine(text, at);
  }
}

function behindLine(text: string, offset: number): number {
  const end = lineEndAt(text, offset);
  return end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0);
}

function oneLine(text: string, model: YAMLMap, entry: NodeEntry): string {
  const { start = 0 } = rangeOf(model) ?? {};
  return /^\{\s*"/.test(text.slice(start, start + 200)) ? jsonText(entry) : flowText(entry);
}

function rangeOf(node: unknown): { readonly start: number; readonly end: number } | undefined {
  const range = (node as Node | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}
