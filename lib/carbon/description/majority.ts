/** The value that most have; of equally frequent ones the first, and `undefined` where there is none. What is `undefined` has no vote. */
export function majority<Value>(values: Iterable<Value | undefined>): Value | undefined {
  const counts = new Map<string, { readonly value: Value; readonly count: number }>();
  for (const value of values) {
    if (value === undefined) continue;
    const key = JSON.stringify(value);
    counts.set(key, { value: counts.get(key)?.value ?? value, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  let best: { readonly value: Value; readonly count: number } | undefined;
  for (const one of counts.values()) if (one.count > (best?.count ?? 0)) best = one;
  return best?.value;
}

/** The value that all have, or `undefined` where one has another, one has none, or nobody is asked. */
export function unanimous<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  const [first] = values;
  return values.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined;
}
