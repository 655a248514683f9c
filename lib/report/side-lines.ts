import type { Span } from '../text/edit';

/** One side of a comparison. Lines end at LF only; a string may also hold one byte a character. */
export interface DiffSide {
  readonly text: string;
  /** What must not be shown, as offsets into the text. */
  readonly secrets: readonly Span[];
}

/** One line of a side. */
export interface SideLine {
  /** With its LF, where it has one. */
  readonly text: string;
  /** What must not be shown, as offsets into the line. */
  readonly secrets: readonly Span[];
}

/** The lines of a side; together they are its text. */
export function sideLines({ text, secrets }: DiffSide): readonly SideLine[] {
  const lines: SideLine[] = [];
  let next = 0;
  for (const { 0: content, index: start } of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    // The LF is not part of what may be masked, even where it is one byte of a wider character.
    const end = start + content.length - (content.endsWith('\n') ? 1 : 0);
    const inLine: Span[] = [];
    while ((secrets[next]?.end ?? Infinity) <= start) next++;
    for (let index = next; (secrets[index]?.start ?? Infinity) < end; index++) {
      const secret = secrets[index] ?? { start: end, end };
      inLine.push({ start: Math.max(secret.start, start) - start, end: Math.min(secret.end, end) - start });
    }
    lines.push({ text: content, secrets: inLine });
  }
  return lines;
}
