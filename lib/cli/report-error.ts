import { CarbonPatchError } from '../errors';
import { driftOf } from '../report/drift-of';
import { errorText } from '../report/error-text';
import { maskProse } from '../report/mask-secrets';
import { printable, printableLine } from '../report/color';
import { jsonText } from '../text/json-text';
import { usesColor, type Io } from './io';

/** An error as the JSON document of a command that was given `--json`; see `PlanJson` for the promise of `formatVersion`. */
export interface ErrorJson {
  readonly formatVersion: 1;
  readonly error: ErrorContent;
}

/** One error, with secrets masked. */
export interface ErrorContent {
  /** A code of the library, or `COMMAND_LINE_INVALID`, or `UNEXPECTED`. */
  readonly code: string;
  /** For people, as on stderr; it may have several lines. */
  readonly message: string;
  /** What the code carries, such as `path`, `line` and `column`; `causes` are errors of their own. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Tells an error on stderr, and with `json` on stdout too; files that somebody changed with a picture of each.
 * `DEBUG=carbon-patch` adds where it was thrown.
 */
export async function reportError(error: unknown, { json }: { readonly json: boolean }, io: Io): Promise<void> {
  const color = usesColor(io.stderr, io);
  io.stderr.write(`carbon-patch: ${errorText(error, { color })}\n`);
  // Loaded for these errors only, as comparing files takes more than telling about one.
  const isDrift = driftOf(error) !== undefined;
  if (isDrift) io.stderr.write((await import('../report/drift-text')).driftText(error, { color }));
  if (io.env['DEBUG']?.includes('carbon-patch') && error instanceof Error) io.stderr.write(framesOf(error));
  if (!json) return;
  const content = errorContent(error);
  const drift = isDrift && { drift: (await import('../report/drift-json')).driftJson(error) };
  printJson({ ...content, details: { ...content.details, ...drift } }, io);
}

/** Tells on stderr, and with `json` on stdout too, why a command line cannot be run. */
export function reportProblems(
  problems: readonly string[],
  { json, command }: { readonly json: boolean; readonly command: string | undefined },
  io: Io,
): void {
  const shown = problems.map((problem) => printableLine(maskProse(problem)));
  for (const problem of shown) io.stderr.write(`carbon-patch: ${problem}\n`);
  io.stderr.write(`Try ${['carbon-patch', command, '--help'].filter(Boolean).join(' ')}\n`);
  if (json) printJson({ code: 'COMMAND_LINE_INVALID', message: shown.join('\n'), details: { problems: shown } }, io);
}

function printJson(error: ErrorContent, { stdout }: Io): void {
  const document: ErrorJson = { formatVersion: 1, error };
  stdout.write(jsonText(document));
}

function errorContent(error: unknown): ErrorContent {
  const message = errorText(error, {});
  if (!isKnown(error)) return { code: 'UNEXPECTED', message, details: {} };
  return { code: error.code, message, details: maskedDetails(error.details) };
}

function isKnown(error: unknown): error is CarbonPatchError {
  return error instanceof CarbonPatchError;
}

function maskedDetails(details: object): Readonly<Record<string, unknown>> {
  // A line of a malformed file can hide a secret from whoever looks for it; the message has what of it may be shown.
  // What drifted is told apart, by a report that knows what of it is a secret.
  const hidden: readonly string[] = 'sourceLine' in details ? ['sourceLine', 'problem'] : ['drift'];
  const shown = Object.entries(details).filter(([name]) => !hidden.includes(name));
  return Object.fromEntries(shown.map(([name, value]) => [name, masked(value)]));
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskProse(value);
  if (value instanceof Error) return errorContent(value);
  return Array.isArray(value) ? value.map(masked) : value;
}

/** Without the message, which stands above with its secrets masked. */
function framesOf({ message, stack = '' }: Error): string {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return frames
    .split('\n')
    .filter((line) => /^ {4}at .*[:)]/.test(line))
    .map((line) => `${printable(line)}\n`)
    .join('');
}
