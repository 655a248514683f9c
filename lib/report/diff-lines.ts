import { structuredPatch } from 'diff/lib/patch/create.js';
import { mask, maskSpans } from './mask-secrets';
import { sideLines, type DiffSide, type SideLine } from './side-lines';

/** The lines of a unified diff, each with its LF; none where the two sides are the same text. */
export interface DiffLines {
  readonly header: readonly string[];
  readonly body: readonly string[];
}

/**
 * Compares the real lines of both sides, with 3 lines of context, and shows them with the secrets masked: a line of
 * which only a secret differs is a changed line, with the mask on both sides. `maskText` is what stands for a secret.
 */
export function diffLines(path: string, before: DiffSide, after: DiffSide, maskText: string = mask): DiffLines {
  if (before.text === after.text) return { header: [], body: [] };
  const { hunks } = structuredPatch('', '', before.text, after.text, undefined, undefined, { context: 3 });
  const oldLines = sideLines(before);
  const newLines = sideLines(after);
  const body: string[] = [];
  for (const hunk of hunks) {
    let oldIndex = hunk.oldStart - 1;
    let newIndex = hunk.newStart - 1;
    body.push(`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@\n`);
    for (const line of hunk.lines) {
      const sign = line.charAt(0);
      // The library's own mark for a missing line end; it is written below, where the line itself tells.
      if (sign === '\\') continue;
      const oldLine = sign === '+' ? undefined : oldLines[oldIndex++];
      const newLine = sign === '-' ? undefined : newLines[newIndex++];
      body.push(...shownLine(sign, oldLine, newLine, maskText));
    }
  }
  return { header: [`--- ${fileName(`a/${path}`)}\n`, `+++ ${fileName(`b/${path}`)}\n`], body };
}

/** A context line is masked where either side has a secret. */
function shownLine(
  sign: string,
  oldLine: SideLine | undefined,
  newLine: SideLine | undefined,
  maskText: string,
): readonly string[] {
  const text = (oldLine ?? newLine)?.text ?? '';
  const shown = maskSpans(text, [...(oldLine?.secrets ?? []), ...(newLine?.secrets ?? [])], maskText);
  return text.endsWith('\n') ? [sign + shown] : [`${sign}${shown}\n`, '\\ No newline at end of file\n'];
}

/** As GNU diff and git write it: the count 1 is left out; an empty range names the line before it. */
function range(start: number, count: number): string {
  if (count === 1) return String(start);
  return `${count === 0 ? start - 1 : start},${count}`;
}

/** As git writes it: quoted where it has to be, and a tab after a name with blanks, which tells `patch` where it ends. */
function fileName(name: string): string {
  if (/["\\]|[^\x20-\x7e]/.test(name)) return `"${[...new TextEncoder().encode(name)].map(quotedByte).join('')}"`;
  return name.includes(' ') ? `${name}\t` : name;
}

const escapes: ReadonlyMap<number, string> = new Map(
  [...'\x07a\bb\tt\nn\vv\ff\rr""\\\\'.matchAll(/(.)(.)/gs)].map(([, char, letter]) => [
    char?.charCodeAt(0) ?? 0,
    `\\${letter}`,
  ]),
);

function quotedByte(byte: number): string {
  const escaped = escapes.get(byte);
  if (escaped !== undefined) return escaped;
  return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
}
