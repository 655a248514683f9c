import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { noteFigure } from '../prove/figures';
import { proofSize } from '../prove/proof-size';
import { fuzz } from './fuzz';
import { corpus, readSeeds } from './seeds';

// `FUZZ_RUNS=20000 FUZZ_SEED=7 npx jest __tests__/fuzz` looks longer, and elsewhere; `FUZZ_FIRST` begins at one case.
const runs = Number(process.env['FUZZ_RUNS'] ?? proofSize({ usual: 2000, proved: 20_000 }));
const run = Number(process.env['FUZZ_SEED'] ?? 1);
const first = Number(process.env['FUZZ_FIRST'] ?? 0);

const from = existsSync(corpus)
  ? 'fixtures and of files of real homes'
  : 'fixtures alone, as there is no ../shared/corpus';

test(
  `${runs} inputs with seed ${run}, made of ${from}, are taken or refused as promised, and in time`,
  async () => {
    const { failures, tried, accepted } = await fuzz(run, first, runs, readSeeds());
    expect({ run, failures }).toEqual({ run, failures: [] });
    noteFigure('fuzz', 'inputs', tried.xml + tried.conf + tried.cluster);
    // A fuzzer whose inputs are all refused tries nothing but the parsers.
    if (runs < 1000) return;
    for (const kind of ['xml', 'conf', 'cluster'] as const) {
      expect(accepted[kind]).toBeGreaterThan(tried[kind] / 20);
      expect(accepted[kind]).toBeLessThan(tried[kind] * 0.95);
    }
  },
  60_000 + runs * 50,
);
