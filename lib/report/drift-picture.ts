import type { DriftedFile } from '../errors';
import type { DecodedText } from '../text/encoding';
import { driftLines, type ThreeSides } from './drift-lines';
import { malformation, textSide, type TextSide } from './drift-side';
import { maskProse, maskSpans } from './mask-secrets';
import type { SideLine } from './side-lines';
import { threeWay, type LineRange, type Region, type RegionKind } from './three-way';

/**
 * What happened at a place of a file that drifted. `theirs`: somebody changed it, and the plan or undo leaves it as it was.
 * `ours`: only the plan or undo changes it. `both`: somebody changed it to what is wanted. `conflict`: somebody changed it to
 * something else than is wanted. `unknown`: what it was is not known, so nothing tells these apart.
 */
export type PlaceKind = Exclude<RegionKind, 'same'> | 'unknown';

/** A place of a file that drifted, with its lines on each side; secrets are masked on all of them. */
export interface DriftPlace {
  readonly kind: PlaceKind;
  /** The first of its lines in the file as it is now, from 1; where there is none, the line before which they would stand. */
  readonly line: number;
  /** `undefined` where it is not known. */
  readonly base: readonly PictureLine[] | undefined;
  readonly now: readonly PictureLine[];
  readonly wanted: readonly PictureLine[];
}

/** One line as it may be shown. */
export interface PictureLine {
  /** Without its line end. */
  readonly text: string;
  readonly end: '' | '\n' | '\r\n';
  /** True where it looks like the line of the side before it, and differs in a secret. */
  readonly differsInSecret: boolean;
}

/** The picture of one file that is not as it was found or left. */
export interface DriftPicture {
  readonly path: string;
  /** What the places do not tell, in whole words and with secrets masked: that the file is gone, or in another encoding. */
  readonly notes: readonly string[];
  /** In the order of the file; none where there is no text to compare. */
  readonly places: readonly DriftPlace[];
}

/** Compares the contents of a file that drifted: three ways where it is known what the file was, else two ways. */
export function driftPicture({ path, base, now, wanted }: DriftedFile): DriftPicture {
  const sides = { base: textSide(path, base), now: textSide(path, now), wanted: textSide(path, wanted) };
  const problem = 'decoded' in sides.now ? malformation(path, sides.now.decoded) : undefined;
  const notes = [
    ...missingNotes(sides).map(maskProse),
    ...(problem === undefined ? [] : [`as it is now it cannot be used: ${problem}`]),
    ...formNotes(sides),
  ];
  return { path, notes, places: placesOf(sides, { isNowMalformed: problem !== undefined }) };
}

type Sides = ThreeSides<TextSide>;

function placesOf({ base, now, wanted }: Sides, options: { readonly isNowMalformed: boolean }): readonly DriftPlace[] {
  if (!('decoded' in now) || !('decoded' in wanted)) return [];
  const known = 'decoded' in base ? base.decoded : undefined;
  const reference = known ?? wanted.decoded;
  const texts = {
    // Two ways are three of which two are the same.
    base: comparedText(known ?? now.decoded, reference),
    now: comparedText(now.decoded, reference),
    wanted: comparedText(wanted.decoded, reference),
  };
  const lines = driftLines(texts, options);
  const regions = threeWay(textsOf(lines.base), textsOf(lines.now), textsOf(lines.wanted));
  return regions.filter(({ kind }) => kind !== 'same').map((region) => placeOf(region, lines, known !== undefined));
}

function textsOf(lines: readonly SideLine[]): readonly string[] {
  return lines.map(({ text }) => text);
}

function missingNotes({ base, now, wanted }: Sides): readonly string[] {
  return [
    ...('missing' in now ? [`as it is now it cannot be compared: ${now.missing}`] : []),
    ...('missing' in base ? [`what it was is not known: ${base.missing}`] : []),
    ...('missing' in wanted ? [`what it is to become is not known: ${wanted.missing}`] : []),
  ];
}

function formNotes({ base, now, wanted }: Sides): readonly string[] {
  const reference = 'decoded' in base ? base : wanted;
  if (!('decoded' in now) || !('decoded' in reference)) return [];
  const [was, is] = [reference.decoded, now.decoded];
  const mark = is.byteOrderMark ? 'it begins with a byte order mark now' : 'it no longer begins with a byte order mark';
  const [wasEnd, isEnd] = [lineEndOf(was.text), lineEndOf(is.text)];
  return [
    ...(was.encoding === is.encoding ? [] : [`it is in ${is.encoding} now, not in ${was.encoding}`]),
    ...(was.byteOrderMark === is.byteOrderMark ? [] : [mark]),
    ...(wasEnd === isEnd ? [] : [`its lines end in ${isEnd} now, not in ${wasEnd}; they are compared without that`]),
    ...(isSame(base, now) ? ['it is as it was again'] : []),
    ...(isSame(now, wanted) ? ['it is already as it is to become'] : []),
  ];
}

function isSame(one: TextSide, other: TextSide): boolean {
  if (!('decoded' in one) || !('decoded' in other)) return false;
  const [a, b] = [one.decoded, other.decoded];
  return a.text === b.text && a.encoding === b.encoding && a.byteOrderMark === b.byteOrderMark;
}

/** How most of the lines end. */
function lineEndOf(text: string): 'LF' | 'CRLF' {
  const all = text.split('\n').length - 1;
  return text.split('\r\n').length - 1 > all / 2 ? 'CRLF' : 'LF';
}

/** The text with the line ends of the reference where most of them are others, or every line would differ. */
function comparedText({ text }: DecodedText, reference: DecodedText): string {
  const wanted = lineEndOf(reference.text);
  if (lineEndOf(text) === wanted) return text;
  return text.replace(/\r?\n/g, wanted === 'LF' ? '\n' : '\r\n');
}

function placeOf(region: Region, lines: ThreeSides<readonly SideLine[]>, isKnown: boolean): DriftPlace {
  const base = isKnown ? linesIn(lines.base, region.base) : undefined;
  const now = linesIn(lines.now, region.theirs);
  const wanted = linesIn(lines.wanted, region.ours);
  return {
    kind: isKnown && region.kind !== 'same' ? region.kind : 'unknown',
    line: region.theirs.start + 1,
    base: base?.map((line) => pictureLine(line, undefined)),
    now: now.map((line, index) => pictureLine(line, base?.[index])),
    wanted: wanted.map((line, index) => pictureLine(line, now[index])),
  };
}

function linesIn(lines: readonly SideLine[], { start, end }: LineRange): readonly SideLine[] {
  return lines.slice(start, end);
}

function pictureLine(line: SideLine, before: SideLine | undefined): PictureLine {
  const [text, end] = shownLine(line);
  const differsInSecret =
    before !== undefined && before.text !== line.text && shownLine(before).join('') === text + end;
  return { text, end, differsInSecret };
}

function shownLine({ text, secrets }: SideLine): readonly [text: string, end: PictureLine['end']] {
  const end = text.endsWith('\r\n') ? '\r\n' : text.endsWith('\n') ? '\n' : '';
  return [maskSpans(text.slice(0, text.length - end.length), secrets), end];
}
