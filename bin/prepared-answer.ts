import { join } from 'node:path';
import { helpWidth, unknownWidth, widestHelp } from '../lib/cli/help-width';
import type { Io } from '../lib/cli/io';
import { builtFile } from './built-file';

/** The help as the build wrote it down: by the width of the output, and by the command; that of the program is under ''. */
export type PreparedHelp = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * What `--version`, `--help` and `COMMAND --help` print, so that nothing of the program need be loaded; undefined for all
 * other words, for a width for which the build wrote no help down, and where it wrote none.
 */
export function preparedAnswer(
  words: readonly string[],
  { stdout, version }: Pick<Io, 'stdout' | 'version'>,
): string | undefined {
  if (words.length === 1 && words[0] === '--version') return version;
  if (words.length > 2 || words.at(-1) !== '--help') return undefined;
  const source = builtFile(preparedHelpPath)?.toString('utf8');
  if (source === undefined) return undefined;
  const help = (JSON.parse(source) as PreparedHelp)[helpWidth(stdout.columns)] ?? {};
  const command = words.length === 2 ? (words[0] ?? '') : '';
  return Object.hasOwn(help, command) ? help[command] : undefined;
}

/** Where the build writes the help. */
export const preparedHelpPath = join(__dirname, 'help.json');

/** The widths for which the build writes the help: that of a pipe or a file, and that of a wide terminal. */
export const preparedWidths: readonly number[] = [unknownWidth, widestHelp];
