import { CarbonPatchError, inOneLine, isCarbonPatchError, type PlaceInSource } from '../errors';
import type { Span } from '../text/edit';
import { paint, printable, printableLine, type ColorOptions } from './color';
import { mergeSpans } from './find-secrets';
import { maskProse, maskSpans } from './mask-secrets';
import { maskXPath } from './mask-xpath';
import { cutLine } from './cut-line';
import { displayWidth } from './display-width';
import { maskAboutLine, secretsOfLine } from './secrets-of-line';

/**
 * An error for people: the message and, where the error has a source line, that line with a caret under the column. Long
 * lines are cut around the caret. Secrets are masked in both. Never a stack trace; no line end at the end.
 * An error about several files has each of its causes below it, indented.
 * What is no `CarbonPatchError` gets a hint that it was not expected.
 */
export function errorText(error: unknown, options: ColorOptions): string {
  if (!isKnown(error)) return unexpectedText(error, options);
  if (isCarbonPatchError(error, 'HOME_FILES_UNUSABLE') || isCarbonPatchError(error, 'HOMES_UNUSABLE')) {
    const causes = error.details.causes.map((cause) => errorText(cause, options).replace(/^/gm, '  '));
    return [paintFirst(error.message.replace(/\n[\s\S]*/, ''), options), ...causes].join('\n');
  }
  if (isCarbonPatchError(error, 'CLUSTER_FILE_INVALID')) return clusterFileText(error, options);
  const { details } = error;
  const message =
    'at' in details
      ? error.message.replaceAll(inOneLine(details.at), () => inOneLine(maskXPath(details.at)))
      : error.message;
  if (!('sourceLine' in details)) return paintFirst(maskProse(message), options);
  const { sourceLine, sourceAround } = details;
  const secrets = secretsOfLine(sourceLine, sourceAround);
  const shown = maskAboutLine(message, sourceLine, sourceAround);
  return `${paintFirst(shown, options)}\n${excerpt(details, secrets, options)}`;
}

/** Every problem with its line below it; a file that is wrong all over is not printed whole. */
function clusterFileText(error: CarbonPatchError<'CLUSTER_FILE_INVALID'>, options: ColorOptions): string {
  const { problems } = error.details;
  const shown = problems.slice(0, mostProblems).map(({ place, problem }) => {
    const text = printableLine(maskProse(problem));
    if (place === undefined) return `  ${text}`;
    const head = paint(`${printableLine(place.path)}:${place.line}:${place.column}: `, 'place', options);
    const secrets = [...secretsOfLine(place.sourceLine), ...secretsOfYaml(place.sourceLine)];
    return `  ${head}${text}\n${excerpt(place, mergeSpans(secrets), options).replace(/^/gm, '    ')}`;
  });
  const rest = problems.length > shown.length ? [`  … and ${problems.length - shown.length} more`] : [];
  return [paintFirst(error.message.replace(/\n[\s\S]*/, ''), options), ...shown, ...rest].join('\n');
}

const mostProblems = 50;

/** `password: text`, also in braces, but not the name of a variable or file that holds one. */
function secretsOfYaml(line: string): readonly Span[] {
  return [...line.matchAll(/(?<=["']?\w*(?:password|passwd|secret)["']?\s*:\s*)(?!\s|\{|#)[^,}#]+/gi)].map(
    ({ 0: value, index }) => ({ start: index, end: index + value.trimEnd().length }),
  );
}

function isKnown(error: unknown): error is CarbonPatchError {
  return error instanceof CarbonPatchError;
}

function unexpectedText(error: unknown, options: ColorOptions): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  const hint = 'this is an error that carbon-patch does not know; please report it with what you did';
  return `${paintFirst(`unexpected error: ${maskProse(message)}`, options)}\n${hint}`;
}

function paintFirst(message: string, options: ColorOptions): string {
  const [first = '', ...rest] = printable(message).split('\n');
  return [paint(first, 'removed', options), ...rest].join('\n');
}

function excerpt({ line, column, sourceLine }: PlaceInSource, secrets: readonly Span[], options: ColorOptions): string {
  const offset = Math.min(Math.max(column - 1, 0), sourceLine.length);
  const within = secrets.find(({ start, end }) => start < offset && offset < end);
  // Inside a secret the caret goes under the first character of its mask, or it would count the characters.
  const shownOffset = maskSpans(
    sourceLine.slice(0, within?.start ?? offset),
    clip(secrets, within?.start ?? offset),
  ).length;
  const shown = printable(maskSpans(sourceLine, secrets));
  const { text, caret } = cutLine(shown, shownOffset);
  const gutter = `${line} | `;
  const space = text.slice(0, caret).replace(/[^\t]/gsu, (char) => ' '.repeat(displayWidth(char)));
  const empty = `${' '.repeat(String(line).length)} | `;
  return `${paint(gutter, 'place', options)}${text}\n${paint(empty, 'place', options)}${space}${paint('^', 'removed', options)}`;
}

function clip(spans: readonly Span[], limit: number): readonly Span[] {
  return spans.filter(({ start }) => start < limit).map(({ start, end }) => ({ start, end: Math.min(end, limit) }));
}
