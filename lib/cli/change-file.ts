import { applyLooseFile } from '../plan/loose-file';
import type { FilePatch } from '../plan/plan';
import { diffBytes, diffText, type DiffOptions } from '../report/unified-diff';
import { asksBeforeWriting, isConfirmed } from './confirm';
import { exitCodes, type ExitCode } from './exit-code';
import { say, usesColor, type Io } from './io';

/** What a command says about the change of its file. */
export interface FileChangeWords {
  /** For the journal, beside the version of the program. */
  readonly label: Readonly<Record<string, string>>;
  /** The command that takes it back. */
  readonly undo: string;
}

/** Shows the diff of one file that is in no home, asks where somebody can answer, and writes it; as `apply` does for homes. */
export async function changeFile(
  patch: FilePatch,
  { label, undo }: FileChangeWords,
  args: { readonly 'dry-run': boolean | undefined; readonly yes: boolean | undefined },
  io: Io,
): Promise<ExitCode> {
  if (patch.edits.length === 0) {
    say(io, `Nothing to do: ${patch.path} is as wanted already.`);
    return exitCodes.done;
  }
  printFileDiff(patch, io);
  if (args['dry-run']) {
    say(io, 'Dry run: nothing was written.');
    return exitCodes.done;
  }
  if (asksBeforeWriting(args, io) && !(await isConfirmed(`Write ${patch.path}?`, io))) return exitCodes.refused;
  // A diff that could not be shown has not been seen by anybody: `run` tells why.
  if ((await io.stdout.settled()) !== undefined) return exitCodes.refused;
  const { inPlace } = await applyLooseFile(patch, { tool: `carbon-patch ${io.version}`, ...label });
  if (inPlace.length > 0) say(io, `${patch.path} is a mount point and was overwritten in place.`);
  say(io, `Wrote ${patch.path}. To take it back: ${undo}`);
  return exitCodes.done;
}

/** Prints the diff of a file under its whole path, as `patch -p1 -d /` takes it. */
export function printFileDiff(patch: FilePatch, io: Io, options: DiffOptions = {}): void {
  const named = { ...patch, path: patch.path.replace(/^\/+/, '') };
  const color = usesColor(io.stdout, io);
  io.stdout.write(io.stdout.isTerminal ? diffText(named, { ...options, color }) : diffBytes(named, options));
}
