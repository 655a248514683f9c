/** Chance that a seed repeats: the same seed gives the same answers in the same order. */
export interface Random {
  /** A whole number from 0 up to, but without, `limit`; 0 where the limit is none. */
  below(limit: number): number;
  /** True once in `cases` times. */
  isOneIn(cases: number): boolean;
  /** One of a list that is not empty. */
  pick<Value>(values: readonly Value[]): Value;
}

/** The chance of one case: a number for the run, and the number of the case in it. */
export function randomOf(seed: number, index: number): Random {
  let state = mix(mix(seed) ^ index);
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    return limit <= 0 ? 0 : Math.floor((mix(state) / 2 ** 32) * limit);
  };
  return {
    below,
    isOneIn: (cases) => below(cases) === 0,
    pick: <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value,
  };
}

/** 32 bits made of 32 bits, in which each depends on all (the finaliser of MurmurHash3). */
function mix(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}
