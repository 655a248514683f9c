/** A list that has a first item. */
export type NonEmpty<Item> = readonly [Item, ...Item[]];

/** What `work` gives for each item, one after the other. */
export async function eachOf<Item, Result>(
  [first, ...others]: NonEmpty<Item>,
  work: (item: Item) => Promise<Result>,
): Promise<NonEmpty<Result>> {
  const results: [Result, ...Result[]] = [await work(first)];
  for (const item of others) results.push(await work(item));
  return results;
}
