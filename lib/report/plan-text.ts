import type { FilePatch, Plan } from '../plan/plan';
import { paint, printable, printableLine, type ColorOptions, type Tone } from './color';
import { shownChanges, type SecretOptions, type ShownChange } from './mask-change';
import { maskProse } from './mask-secrets';
import { newFileLine } from './new-file-line';
import { targetName } from './target-name';

/**
 * What a plan does, for people: for each file the number of changes and one line a change with `+` (new), `~` (other) or
 * `-` (removed), the line in the file as it is now, the target and the values; then the files that are made, and the notes.
 * Each line ends in LF.
 * Secrets are masked unless they are to be shown.
 */
export function planText(plan: Plan, options: SecretOptions & ColorOptions): string {
  const files = plan.patches.flatMap((patch) => fileLines(patch, options));
  const notes = plan.notes.map(
    (note) => `note: ${printableLine(options.showSecrets === true ? note : maskProse(note))}`,
  );
  const newFiles = plan.newFiles.map((file) => newFileLine(file, options));
  const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
  return [lines(files), ...newFiles, lines(notes)].join('');
}

function fileLines(patch: FilePatch, options: SecretOptions & ColorOptions): readonly string[] {
  const { path, edits, changes } = patch;
  if (edits.length === 0) return [`${paint(printableLine(path), 'heading', options)}: nothing to do`];
  const width = Math.max(...changes.map(({ line }) => String(line).length));
  const count = `${changes.length} change${changes.length === 1 ? '' : 's'}`;
  return [
    `${paint(printableLine(path), 'heading', options)}: ${count}`,
    ...shownChanges(patch, options).map((change) => changeLine(change, width, options)),
  ];
}

function changeLine(shown: ShownChange, width: number, options: SecretOptions & ColorOptions): string {
  const { line } = shown.change;
  const [symbol, tone] = symbolOf(shown);
  const values = [shown.before, shown.after].filter((value) => value !== undefined).map(shortValue);
  const head = paint(symbol, tone, options);
  return `  ${head} ${String(line).padStart(width)} ${printableLine(targetName(shown.change, options))}: ${values.join(' → ')}`;
}

function symbolOf({ before, after }: ShownChange): readonly [string, Tone] {
  if (before === undefined) return ['+', 'added'];
  return after === undefined ? ['-', 'removed'] : ['~', 'changed'];
}

const longestValue = 80;

/** On one line, cut where it is long; quoted where it is empty or begins or ends with white space. */
function shortValue(value: string): string {
  const line = /[<{]/.test(value) ? value.replace(/\s*[\r\n]\s*/g, ' ') : value.replace(/[\r\n]+/g, ' ');
  const characters = [...printable(line)];
  const cut =
    characters.length > longestValue ? `${characters.slice(0, longestValue - 1).join('')}…` : characters.join('');
  return cut === '' || cut !== cut.trim() ? `"${cut}"` : cut;
}
