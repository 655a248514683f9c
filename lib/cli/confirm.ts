import { paint } from '../report/color';
import { say, usesColor, type Io } from './io';

/** Whether a person is asked before files are written: on a terminal, unless `--yes` was given. */
export function asksBeforeWriting({ yes }: { readonly yes: boolean | undefined }, { stdin }: Io): boolean {
  return stdin.isTerminal && !yes;
}

/**
 * Asks a person. Only `y` and `yes` mean yes; an empty line and the end of input mean no, and then a line on stderr says
 * that nothing was written.
 */
export async function isConfirmed(question: string, io: Io): Promise<boolean> {
  const prompt = paint(`${question} [y/N] `, 'heading', { color: usesColor(io.stderr, io) });
  if (/^y(?:es)?$/i.test((await io.question(prompt)).trim())) return true;
  say(io, 'Nothing was written.');
  return false;
}
