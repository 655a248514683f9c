/** Takes the bytes of a log piece by piece and gives its lines; the pieces may end anywhere. */
export interface LineSplitter {
  push(bytes: Uint8Array): void;
  /** Gives what follows the last line end as a line, if it is anything. */
  end(): void;
}

/** What is kept of one line, in bytes; a server can log a whole message in one. */
const mostBytes = 16 * 1024;

/** The byte that ends a line. */
export const lineFeed = 0x0a;

/**
 * Splits at LF; a CR before it belongs to the line end. Lines are read as UTF-8, with U+FFFD for bytes that are none, and
 * of a line that is longer than 16 KiB the rest is left out, so that any log takes bounded memory.
 */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  let pending: Uint8Array[] = [];
  let pendingLength = 0;
  const keep = (bytes: Uint8Array): void => {
    const room = mostBytes - pendingLength;
    if (room <= 0 || bytes.length === 0) return;
    // A copy, as the caller reads the next piece into the same memory.
    const kept = bytes.slice(0, room);
    pending.push(kept);
    pendingLength += kept.length;
  };
  const give = (): void => {
    onLine(textOf(pending.length === 1 ? (pending[0] as Uint8Array) : Buffer.concat(pending)));
    pending = [];
    pendingLength = 0;
  };
  return {
    push: (bytes) => {
      let start = 0;
      for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
        if (pendingLength === 0) onLine(textOf(bytes.subarray(start, Math.min(end, start + mostBytes))));
        else {
          keep(bytes.subarray(start, end));
          give();
        }
        start = end + 1;
      }
      keep(bytes.subarray(start));
    },
    end: () => {
      if (pendingLength > 0) give();
    },
  };
}

function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
