import { applyLooseFile } from '../plan/loose-file';
import type { FilePatch } from '../plan/plan';
import { diffBytes, diffText, type DiffOptions } from '../report/unified-diff';
import { asksBeforeWriting, isConfirmed } from './confirm';
import { exitCodes, type ExitCode } from './exit-code';
import { say, usesColor, type Io, type Output } from './io';

/** What a command says about the change of its file. */
export interface FileChangeWords {
  /** For the journal, beside the version of the program. */
  readonly label: Readonly<Record<string, string>>;
  /** The command that takes it back. */
  readonly undo: string;
}

/** How a change is asked for. */
export interface FileChangeArguments {
  readonly 'dry-run': boolean | undefined;
  readonly yes: boolean | undefined;
  /** True where stdout is kept for one document, which the caller prints. */
  readonly json: boolean | undefined;
}

/** What became of a change. */
export interface FileChangeOutcome {
  readonly code: ExitCode;
  readonly isWritten: boolean;
}

/** Shows the diff of one file that is in no home, asks where somebody can answer, and writes it; as `apply` does for homes. */
export async function changeFile(
  patch: FilePatch,
  { label, undo }: FileChangeWords,
  args: FileChangeArguments,
  io: Io,
): Promise<FileChangeOutcome> {
  if (patch.edits.length === 0) {
    say(io, `Nothing to do: ${patch.path} is as wanted already.`);
    return { code: exitCodes.done, isWritten: false };
  }
  const isAsked = !args['dry-run'] && asksBeforeWriting(args, io);
  // Whoever is asked has to see what about.
  if (!args.json || isAsked) printFileDiff(patch, args.json ? io.stderr : io.stdout, io);
  if (args['dry-run']) {
    say(io, 'Dry run: nothing was written.');
    return { code: exitCodes.done, isWritten: false };
  }
  if (isAsked && !(await isConfirmed(`Write ${patch.path}?`, io))) return { code: exitCodes.refused, isWritten: false };
  // A diff that could not be shown has not been seen by anybody: `run` tells why.
  if ((await io.stdout.settled()) !== undefined) return { code: exitCodes.refused, isWritten: false };
  const { inPlace } = await applyLooseFile(patch, { tool: `carbon-patch ${io.version}`, ...label });
  if (inPlace.length > 0) say(io, `${patch.path} is a mount point and was overwritten in place.`);
  say(io, `Wrote ${patch.path}. To take it back: ${undo}`);
  return { code: exitCodes.done, isWritten: true };
}

/** Prints the diff of a file under its whole path, as `patch -p1 -d /` takes it. */
export function printFileDiff(patch: FilePatch, output: Output, io: Pick<Io, 'env'>, options: DiffOptions = {}): void {
  const named = { ...patch, path: patch.path.replace(/^\/+/, '') };
  const color = usesColor(output, io);
  output.write(output.isTerminal ? diffText(named, { ...options, color }) : diffBytes(named, options));
}
