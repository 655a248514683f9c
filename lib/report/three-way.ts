import { diffArrays } from 'diff/lib/diff/array.js';

/** A stretch of lines, `[start, end)`, counted from 0. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What became of a stretch of the base on both sides. `same`: nothing. `theirs`, `ours`: only that side changed it. `both`:
 * both changed it, to the same lines. `conflict`: both changed it, to different ones.
 */
export type RegionKind = 'same' | 'theirs' | 'ours' | 'both' | 'conflict';

/** A stretch of the base with what stands in its place on each side. */
export interface Region {
  readonly kind: RegionKind;
  readonly base: LineRange;
  readonly theirs: LineRange;
  readonly ours: LineRange;
}

/**
 * Compares two descendants of a base line by line, as diff3 does. The regions cover all three texts without a gap, in order.
 * Changes of lines that touch are told apart; one that puts lines in where another begins or ends is a region with it.
 * Where a side differs from the base in more than two thousand lines, it is one change as a whole.
 */
export function threeWay(
  base: readonly string[],
  theirs: readonly string[],
  ours: readonly string[],
): readonly Region[] {
  const hunks = [
    ...hunksOf(base, theirs).map((hunk): SideHunk => ({ ...hunk, by: 'theirs' })),
    ...hunksOf(base, ours).map((hunk): SideHunk => ({ ...hunk, by: 'ours' })),
  ].sort((a, b) => a.base.start - b.base.start || a.base.end - b.base.end);
  const regions: Region[] = [];
  let at: Position = { base: 0, theirs: 0, ours: 0 };
  const add = (kind: RegionKind, to: Position): void => {
    const [region, isEmpty] = [regionOf(kind, at, to), to.base === at.base && kind === 'same'];
    if (!isEmpty) regions.push(region);
    at = to;
  };
  for (const group of groupsOf(hunks)) {
    const [start, end] = [group[0].base.start, Math.max(...group.map((hunk) => hunk.base.end))];
    add('same', moved(at, start));
    const to = moved(at, end);
    const sizes = { theirs: growthOf(group, 'theirs'), ours: growthOf(group, 'ours') };
    const grown = { base: end, theirs: to.theirs + sizes.theirs, ours: to.ours + sizes.ours };
    const isSame = isSameLines(theirs.slice(at.theirs, grown.theirs), ours.slice(at.ours, grown.ours));
    add(kindOf(group, isSame), grown);
  }
  add('same', moved(at, base.length));
  return regions;
}

type Position = Readonly<Record<'base' | 'theirs' | 'ours', number>>;

interface Hunk {
  readonly base: LineRange;
  readonly side: LineRange;
}

interface SideHunk extends Hunk {
  readonly by: 'theirs' | 'ours';
}

/** More would take minutes where two large texts have nothing in common. */
const mostEdits = 2000;

function hunksOf(base: readonly string[], side: readonly string[]): readonly Hunk[] {
  const changes = diffArrays([...base], [...side], { maxEditLength: mostEdits });
  const whole = { base: { start: 0, end: base.length }, side: { start: 0, end: side.length } };
  if (changes === undefined) return [whole];
  const hunks: Hunk[] = [];
  let [baseAt, sideAt] = [0, 0];
  for (const { added, removed, count } of changes) {
    const [baseTo, sideTo] = [baseAt + (added ? 0 : count), sideAt + (removed ? 0 : count)];
    if (added || removed)
      addHunk(hunks, { base: { start: baseAt, end: baseTo }, side: { start: sideAt, end: sideTo } });
    [baseAt, sideAt] = [baseTo, sideTo];
  }
  return hunks;
}

/** What is taken away and what is put in its place is one hunk. */
function addHunk(hunks: Hunk[], { base, side }: Hunk): void {
  const last = hunks.at(-1);
  if (last?.base.end !== base.start || last.side.end !== side.start) hunks.push({ base, side });
  else {
    hunks[hunks.length - 1] = {
      base: { start: last.base.start, end: base.end },
      side: { start: last.side.start, end: side.end },
    };
  }
}

type Group = [SideHunk, ...SideHunk[]];

function groupsOf(hunks: readonly SideHunk[]): readonly Group[] {
  const groups: Group[] = [];
  let [start, end] = [0, -1];
  for (const hunk of hunks) {
    const last = groups.at(-1);
    const touches = hunk.base.start === end && (start === end || hunk.base.start === hunk.base.end);
    if (last !== undefined && (hunk.base.start < end || touches)) {
      last.push(hunk);
      end = Math.max(end, hunk.base.end);
    } else {
      groups.push([hunk]);
      ({ start, end } = hunk.base);
    }
  }
  return groups;
}

/** The place that is `base` lines into the base where nothing is changed on the way. */
function moved(from: Position, base: number): Position {
  const by = base - from.base;
  return { base, theirs: from.theirs + by, ours: from.ours + by };
}

function growthOf(group: Group, side: SideHunk['by']): number {
  return group
    .filter(({ by }) => by === side)
    .reduce((sum, hunk) => sum + hunk.side.end - hunk.side.start - (hunk.base.end - hunk.base.start), 0);
}

function kindOf(group: Group, isSame: boolean): RegionKind {
  const [{ by }] = group;
  if (group.every((hunk) => hunk.by === by)) return by;
  return isSame ? 'both' : 'conflict';
}

function isSameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

function regionOf(kind: RegionKind, from: Position, to: Position): Region {
  return {
    kind,
    base: { start: from.base, end: to.base },
    theirs: { start: from.theirs, end: to.theirs },
    ours: { start: from.ours, end: to.ours },
  };
}
