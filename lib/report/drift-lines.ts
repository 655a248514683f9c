import type { Span } from '../text/edit';
import { findSecrets, mergeSpans } from './find-secrets';
import { secretsOfLine } from './secrets-of-line';
import { sideLines, type SideLine } from './side-lines';

/** Something on each of the three sides of a file that drifted. */
export interface ThreeSides<Value> {
  readonly base: Value;
  readonly now: Value;
  readonly wanted: Value;
}

/**
 * The lines of all sides with their secrets. What is a secret in a line on one side is one in the same line on every side,
 * as the element around it can be gone there; and a whole word that is a secret anywhere is one in every line, as the
 * element can have another name. A text that is not well-formed hides secrets from whoever looks for elements.
 */
export function driftLines(
  texts: ThreeSides<string>,
  { isNowMalformed }: { readonly isNowMalformed: boolean },
): ThreeSides<readonly SideLine[]> {
  const linesOf = (text: string): readonly SideLine[] => sideLines({ text, secrets: findSecrets(text) });
  const sides = { base: linesOf(texts.base), now: linesOf(texts.now), wanted: linesOf(texts.wanted) };
  const all = [...sides.base, ...sides.now, ...sides.wanted].filter(({ secrets }) => secrets.length > 0);
  const known = new Map<string, readonly Span[]>();
  for (const { text, secrets } of all) known.set(text, mergeSpans([...(known.get(text) ?? []), ...secrets]));
  const words = secretWords(all);
  const hidden = ({ text }: SideLine, further: readonly Span[] = []): SideLine => ({
    text,
    secrets: mergeSpans([...(known.get(text) ?? []), ...spansOf(text, words), ...further]),
  });
  return {
    base: sides.base.map((line) => hidden(line)),
    now: sides.now.map((line) => hidden(line, isNowMalformed ? secretsOfLine(line.text.trimEnd()) : [])),
    wanted: sides.wanted.map((line) => hidden(line)),
  };
}

/** A shorter word is too often one that means nothing. */
const shortestWord = 4;

function secretWords(lines: readonly SideLine[]): RegExp | undefined {
  const values = lines.flatMap(({ text, secrets }) => secrets.map(({ start, end }) => text.slice(start, end).trim()));
  const words = [...new Set(values)].filter((value) => value.length >= shortestWord);
  if (words.length === 0) return undefined;
  const patterns = words.sort((a, b) => b.length - a.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}_.-])(?:${patterns.join('|')})(?![\\p{L}\\p{N}_.-])`, 'gu');
}

function spansOf(text: string, words: RegExp | undefined): readonly Span[] {
  if (words === undefined) return [];
  return [...text.matchAll(words)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}
