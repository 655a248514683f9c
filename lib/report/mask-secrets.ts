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

/** A message or a note with the secrets masked that cannot be mistaken for words: those in URLs and after `name=`. */
export function maskProse(text: string): string {
  return maskSpans(text, findProseSecrets(text));
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
