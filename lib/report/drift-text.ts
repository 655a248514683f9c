import { paint, printable, type ColorOptions } from './color';
import { driftPicture, type DriftPicture, type DriftPlace, type PlaceKind } from './drift-picture';
import { driftOf, type DriftedFiles } from './drift-of';
import { rowTexts, type SideRow } from './drift-rows';

/**
 * The files of a PLAN_STALE or UNDO_CONFLICT, for people; empty for any other error. For each place what it was, what it is now, and what the plan or
 * undo wants, with the line in the file as it is now, in the manner of diff3. Secrets are masked on every side, and what
 * would steer a terminal is made visible. Long lines, places and lists are cut, with a count. Each line ends in LF.
 */
export function driftText(error: unknown, options: ColorOptions): string {
  const { files, wantedBy } = driftOf(error) ?? { files: [], wantedBy: 'plan' };
  const shown = files.slice(0, mostFiles).flatMap((file) => fileLines(driftPicture(file), wantedBy, options));
  const rest = files.length > mostFiles ? [`… and ${files.length - mostFiles} more files`] : [];
  return [...shown, ...rest].map((line) => `${line}\n`).join('');
}

type WantedBy = DriftedFiles['wantedBy'];

const mostFiles = 10;
const mostPlaces = 20;

function fileLines(
  { path, notes, places }: DriftPicture,
  wantedBy: WantedBy,
  options: ColorOptions,
): readonly string[] {
  const shown = shownPlaces(places);
  const left = places.filter((place) => !shown.includes(place));
  return [
    `${paint(printable(path), 'heading', options)}: ${summary(places, wantedBy)}`,
    ...notes.map((note) => `  ${printable(note)}`),
    ...shown.flatMap((place) => placeLines(place, wantedBy, options)),
    ...(left.length > 0 ? [`  … and ${summary(left, wantedBy)}`] : []),
  ];
}

/** What only the plan or undo changes is left out first: it is in their own diff, and nobody is in its way. */
function shownPlaces(places: readonly DriftPlace[]): readonly DriftPlace[] {
  if (places.length <= mostPlaces) return places;
  const ofOthers = places.filter(({ kind }) => kind !== 'ours');
  return (ofOthers.length === 0 ? places : ofOthers).slice(0, mostPlaces);
}

const kinds: readonly PlaceKind[] = ['conflict', 'theirs', 'both', 'ours', 'unknown'];

function summary(places: readonly DriftPlace[], wantedBy: WantedBy): string {
  const counts = kinds.flatMap((kind) => {
    const count = places.filter((place) => place.kind === kind).length;
    return count === 0 ? [] : [`${count} ${summaryOf(kind, count, wantedBy)}`];
  });
  return counts.length === 0 ? 'no place to compare' : counts.join(', ');
}

function summaryOf(kind: PlaceKind, count: number, wantedBy: WantedBy): string {
  const words: Readonly<Record<PlaceKind, string>> = {
    conflict: count === 1 ? 'conflict' : 'conflicts',
    theirs: 'changed by somebody else only',
    both: `changed by somebody else as the ${wantedBy} wants`,
    ours: `changed by the ${wantedBy} only`,
    unknown: `other than the ${wantedBy} wants`,
  };
  return words[kind];
}

function placeLines(place: DriftPlace, wantedBy: WantedBy, options: ColorOptions): readonly string[] {
  const { kind, base = [], now, wanted } = place;
  const rows: readonly SideRow[] = [
    ...(kind === 'ours' || kind === 'unknown' ? [] : [{ name: 'was', lines: base, tone: undefined }]),
    { name: 'now', lines: now, tone: 'changed' },
    ...(kind === 'theirs' || kind === 'both' ? [] : [{ name: 'wanted', lines: wanted, tone: 'added' } as const]),
  ];
  const heading = `${placeName(place)}: ${placeWords(kind, wantedBy)}`;
  return [`  ${paint(heading, 'place', options)}`, ...rowTexts(rows, options)];
}

function placeName({ line, now }: DriftPlace): string {
  if (now.length === 0) return `before line ${line}`;
  return now.length === 1 ? `line ${line}` : `lines ${line}-${line + now.length - 1}`;
}

function placeWords(kind: PlaceKind, wantedBy: WantedBy): string {
  const words: Readonly<Record<PlaceKind, string>> = {
    conflict: `CONFLICT, changed by somebody else, and otherwise by the ${wantedBy}`,
    theirs: 'changed by somebody else only',
    both: `changed by somebody else, as the ${wantedBy} wants`,
    ours: `changed by the ${wantedBy} only`,
    unknown: `not as the ${wantedBy} wants`,
  };
  return words[kind];
}
