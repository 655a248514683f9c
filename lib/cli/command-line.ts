import type { Argv } from 'yargs';
import { checkArguments, checkWords, isFlag, operandOf, type ParsedArguments } from './check-arguments';
import type { AnyCommand } from './command';
import { commands } from './commands';
import { helpWidth } from './help-width';
import { inWords } from './in-words';
import type { Io } from './io';
import { parseWords } from './parse-words';
import { nearestName } from '../text/nearest-name';

/** What the words of a command line come to. */
export type CommandLine =
  | { readonly kind: 'print'; readonly text: string }
  /** Whole clauses without a dot, at least one, which may hold secrets; and the command that was meant, if any. */
  | { readonly kind: 'wrong'; readonly problems: readonly string[]; readonly command: string | undefined }
  | { readonly kind: 'run'; readonly command: AnyCommand; readonly args: ParsedArguments; readonly operand: string };

/** Reads the words after the name of the program. The command comes first; nothing is run or printed here. */
export async function readCommandLine(
  words: readonly string[],
  io: Pick<Io, 'stdout' | 'version'>,
): Promise<CommandLine> {
  const [name = '', ...rest] = words[0] === 'help' ? [...words.slice(1), '--help'] : words;
  const command = commands.find((candidate) => candidate.name === name);
  const flags = flagsOf([name, ...rest]);
  if (flags.includes('--help') || flags.includes('-h')) {
    const parser = await (command ? commandParser(command, io) : programParser(io));
    return { kind: 'print', text: await parser.getHelp() };
  }
  if (flags.includes('--version')) return { kind: 'print', text: io.version };
  return command ? readArguments(command, rest) : wrongName(name);
}

async function readArguments(command: AnyCommand, words: readonly string[]): Promise<CommandLine> {
  const wrong = (problems: readonly string[]): CommandLine => ({ kind: 'wrong', problems, command: command.name });
  const wrongWords = checkWords(words, command.options);
  if (wrongWords.length > 0) return wrong(wrongWords);
  const args = await parseWords(words, command.options);
  const problems = checkArguments(args, command);
  return problems.length > 0 ? wrong(problems) : { kind: 'run', command, args, operand: operandOf(args) };
}

function wrongName(name: string): CommandLine {
  const names = commands.map((command) => command.name);
  const nearest = nearestName(name, names);
  const problem =
    name === '' || name.startsWith('-')
      ? `name a command first: ${inWords(names)}`
      : `unknown command ${JSON.stringify(name)}; ${nearest === undefined ? `it must be ${inWords(names)}` : `did you mean ${nearest}?`}`;
  return { kind: 'wrong', problems: [problem], command: undefined };
}

/** The options in front of `--`, after which nothing is one. */
function flagsOf(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? words.length : end).filter(isFlag);
}

async function programParser(io: Pick<Io, 'stdout'>): Promise<Argv> {
  const parser = (await plainParser(io))
    .usage('$0 COMMAND [OPTION]...\n\nTurns existing WSO2 Carbon homes into the nodes of a cluster, losslessly.')
    .example('$0 apply --role worker --home /opt/esb --dry-run', 'Show what would change')
    .example('$0 apply --help', 'Show the options of a command')
    .options({ version: { type: 'boolean', describe: 'Show the version' } });
  for (const { name, summary } of commands) parser.command(name, summary);
  return parser;
}

async function commandParser(command: AnyCommand, io: Pick<Io, 'stdout'>): Promise<Argv> {
  const { name, usage, summary, options, examples } = command;
  const parser = (await plainParser(io)).usage(`$0 ${name} ${usage}\n\n${summary}`).options(options);
  for (const [line, meaning] of examples) parser.example(line, meaning);
  return parser;
}

async function plainParser({ stdout }: Pick<Io, 'stdout'>): Promise<Argv> {
  const { default: yargs } = await import('yargs');
  return yargs()
    .scriptName('carbon-patch')
    .locale('en')
    .updateStrings({ boolean: 'flag', string: 'value', array: 'value, repeatable' })
    .parserConfiguration({ 'greedy-arrays': false, 'parse-positional-numbers': false })
    .version(false)
    .help('help', 'Show this help')
    .alias('help', 'h')
    .wrap(helpWidth(stdout.columns))
    .exitProcess(false)
    .showHelpOnFail(false)
    .epilogue(
      [
        'Exit codes: 0 done or nothing to do; 1 something was found (diff, check, ports, check-log);',
        '            2 refused or failed, and nothing written.',
        'Environment: CARBON_PATCH_CLUSTER names the cluster file; CARBON_PATCH_SET sets values in it, one a line;',
        '             CARBON_PATCH_DB_PASSWORD is the database password;',
        '             NO_COLOR switches off the colours of a terminal.',
      ].join('\n'),
    );
}
