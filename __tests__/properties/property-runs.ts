import fc from 'fast-check';
import { noteFigure } from '../prove/figures';
import { proofSize } from '../prove/proof-size';

/** How many cases each property tries; `npm run properties` tries 20,000, and `PROPERTY_RUNS` any number. */
export const propertyRuns = Number(process.env['PROPERTY_RUNS'] ?? proofSize({ usual: 100, proved: 560 }));

/** Fails, with a small counterexample, unless the property of documents and patches holds in every case. */
export function expectAlways<Values>(property: fc.IProperty<Values>, runs: number = propertyRuns): void {
  fc.assert(property, { numRuns: runs, maxSkipsPerRun: 1000 });
  noteFigure('properties', 'documents and patches', runs);
}
