import type { Io } from './io';

/** Says how far a long work is, on one line of a terminal that is written anew; nothing elsewhere, or where there is little to do. */
export interface Progress {
  readonly onProgress: (done: number, total: number) => void;
  /** Takes the line away, at the end or for another line; the next progress shows it again. */
  end(): void;
}

/** Fewer are done before anybody wonders. */
const fewest = 10;

/** A progress line that begins with `what`, such as `Planning`. */
export function progressLine(what: string, { stderr }: Pick<Io, 'stderr'>): Progress {
  let shown = '';
  const show = (text: string): void => {
    stderr.write(`\r${text.padEnd(shown.length)}${text === '' ? '\r' : ''}`);
    shown = text;
  };
  return {
    onProgress: (done, total) => {
      // Not more often than a hundred times, as a terminal can be slow.
      const step = Math.max(1, Math.floor(total / 100));
      if (stderr.isTerminal && total >= fewest && (done % step === 0 || done === total))
        show(`${what} ${done} of ${total}`);
    },
    end: () => {
      if (shown !== '') show('');
    },
  };
}
