import { printable } from '../report/color';
import type { Io } from './io';

/** Says how far a long work is, on one line of a terminal that is written anew; nothing elsewhere, or where there is little to do. */
export interface Progress {
  readonly onProgress: (done: number, total: number) => void;
  /** Takes the line away, at the end or for another line; the next progress shows it again. */
  end(): void;
}

/** One line of a terminal that is written anew, for what takes an unknown time; nothing elsewhere. */
export interface StatusLine {
  show(text: string): void;
  /** Takes the line away. */
  end(): void;
}

/** A status line on stderr. */
export function statusLine({ stderr }: Pick<Io, 'stderr'>): StatusLine {
  let shown = '';
  const write = (text: string): void => {
    if (!stderr.isTerminal || text === shown) return;
    // Not wider than the terminal, where a line that is written anew would leave its beginning behind.
    const cut = printable(text).slice(0, Math.max(1, stderr.columns - 1));
    stderr.write(`\r${cut.padEnd(shown.length)}${cut === '' ? '\r' : ''}`);
    shown = cut;
  };
  return { show: write, end: () => write('') };
}

/** Fewer are done before anybody wonders. */
const fewest = 10;

/** A progress line that begins with `what`, such as `Planning`. */
export function progressLine(what: string, { stderr }: Pick<Io, 'stderr'>): Progress {
  const line = statusLine({ stderr });
  return {
    onProgress: (done, total) => {
      // Not more often than a hundred times, as a terminal can be slow.
      const step = Math.max(1, Math.floor(total / 100));
      if (total >= fewest && (done % step === 0 || done === total)) line.show(`${what} ${done} of ${total}`);
    },
    end: () => line.end(),
  };
}
