import type { AnyCommand, OptionTable } from './command';
import { nearestName } from '../text/nearest-name';

/** What yargs makes of words: the options by name, and the other words as `_`. */
export type ParsedArguments = Readonly<Record<string, unknown>>;

/** True for a word that yargs takes for an option; a negative number is a value. */
export function isFlag(word: string): boolean {
  return /^-\D/.test(word);
}

/**
 * What is wrong with the options in these words before anything is parsed: those that the command does not have, with the
 * one that may have been meant, and values that are missing, empty or too many. Words after `--` are no options.
 */
export function checkWords(words: readonly string[], options: OptionTable): readonly string[] {
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? words.length : end).flatMap((word, index) => {
    if (!isFlag(word)) return [];
    const [, dashes = '', typed = '', value] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const name = declaredName(dashes, typed, options);
    if (name === undefined) return [undeclaredFlag(dashes, typed, options)];
    if (options[name]?.type === 'boolean') return value === undefined ? [] : [`--${name} takes no value`];
    const given = value ?? words[index + 1];
    if (given === '') return [`--${name} must not be empty`];
    return given === undefined || (value === undefined && isFlag(given)) ? [`--${name} needs a value`] : [];
  });
}

/** What is wrong with what was parsed, apart from the values themselves: missing, repeated, or not asked for. */
export function checkArguments(
  args: ParsedArguments,
  { options, operand }: Pick<AnyCommand, 'options' | 'operand'>,
): readonly string[] {
  const [first, ...others] = wordsOf(args);
  const missing = operand !== undefined && !first ? [`${operand} is missing`] : [];
  const rest = operand === undefined && first !== undefined ? [first, ...others] : others;
  return [
    ...missing,
    ...Object.keys(options).flatMap((name) => checkOption(name, args[name], options)),
    ...rest.map((word) => `unexpected argument ${JSON.stringify(word)}`),
  ];
}

/** The word that is no option; empty where there is none. */
export function operandOf(args: ParsedArguments): string {
  return wordsOf(args)[0] ?? '';
}

function wordsOf(args: ParsedArguments): readonly string[] {
  const words = args['_'];
  return Array.isArray(words) ? words.map(String) : [];
}

function declaredName(dashes: string, typed: string, options: OptionTable): string | undefined {
  if (dashes === '--') return Object.hasOwn(options, typed) ? typed : undefined;
  return Object.keys(options).find((name) => options[name]?.alias === typed);
}

function undeclaredFlag(dashes: string, typed: string, options: OptionTable): string {
  if (/pass|pwd/i.test(typed) && Object.hasOwn(options, 'db-password-file')) {
    return 'no option takes a password, as others could see it in the list of processes; put it into a file for --db-password-file, or into the environment variable CARBON_PATCH_DB_PASSWORD';
  }
  const nearest = nearestName(typed, Object.keys(options));
  if (nearest !== undefined) return `unknown option ${dashes}${typed}; did you mean --${nearest}?`;
  // What follows a single letter may be its value, and that may be a password.
  return `unknown option ${dashes === '--' || typed.length < 2 ? dashes + typed : `-${typed.slice(0, 1)}…`}`;
}

function checkOption(name: string, value: unknown, options: OptionTable): readonly string[] {
  const { type, array, demandOption } = options[name] ?? {};
  if (value === undefined) return demandOption ? [`--${name} is missing`] : [];
  if (type === 'boolean') return [];
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  return given.length > 1 && !array ? [`--${name} is given ${given.length} times; give it once`] : [];
}
