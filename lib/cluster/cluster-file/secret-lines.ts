import type { Span } from '../../text/edit';

/**
 * A line of a cluster file as an error may show it: what may be a secret in it is replaced by stars. `lineStart` and
 * `lineEnd` are offsets into the text, `shownAt` the offset that the error points at. Up to there each character keeps its
 * place, so that the error points at what it means; behind it a secret of any length is eight stars.
 * The text need not be YAML, as it may be just its mistakes that are told; too much is hidden rather than too little.
 */
export function shownLine(text: string, lineStart: number, lineEnd: number, shownAt: number): string {
  let shown = '';
  let position = lineStart;
  for (const { start, end } of secretsNear(text, lineStart, lineEnd)) {
    const from = Math.max(start, position);
    const to = Math.min(end, lineEnd);
    if (from >= to) continue;
    shown += text.slice(position, from) + '*'.repeat(Math.max(0, Math.min(to, shownAt) - from));
    if (to > shownAt) shown += mask;
    position = to;
  }
  return shown + text.slice(position, lineEnd);
}

/** Where the text of a cluster file may hold a secret, in its order; too much rather than too little. */
export function secretsInClusterFile(text: string): readonly Span[] {
  return secretsNear(text, 0, text.length);
}

const mask = '********';

/** A secret that began further above is a text of many lines, such as a key file, and none of a cluster. */
const farthest = 4000;

function secretsNear(text: string, lineStart: number, lineEnd: number): readonly Span[] {
  const first = text.lastIndexOf('\n', Math.max(0, lineStart - farthest)) + 1;
  const near = text.slice(first, lineEnd);
  return [...valuesOfSecretKeys(near), ...inAddresses(near), ...inOperations(near)]
    .map(({ start, end }) => ({ start: start + first, end: end + first }))
    .filter(({ end }) => end > lineStart)
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .reduce<Span[]>((merged, { start, end }) => {
      const last = merged.at(-1);
      if (last === undefined || start > last.end) return [...merged, { start, end }];
      return [...merged.slice(0, -1), { start: last.start, end: Math.max(last.end, end) }];
    }, []);
}

const secretWord = '(?:passw|passphrase|pwd|secret|token|credential)';
const secretKey = new RegExp(`(?<![\\w.-])["']?[\\w.-]*${secretWord}[\\w.-]*["']?[ \\t]{0,200}:[ \\t]{0,200}`, 'gi');

function valuesOfSecretKeys(text: string): readonly Span[] {
  return [...text.matchAll(secretKey)].flatMap(({ 0: key, index }) => {
    const start = index + key.length;
    const column = index - (text.lastIndexOf('\n', index) + 1);
    const line = /[^\r\n]*/y;
    line.lastIndex = start;
    const rest = line.exec(text)?.[0] ?? '';
    if (/^\{[ \t]*(?:["']?(?:env|file)["']?[ \t]*:|$)/.test(rest)) return [];
    const end = start + valueLength(rest, text.slice(index - column, index));
    const isWhole = end === start + rest.length || /^(?:[|>!&#]|$)/.test(rest);
    const onLine = /^(?:#|$)/.test(rest) ? [] : [{ start, end }];
    return [...onLine, ...(isWhole ? linesBelow(text, start + rest.length, column, rest) : [])];
  });
}

/** How much of a line the value at its start takes; in braces it ends where the next key, or the end of the map, comes. */
function valueLength(rest: string, before: string): number {
  const quoted = /^(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')(?=\s*(?:[,}\]]|#|$))/.exec(rest)?.[0];
  if (quoted !== undefined) return quoted.length;
  const isInBraces = (before.match(/\{/g) ?? []).length > (before.match(/\}/g) ?? []).length;
  const next = isInBraces ? rest.search(/\s*,\s*["']?[\w.-]+["']?\s*:|\s*\}[\s,}\]]*(?:#.*)?$/) : -1;
  return next === -1 ? rest.length : next;
}

/** The lines that a value goes on in: those that are indented further than its key, unless they say where the secret is. */
function linesBelow(text: string, from: number, column: number, rest: string): readonly Span[] {
  const found: Span[] = [];
  const line = /(?:\r\n?|\n)([ \t]*)([^\r\n]*)/y;
  line.lastIndex = from;
  for (let match = line.exec(text); match !== null; match = line.exec(text)) {
    const [whole, indent = '', content = ''] = match;
    if (content === '') continue;
    const isDeeper = indent.length > column;
    const isBare = found.length === 0 && rest === '' && !/^(?:-\s|["']?[\w.-]+["']?\s*:|[}\]#])/.test(content);
    if (!isDeeper && !isBare) break;
    if (/^\{?\s*["']?(?:env|file)["']?\s*:/.test(content)) break;
    const end = match.index + whole.length;
    found.push({ start: end - content.length, end });
  }
  return found;
}

/** `user:password@` and `password=` in the URL of a database or a repository. */
function inAddresses(text: string): readonly Span[] {
  return [...text.matchAll(/(?<=:\/\/)[^\s/"']+(?=@)|(?<=(?:password|passwd|pwd)=)[^&;\s"',}]+/gi)].map(stretchOf);
}

/** What an operation sets, where something near it names a secret, as `at: //Password` does. */
function inOperations(text: string): readonly Span[] {
  return [...text.matchAll(/(["']?\b(?:value|text)["']?[ \t]{0,200}:[ \t]{0,200})([^\r\n]+)/gi)]
    .filter(({ index }) => /pass|pwd|secret|token|credential|key/i.test(text.slice(Math.max(0, index - 300), index)))
    .map(({ 0: whole, 1: key = '', index }) => ({ start: index + key.length, end: index + whole.length }));
}

function stretchOf({ 0: whole, index }: RegExpExecArray): Span {
  return { start: index, end: index + whole.length };
}
