/**
 * How many cases a test tries: `usual` in a run by hand, `proved` in CI and in `npm run prove`, where the figures of
 * docs/reliability.md are made.
 */
export function proofSize({ usual, proved }: { readonly usual: number; readonly proved: number }): number {
  return process.env['CI'] !== undefined || process.env['PROVE_FIGURES'] !== undefined ? proved : usual;
}
