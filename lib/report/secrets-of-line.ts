import type { Span } from '../text/edit';
import { findSecrets, mergeSpans, secretNameOf } from './find-secrets';
import { markupPieces } from './markup-pieces';
import { maskQuoted, maskSentence } from './mask-secrets';

/**
 * The secrets of a single line of a file that is not well-formed: what looks like a tag in a secret may be part of it, and
 * in a line that begins inside a tag nothing says what its value belongs to, so that counts too.
 */
export function secretsOfLine(line: string): readonly Span[] {
  const contents = markupPieces(line, { start: 0, end: line.length }).flatMap((piece): readonly Span[] => {
    if (piece.kind !== 'open' || piece.isEmpty || secretNameOf(line, piece) === undefined) return [];
    const end = line.indexOf(`</${piece.name}`, piece.end);
    return [{ start: piece.end, end: end === -1 ? line.length : end }];
  });
  const beginsInTag = /^[^<>]*>/.test(line) || /^\s*[\w:.-]+\s*=\s*["']/.test(line);
  const values = beginsInTag ? [...line.matchAll(/(?<=^[^<>]*\bvalue\s*=\s*)(?:"[^"]+|'[^']+)/g)] : [];
  const found = values.map(({ 0: value, index }) => ({ start: index + 1, end: index + value.length }));
  return mergeSpans([...findSecrets(line), ...contents, ...found]).filter(
    ({ start, end }) => line.slice(start, end).trim() !== '',
  );
}

/** A message about a line of a file that is not well-formed, with the secrets of the line masked in what it quotes. */
export function maskAboutLine(message: string, line: string): string {
  const hidden = secretsOfLine(line).map(({ start, end }) => line.slice(start, end));
  return maskQuoted(maskSentence(message), (name) => hidden.some((secret) => secret.includes(name)));
}
