/** The most time that making an input smaller may take, in ms. */
const patience = 8000;

/** A smaller input that fails too: parts are left out, large ones first, as long as that keeps the failure. */
export async function minimise(bytes: Buffer, fails: (bytes: Buffer) => Promise<boolean>): Promise<Buffer> {
  const end = Date.now() + patience;
  let smallest = bytes;
  for (let size = smallest.length >> 1; size > 0; size = nextSize(size, smallest.length)) {
    let wasMade = false;
    for (let at = 0; at < smallest.length;) {
      if (Date.now() > end) return smallest;
      const shorter = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      if (await fails(shorter)) {
        smallest = shorter;
        wasMade = true;
      } else at += size;
    }
    if (wasMade && size === 1) size = 2;
  }
  return smallest;
}

function nextSize(size: number, length: number): number {
  return Math.min(size >> 1, Math.max(length >> 1, 1));
}
