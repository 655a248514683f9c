import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { threeWay, type Region, type RegionKind } from '../../lib/report/three-way';
import { noteFigure } from '../prove/figures';
import { proofSize } from '../prove/proof-size';

const numRuns = proofSize({ usual: 300, proved: 1000 });

type Side = 'base' | 'theirs' | 'ours';

/** Texts of few different lines, so that lines are repeated, moved, and changed alike on both sides. */
const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\r\n', '\n', 'e'), { maxLength: 12 });

/** A text with a few lines taken away, put in or replaced, so that much of it stays. */
const edited = (base: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc
    .array(
      fc.tuple(
        fc.nat({ max: base.length }),
        fc.nat({ max: 2 }),
        fc.array(fc.constantFrom('a\n', 'x\n', 'y\n'), { maxLength: 2 }),
      ),
      {
        maxLength: 3,
      },
    )
    .map((edits) => {
      const lines = [...base];
      for (const [at, count, put] of edits) lines.splice(at, count, ...put);
      return lines;
    });

const descendants = text.chain((base) =>
  fc.record({ base: fc.constant(base), theirs: edited(base), ours: edited(base) }),
);

function kindOf(base: string, theirs: string, ours: string): RegionKind {
  if (theirs === ours) return theirs === base ? 'same' : 'both';
  if (ours === base) return 'theirs';
  return theirs === base ? 'ours' : 'conflict';
}

function kinds(regions: readonly Region[]): ReadonlySet<RegionKind> {
  return new Set(regions.map(({ kind }) => kind));
}

test('the regions cover all three texts without a gap, in order', () => {
  fc.assert(
    fc.property(descendants, (sides) => {
      const regions = threeWay(sides.base, sides.theirs, sides.ours);
      for (const side of ['base', 'theirs', 'ours'] as const) {
        const ranges = regions.map((region) => region[side]);
        const gaps = ranges.filter(({ start }, index) => start !== (ranges[index - 1]?.end ?? 0));
        const lines = ranges.flatMap(({ start, end }) => sides[side].slice(start, end));
        expect({ gaps, lines }).toEqual({ gaps: [], lines: sides[side] });
      }
    }),
    { numRuns },
  );
  noteFigure('drift', 'merged texts', numRuns);
});

test('every region is of the kind that its lines say', () => {
  fc.assert(
    fc.property(descendants, (sides) => {
      const others = threeWay(sides.base, sides.theirs, sides.ours).filter((region) => {
        const lines = (side: Side): string => sides[side].slice(region[side].start, region[side].end).join('');
        return region.kind !== kindOf(lines('base'), lines('theirs'), lines('ours'));
      });
      expect(others).toEqual([]);
    }),
    { numRuns },
  );
});

test('where one side is the base there is nothing of that side, and no conflict', () => {
  fc.assert(
    fc.property(descendants, ({ base, theirs }) => {
      expect([...kinds(threeWay(base, base, theirs))].filter((kind) => !['same', 'ours'].includes(kind))).toEqual([]);
      expect([...kinds(threeWay(base, theirs, base))].filter((kind) => !['same', 'theirs'].includes(kind))).toEqual([]);
      expect([...kinds(threeWay(base, theirs, theirs))].filter((kind) => !['same', 'both'].includes(kind))).toEqual([]);
    }),
    { numRuns },
  );
});

test.each<[string, string, string, string, readonly RegionKind[]]>([
  ['lines that touch are told apart', 'abc', 'xbc', 'ayc', ['theirs', 'ours', 'same']],
  ['what is put in at one place by both is one region', 'ab', 'axb', 'ayb', ['same', 'conflict', 'same']],
  ['what is put in behind a changed line is one with it', 'ab', 'xb', 'ayb', ['conflict', 'same']],
  ['changes that overlap are one', 'abcd', 'axxd', 'abyy', ['same', 'conflict']],
  ['the same is put in', 'ab', 'axb', 'axb', ['same', 'both', 'same']],
  ['everything is gone on one side', 'ab', '', 'ab', ['theirs']],
  ['nothing was there', '', 'a', 'b', ['conflict']],
  ['nothing at all', '', '', '', []],
])('%s', (_title, base, theirs, ours, expected) => {
  expect(threeWay([...base], [...theirs], [...ours]).map(({ kind }) => kind)).toEqual(expected);
});

test('two large texts with nothing in common are one region, in bounded time', () => {
  const [base, theirs] = ['base', 'theirs'].map((name) =>
    Array.from({ length: 60_000 }, (_, line) => `${name} ${line}\n`),
  );
  const regions = threeWay(base ?? [], theirs ?? [], base ?? []);
  expect(regions.map(({ kind }) => kind)).toEqual(['theirs']);
});
