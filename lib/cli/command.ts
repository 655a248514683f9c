import type { InferredOptionTypes, Options } from 'yargs';
import type { ExitCode } from './exit-code';
import type { Io } from './io';

/** The options of a command by their names, as yargs declares them. Options with a value are of type `string`. */
export type OptionTable = Readonly<Record<string, Options>>;

/** One command of the program. */
export interface Command<Table extends OptionTable> {
  readonly name: string;
  /** What follows the name, for the first line of the help. */
  readonly usage: string;
  /** What the one word is that is no option, as the usage calls it, for a command that needs one. */
  readonly operand?: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  /** Command lines with what they do, for the help of the command; `$0` stands for the program. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  readonly options: Table;
  /** Does the work; modules that cost time to load are imported in here. Errors are thrown. `operand` is empty where the command has none. */
  run(args: InferredOptionTypes<Table>, io: Io, operand: string): Promise<ExitCode>;
}

/** A command whose arguments are no longer known by type, as the list of commands holds it. */
export interface AnyCommand extends Omit<Command<OptionTable>, 'run'> {
  /** Runs the command with what yargs made of its options. */
  readonly run: (parsed: unknown, io: Io, operand: string) => Promise<ExitCode>;
}

/** A command for the list of commands. */
export function registered<Table extends OptionTable>(command: Command<Table>): AnyCommand {
  return {
    ...command,
    // What is run was parsed by the options of this very command and checked against them.
    run: (parsed, io, operand) => command.run(parsed as InferredOptionTypes<Table>, io, operand),
  };
}
