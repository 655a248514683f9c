import { driftPicture, type DriftPlace, type PictureLine, type PlaceKind } from './drift-picture';
import { driftOf } from './drift-of';

/** One file that is not as it was found or left, as JSON; see `PlanJson` for the promise of `formatVersion`. */
export interface DriftJson {
  readonly path: string;
  /** What the places do not tell; in words. */
  readonly notes: readonly string[];
  /** In the order of the file. */
  readonly places: readonly PlaceJson[];
  /** How many more places there are. */
  readonly placesLeftOut: number;
}

/** A place of such a file. */
export interface PlaceJson {
  readonly kind: PlaceKind;
  /** The first line in the file as it is now, from 1; where there is none, the line before which it would stand. */
  readonly line: number;
  /** Null where it is not known. */
  readonly base: LinesJson | null;
  readonly now: LinesJson;
  readonly wanted: LinesJson;
}

/** What a side has at a place. */
export interface LinesJson {
  /** Without their line ends, secrets masked. */
  readonly lines: readonly string[];
  /** The lines, from 0, that look like those of the side before, and differ in a secret. */
  readonly differInSecret: readonly number[];
  /** How many more lines there are. */
  readonly linesLeftOut: number;
}

const mostPlaces = 500;
const mostLines = 200;

/** The files of a PLAN_STALE or UNDO_CONFLICT as JSON, secrets masked; empty for any other error. */
export function driftJson(error: unknown): readonly DriftJson[] {
  return (driftOf(error)?.files ?? []).map((file) => {
    const { path, notes, places } = driftPicture(file);
    const shown = places.slice(0, mostPlaces);
    return { path, notes, places: shown.map(placeJson), placesLeftOut: places.length - shown.length };
  });
}

function placeJson({ kind, line, base, now, wanted }: DriftPlace): PlaceJson {
  return { kind, line, base: base ? linesJson(base) : null, now: linesJson(now), wanted: linesJson(wanted) };
}

function linesJson(lines: readonly PictureLine[]): LinesJson {
  const shown = lines.slice(0, mostLines);
  return {
    lines: shown.map(({ text }) => text),
    differInSecret: shown.flatMap(({ differsInSecret }, index) => (differsInSecret ? [index] : [])),
    linesLeftOut: lines.length - shown.length,
  };
}
