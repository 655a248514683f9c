import type { SourceAround } from '../errors';
import type { Span } from '../text/edit';
import { findSecrets, mergeSpans, secretNameOf } from './find-secrets';
import { markupPieces } from './markup-pieces';
import { maskQuoted, maskSentence } from './mask-secrets';

/**
 * The secrets of a single line of a file that is not well-formed, for which the text around it is looked at too, where that
 * is known: what looks like a tag in a secret may be part of it, and in a line that begins inside a tag nothing may say what
 * its value belongs to, so that counts too.
 */
export function secretsOfLine(line: string, around?: SourceAround): readonly Span[] {
  const beginsInTag = /^[^<>]*>/.test(line) || /^\s*[\w:.-]+\s*=\s*["']/.test(line);
  const values = beginsInTag ? [...line.matchAll(/(?<=^[^<>]*\bvalue\s*=\s*)(?:"[^"]+|'[^']+)/g)] : [];
  const found = values.map(({ 0: value, index }) => ({ start: index + 1, end: index + value.length }));
  const inAround = around === undefined ? [] : clipped(secretsIn(around.text), around.lineStart, line.length);
  return mergeSpans([...secretsIn(line), ...found, ...inAround]).filter(
    ({ start, end }) => line.slice(start, end).trim() !== '',
  );
}

/** A message about a line of a file that is not well-formed, with the secrets of the line masked in what it quotes. */
export function maskAboutLine(message: string, line: string, around?: SourceAround): string {
  const hidden = secretsOfLine(line, around).map(({ start, end }) => line.slice(start, end));
  const { text } = around ?? { text: '' };
  // A problem can name a tag of another line, which is a piece of a secret there.
  const nearby = secretsIn(text).map(({ start, end }) => text.slice(start, end));
  return maskQuoted(
    maskSentence(message),
    (name) =>
      hidden.some((secret) => secret.includes(name)) ||
      nearby.some((secret) => secret !== name && secret.includes(name)),
  );
}

/** The secrets of a text, and everything that follows the start tag of one, up to its end tag or the end of the text. */
function secretsIn(text: string): readonly Span[] {
  const contents = markupPieces(text, { start: 0, end: text.length }).flatMap((piece): readonly Span[] => {
    if (piece.kind !== 'open' || piece.isEmpty || secretNameOf(text, piece) === undefined) return [];
    const end = text.indexOf(`</${piece.name}`, piece.end);
    return [{ start: piece.end, end: end === -1 ? text.length : end }];
  });
  return [...findSecrets(text), ...contents];
}

/** What of these spans lies in a line of the text. */
function clipped(spans: readonly Span[], lineStart: number, length: number): readonly Span[] {
  return spans
    .map(({ start, end }) => ({ start: Math.max(0, start - lineStart), end: Math.min(length, end - lineStart) }))
    .filter(({ start, end }) => start < end);
}
