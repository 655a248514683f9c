import { exitCodes, type ExitCode } from './exit-code';
import { say, type Io } from './io';

/** The exit code, or that of a failure where stdout did not take all that was written to it, which is told on stderr. */
export async function settledCode(code: ExitCode, io: Io): Promise<ExitCode> {
  const problem = await io.stdout.settled();
  if (problem === undefined) return code;
  say(io, `carbon-patch: stdout cannot be written: ${problem}`);
  return exitCodes.refused;
}
