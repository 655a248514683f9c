type WithoutUndefined<Values> = { [Key in keyof Values]: Exclude<Values[Key], undefined> };

/** The entries that have a value. */
export function withoutUndefined<Values extends object>(values: Values): WithoutUndefined<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as WithoutUndefined<Values>;
}

/** The map, or `undefined` where it holds nothing. */
export function orUndefined<Values extends object>(values: Values): Values | undefined {
  return Object.keys(values).length === 0 ? undefined : values;
}
