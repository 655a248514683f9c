import type { Span } from '../text/edit';
import { findSecrets } from './find-secrets';
import { findProseSecrets } from './secret-text';

/** What is shown in the place of a secret, whatever its length. */
export const mask = '********';

/**
 * The text with every secret masked (what counts as one: `findSecrets`). Line breaks keep their number and kind, so line
 * n of the result is line n of the text; an empty value stays empty. Masks too much rather than too little.
 */
export function maskSecrets(text: string): string {
  return maskSpans(text, findSecrets(text));
}

/**
 * A message or a note with the secrets masked that cannot be mistaken for words: those in URLs and after `name=`. Of a file
 * that is not well-formed everything is masked that the message quotes, because without the line nothing tells which name
 * is a piece of a secret; lines and columns stay.
 */
export function maskProse(text: string): string {
  return maskSentence(text).replace(/not well-formed: [^\n]*/g, (problem) => maskQuoted(problem, () => true));
}

/** As `maskProse`, for a message whose line is at hand: what it quotes from a file stays, for `maskQuoted` to look at. */
export function maskSentence(text: string): string {
  return maskSpans(text, findProseSecrets(text));
}

/**
 * What a message quotes from a file, with each name masked for which `isSecret` is true: `'word'`, `&reference;`, `<tag>`,
 * `entity name`. A problem can quote a piece of a secret, as of `pa&ssword`, where a reference has no end, or a whole one,
 * as of `password=hunter2`, where the quotes are missing.
 */
export function maskQuoted(message: string, isSecret: (name: string) => boolean): string {
  return message.replace(quoted, (name) => (isSecret(name) ? mask : name));
}

/** The text with each span replaced by `replacement`. Spans may overlap and need no order. */
export function maskSpans(text: string, spans: readonly Span[], replacement: string = mask): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start >= position && end > start) parts.push(text.slice(position, start), replacement);
    position = Math.max(position, end);
  }
  parts.push(text.slice(position));
  return parts.join('');
}

const name = String.raw`[-\p{L}\p{N}_:.]+`;
const quoted = new RegExp(
  [
    String.raw`(?<=['&%<]|<[/?])(?!(?:lt|gt|amp|apos|quot);)${name}`,
    // Words of the sentence follow too, as in "an attribute of".
    String.raw`(?<=\b(?:entity|attribute|target|prefix of) )(?!(?:of|or|must) )${name}`,
    String.raw`(?<=^|: )${name}(?= (?:is not a name|declares) )`,
  ].join('|'),
  'gu',
);
