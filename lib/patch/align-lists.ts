/** A stretch of two lists: items that differ, or one pair of equal items. */
export interface AlignedStretch<Left, Right> {
  readonly left: readonly Left[];
  readonly right: readonly Right[];
}

/**
 * Two lists cut into stretches in order. An equal pair is a stretch of one and one; between such pairs stand the items that
 * have no equal. There are as many equal pairs as possible (a longest common subsequence), unless both lists are long: then
 * only what they have in common at their beginnings and ends is paired.
 */
export function alignLists<Left, Right>(
  left: readonly Left[],
  right: readonly Right[],
  equal: (left: Left, right: Right) => boolean,
): readonly AlignedStretch<Left, Right>[] {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && equal(left[start] as Left, right[start] as Right)) start++;
  let end = 0;
  while (end < shorter - start && equal(left.at(-1 - end) as Left, right.at(-1 - end) as Right)) end++;
  const middle = { left: left.slice(start, left.length - end), right: right.slice(start, right.length - end) };
  const isLong = middle.left.length * middle.right.length > longestTable;
  return [
    ...pairs(left.slice(0, start), right.slice(0, start)),
    ...(isLong ? [middle] : alignMiddle(middle.left, middle.right, equal)),
    ...pairs(left.slice(left.length - end), right.slice(right.length - end)),
  ];
}

/** A table of this many cells takes a moment; one for two lists of ten thousand would take all memory. */
const longestTable = 250_000;

function pairs<Left, Right>(left: readonly Left[], right: readonly Right[]): readonly AlignedStretch<Left, Right>[] {
  return left.map((one, index) => ({ left: [one], right: right.slice(index, index + 1) }));
}

function alignMiddle<Left, Right>(
  left: readonly Left[],
  right: readonly Right[],
  equal: (left: Left, right: Right) => boolean,
): readonly AlignedStretch<Left, Right>[] {
  const lengths = commonLengths(left, right, equal);
  const stretches: AlignedStretch<Left, Right>[] = [];
  let open: { left: Left[]; right: Right[] } = { left: [], right: [] };
  const close = (): void => {
    if (open.left.length + open.right.length > 0) stretches.push(open);
    open = { left: [], right: [] };
  };
  for (let row = 0, column = 0; row < left.length || column < right.length;) {
    const one = left[row];
    const other = right[column];
    if (one !== undefined && other !== undefined && equal(one, other)) {
      close();
      stretches.push({ left: [one], right: [other] });
      row++;
      column++;
    } else if (
      one !== undefined &&
      (other === undefined || at(lengths, row + 1, column) >= at(lengths, row, column + 1))
    ) {
      open.left.push(one);
      row++;
    } else {
      if (other !== undefined) open.right.push(other);
      column++;
    }
  }
  close();
  return stretches;
}

type Table = readonly (readonly number[])[];

const at = (table: Table, row: number, column: number): number => table[row]?.[column] ?? 0;

/** For each pair of suffixes the length of their longest common subsequence. */
function commonLengths<Left, Right>(
  left: readonly Left[],
  right: readonly Right[],
  equal: (left: Left, right: Right) => boolean,
): Table {
  const table = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      const one = left[row];
      const other = right[column];
      const isPair = one !== undefined && other !== undefined && equal(one, other);
      const cell = isPair
        ? at(table, row + 1, column + 1) + 1
        : Math.max(at(table, row + 1, column), at(table, row, column + 1));
      const cells = table[row];
      if (cells) cells[column] = cell;
    }
  }
  return table;
}
