import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import type { Place, PlaceInSource } from '../../errors';
import { positionAt, sourceLineAt } from '../../text/position';

/** The way to a value of a cluster file: keys of maps and indexes of lists. */
export type ValuePath = readonly (string | number)[];

/** Something that is wrong in the text of a cluster file. */
export interface SourceProblem {
  readonly place: PlaceInSource;
  readonly problem: string;
}

/** A cluster file as YAML (or JSON, which is YAML too) reads it. */
export interface ClusterSource {
  /** Plain values; `undefined` where the file is empty. */
  readonly value: unknown;
  /** Everything that keeps the text from being read, in the order of the file; then `value` says nothing. */
  readonly problems: readonly SourceProblem[];
  /** The place of the value at a path, or of the nearest value around it; `placeOf` adds the line, which takes time in a long file. */
  positionOf(path: ValuePath): Place;
  placeOf(path: ValuePath): PlaceInSource;
  /** The place of the key at a path, where its last part is a key of a map; else as `placeOf`. */
  placeOfKey(path: ValuePath): PlaceInSource;
}

/**
 * Reads the text of a cluster file. Only plain YAML 1.2 is taken: anchors, aliases, merge keys and tags are refused, so
 * that a value stands where it counts and a small file cannot become a huge one. Nothing is thrown.
 */
export function readClusterSource(text: string, path: string): ClusterSource {
  const lines = new LineCounter();
  const position = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    // The counter is empty for a text of one line.
    return { path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const place = (offset: number): PlaceInSource => ({ ...position(offset), sourceLine: sourceLineAt(text, offset) });
  const control = forbiddenCharacter.exec(text);
  if (control) {
    const problem = `holds U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}, which no text file has; is it a cluster file?`;
    const { line, column } = positionAt(text, control.index);
    return unreadable([{ place: { path, line, column, sourceLine: sourceLineAt(text, control.index) }, problem }]);
  }
  const deep = tooDeepAt(text);
  if (deep !== undefined)
    return unreadable([{ place: place(deep), problem: 'is nested too deeply for a cluster file' }]);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
    merge: false,
    logLevel: 'silent',
  });
  const errors = document.errors.map(({ code, message, pos }) => ({
    place: place(pos[0]),
    problem: parserProblems[code] ?? uncapitalised(message),
  }));
  const problems = [
    ...errors,
    ...refusedConstructs(document).map(({ offset, problem }) => ({ place: place(offset), problem })),
  ];
  if (problems.length > 0) return unreadable(problems);
  const value: unknown = document.toJS() ?? undefined;
  return {
    value,
    problems: [],
    positionOf: (at) => position(nodeAt(document, at)?.range?.[0] ?? 0),
    placeOf: (at) => place(nodeAt(document, at)?.range?.[0] ?? 0),
    placeOfKey: (at) => place(keyAt(document, at)?.range?.[0] ?? nodeAt(document, at)?.range?.[0] ?? 0),
  };
}

/** Control characters other than tab, line feed, carriage return and next line, which YAML does not allow. */
// eslint-disable-next-line no-control-regex
const forbiddenCharacter = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/;

const parserProblems: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'is indented with a tab; YAML wants spaces',
  DUPLICATE_KEY: 'is a key that this map has already',
  MULTIPLE_DOCS: 'begins a second document; a cluster file holds one',
};

/** Far beyond what a cluster file needs. */
const deepest = 64;

/**
 * Where a text is nested too deeply, or `undefined`. Asked before it is parsed, as the parser goes down once a level and
 * would take the process with it. Brackets in quotes count too, which no cluster file has in such numbers.
 */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth = '[{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return index;
  }
  // Each level of a block is indented by a column at least, or begins with a dash or a question mark.
  const indented = new RegExp(`^[ ?-]{${4 * deepest}}`, 'm').exec(text);
  return indented === null ? undefined : indented.index + 4 * deepest;
}

function uncapitalised(message: string): string {
  return message.slice(0, 1).toLowerCase() + message.slice(1);
}

function unreadable(problems: readonly SourceProblem[]): ClusterSource {
  const place = (problems[0] as SourceProblem).place;
  return { value: undefined, problems, positionOf: () => place, placeOf: () => place, placeOfKey: () => place };
}

interface RefusedConstruct {
  readonly offset: number;
  readonly problem: string;
}

function refusedConstructs(document: Document): readonly RefusedConstruct[] {
  const refused: RefusedConstruct[] = [];
  const refuse = (
    node: { readonly range?: readonly [number, ...number[]] | null | undefined },
    problem: string,
  ): void => {
    refused.push({ offset: node.range?.[0] ?? 0, problem });
  };
  visit(document, {
    Alias: (_key, node) => refuse(node, `*${node.source} is an alias; write the value out here`),
    Node: (_key, node) => {
      if ('anchor' in node && typeof node.anchor === 'string')
        refuse(node, `has the anchor &${node.anchor}; anchors are not taken, write values out where they count`);
      if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
        refuse(node, `has the tag ${node.tag}; tags are not taken`);
    },
    Pair: (_key, { key }) => {
      if (!isScalar(key)) refuse((key ?? {}) as Node, 'is a key that is no plain text');
      else if (key.value === '<<') refuse(key, '<< merges another map; write its values out here');
    },
  });
  return refused;
}

function nodeAt(document: Document, path: ValuePath): Node | undefined {
  let node: unknown = document.contents;
  for (const part of path) {
    const next: unknown = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))?.value
      : isSeq(node)
        ? node.items[Number(part)]
        : undefined;
    if (next === undefined || next === null) break;
    node = next;
  }
  return (node ?? undefined) as Node | undefined;
}

function keyAt(document: Document, path: ValuePath): Node | undefined {
  const map = nodeAt(document, path.slice(0, -1));
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
  return isPair(pair) ? (pair.key as Node) : undefined;
}
