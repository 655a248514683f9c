import { isMap, isScalar, isSeq, type Document, type Node } from 'yaml';
import type { Place, PlaceInSource } from '../../errors';
import { lineIndex } from '../../text/position';
import { readPlainYaml } from './plain-yaml';
import { shownLine } from './secret-lines';

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
  /** What keeps the text from being read, in the order of the file, the first hundred; then `value` says nothing. */
  readonly problems: readonly SourceProblem[];
  /** The place of the value at a path, or of the nearest value around it; `placeOf` adds the line, with secrets hidden. */
  positionOf(path: ValuePath): Place;
  placeOf(path: ValuePath): PlaceInSource;
  /** The place of the key at a path, where its last part is a key of a map; else as `placeOf`. */
  placeOfKey(path: ValuePath): PlaceInSource;
}

/** Reads the text of a cluster file as plain YAML; `path` is what places call it. Nothing is thrown. */
export function readClusterSource(text: string, path: string): ClusterSource {
  const { positionOf, placeOf } = placesIn(text, path);
  const { document, problems } = readPlainYaml(text);
  if (document === undefined) {
    const first = problems
      .toSorted((a, b) => a.offset - b.offset)
      .slice(0, mostProblems)
      .map(({ offset, problem }) => ({ place: placeOf(offset), problem }));
    const place = (): PlaceInSource => placeOf(0);
    return { value: undefined, problems: first, positionOf: place, placeOf: place, placeOfKey: place };
  }
  const offsetOf = (node: Node | undefined): number => node?.range?.[0] ?? 0;
  const value: unknown = document.toJS() ?? undefined;
  return {
    value,
    problems: [],
    positionOf: (at) => positionOf(offsetOf(nodeAt(document, at))),
    placeOf: (at) => placeOf(offsetOf(nodeAt(document, at))),
    placeOfKey: (at) => placeOf(offsetOf(keyAt(document, at) ?? nodeAt(document, at))),
  };
}

/** Nobody reads more; a file that is no cluster file at all can have a problem in every line. */
const mostProblems = 100;

interface Places {
  readonly positionOf: (offset: number) => Place;
  readonly placeOf: (offset: number) => PlaceInSource;
}

function placesIn(text: string, path: string): Places {
  const index = lineIndex(text);
  const positionOf = (offset: number): Place => ({ path, ...index.positionAt(offset) });
  const placeOf = (offset: number): PlaceInSource => {
    const place = positionOf(offset);
    const lineStart = index.offsetAt(place.line, 1) ?? 0;
    const next = index.offsetAt(place.line + 1, 1) ?? text.length;
    const lineEnd = lineStart + text.slice(lineStart, next).replace(/(?:\r\n?|\n)$/, '').length;
    return { ...place, sourceLine: shownLine(text, lineStart, lineEnd, offset) };
  };
  return { positionOf, placeOf };
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
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)))?.key as
    Node | undefined;
}
