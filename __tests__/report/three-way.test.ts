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

function kinds(regions: readonly Region[]): ReadonlySet<RegionKind> {
  return new Set(regions.map(({ kind }) => kind));
}

test('the regions cover all three texts without a gap, in order', () => {
  fc.assert(
    fc.property(descendants, (sides) => {
      const regions = threeWay(sides.base, sides.theirs, sides.ours);
      for (const side of ['base', 'theirs', 'ours'] as const) {
        expect(regions.flatMap((region) => sides[side].slice(region[side].start, region[side].end))).toEqual(
          sides[side],
        );
        const ends = [0, ...regions.map((region) => region[side].end)];
        expect(regions.map((region) => region[side].start)).toEqual(ends.slice(0, -1));
      }
    }),
    { numRuns },
  );
  noteFigure('drift', 'merged texts', numRuns);
});

test('every region is of the kind that its lines say', () => {
  fc.assert(
    fc.property(descendants, (sides) => {
      for (const region of threeWay(sides.base, sides.theirs, sides.ours)) {
        const lines = (side: Side): string => sides[side].slice(region[side].start, region[side].end).join('');
        const [base, theirs, ours] = [lines('base'), lines('theirs'), lines('ours')];
        const isAsItSays = {
          same: base === theirs && base === ours,
          theirs: base !== theirs && base === ours,
          ours: base === theirs && base !== ours,
          both: base !== theirs && theirs === ours,
          conflict: base !== theirs && base !== ours && theirs !== ours,
        };
        expect({ region, isAsItSays: isAsItSays[region.kind] }).toEqual({ region, isAsItSays: true });
      }
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
