import type { Argv } from 'yargs';
import type { ExitCode } from './exit-code';
import type { Io } from './io';

/** One command of the program. */
export interface Command<Arguments> {
  readonly name: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  /** Command lines with what they do, for the help of the command. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  options(yargs: Argv): Argv<Arguments>;
  /** Does the work; modules that cost time to load are imported in here. Errors are thrown. */
  run(args: Arguments, io: Io): Promise<ExitCode>;
}

/** A command whose arguments are no longer known by type, as the list of commands holds it. */
export interface AnyCommand {
  readonly name: string;
  readonly summary: string;
  readonly examples: Command<unknown>['examples'];
  /** Declares the options on `yargs` and gives back what runs the command with what yargs parsed. */
  readonly prepare: (yargs: Argv) => (parsed: unknown, io: Io) => Promise<ExitCode>;
}

/** A command for the list of commands. */
export function registered<Arguments>(command: Command<Arguments>): AnyCommand {
  return {
    name: command.name,
    summary: command.summary,
    examples: command.examples,
    prepare: (yargs) => {
      command.options(yargs);
      // yargs parses by the options declared on the line above, which is what `Arguments` is made from.
      return (parsed, io) => command.run(parsed as Arguments, io);
    },
  };
}
