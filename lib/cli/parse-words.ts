import type { ParsedArguments } from './check-arguments';
import type { OptionTable } from './command';

/**
 * What the words come to by these options, as yargs parses them: with its own parser alone, since all of yargs takes several
 * times as long to load. The words were looked at by `checkWords` before.
 */
export async function parseWords(words: readonly string[], options: OptionTable): Promise<ParsedArguments> {
  const { default: parser } = await import('yargs-parser');
  const namesWhere = (isMeant: (option: OptionTable[string]) => boolean): string[] =>
    Object.keys(options).filter((name) => isMeant(options[name] ?? {}));
  const { argv, error } = parser.detailed([...words], {
    alias: Object.fromEntries(Object.entries(options).map(([name, { alias = [] }]) => [name, [alias].flat()])),
    boolean: namesWhere(({ type }) => type === 'boolean'),
    string: namesWhere(({ type }) => type === 'string'),
    array: namesWhere(({ array }) => array === true),
    narg: Object.fromEntries(Object.entries(options).map(([name, { nargs = 1 }]) => [name, nargs])),
    configuration: { 'greedy-arrays': false, 'parse-positional-numbers': false },
  });
  if (error instanceof Error) throw error;
  return argv;
}
