import yargs, { type Argv } from 'yargs';
import { commands } from './commands';
import { exitCodes, type ExitCode } from './exit-code';
import { usesColor, type Io } from './io';

/**
 * Runs the program with its words (without `node` and the script) and gives its exit code; never ends the process.
 * Whatever goes wrong is told on stderr; `DEBUG=carbon-patch` adds the stack.
 */
export async function run(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await parseAndRun(words, io);
  } catch (error) {
    const { errorText } = await import('../report/error-text');
    io.stderr.write(`carbon-patch: ${errorText(error, { color: usesColor(io.stderr, io) })}\n`);
    if (io.env['DEBUG']?.includes('carbon-patch') && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    return exitCodes.refused;
  }
}

/** What the parser found: help or version text, a wrong command line, or a command to run. */
interface Parsed {
  output: string;
  problem: string | undefined;
  start: (() => Promise<ExitCode>) | undefined;
}

async function parseAndRun(words: readonly string[], io: Io): Promise<ExitCode> {
  const parsed: Parsed = { output: '', problem: undefined, start: undefined };
  const parser = commandLine(io, parsed);
  await parser.parseAsync([...words], {}, (_error, _parsed, output) => {
    parsed.output = output;
  });
  if (parsed.problem !== undefined) {
    io.stderr.write(`carbon-patch: ${parsed.problem}\nTry carbon-patch --help, or carbon-patch COMMAND --help.\n`);
    return exitCodes.refused;
  }
  if (parsed.start !== undefined) return parsed.start();
  io.stdout.write(`${parsed.output}\n`);
  return exitCodes.done;
}

function commandLine(io: Io, parsed: Parsed): Argv {
  const parser = yargs()
    .scriptName('carbon-patch')
    .locale('en')
    .parserConfiguration({ 'camel-case-expansion': false, 'duplicate-arguments-array': false, 'greedy-arrays': false })
    .usage('$0 COMMAND\n\nTurns an existing WSO2 Carbon home into a cluster node, losslessly.')
    .version(io.version)
    .help()
    .alias('help', 'h')
    .wrap(Math.min(110, io.stdout.columns))
    .demandCommand(1, 'name a command')
    .strict()
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message: string | undefined, error: Error | undefined) => {
      parsed.problem = message ?? error?.message ?? 'the command line cannot be understood';
      parsed.start = undefined;
    })
    .epilogue('Exit codes: 0 done or nothing to do, 1 differences found, 2 refused or failed and nothing written.');
  for (const { name, summary, examples, prepare } of commands) {
    let start: ReturnType<typeof prepare> | undefined;
    parser.command(
      name,
      summary,
      (command) => {
        start = prepare(command);
        for (const [line, meaning] of examples) command.example(line, meaning);
      },
      (args) => {
        parsed.start = () => (start ? start(args, io) : Promise.resolve(exitCodes.refused));
      },
    );
  }
  return parser;
}
