/** The name that somebody may have meant: the only one that begins so, or one a few letters away; `undefined` where none is near. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const plain = typed.toLowerCase().replaceAll('_', '-');
  const begun = names.filter((name) => plain !== '' && name.toLowerCase().startsWith(plain));
  if (begun.length === 1) return begun[0];
  const ranked = names
    .map((name) => ({ name, letters: distance(plain, name.toLowerCase()) }))
    .sort((a, b) => a.letters - b.letters);
  const [best] = ranked;
  return best && best.letters <= Math.max(1, Math.floor(plain.length / 4)) ? best.name : undefined;
}

/** The number of letters to insert, remove, replace or swap with their neighbour to get from `a` to `b`; dashes are free. */
function distance(a: string, b: string): number {
  const [from, to] = [a.replaceAll('-', ''), b.replaceAll('-', '')];
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const ways = [at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (isSame ? 0 : 1)];
      rows[row]?.push(Math.min(...ways, isSwapped ? at(row - 2, column - 2) + 1 : Infinity));
    }
  }
  return at(from.length, to.length);
}
