import type { Span } from '../text/edit';
import { isPlaceholder, isSecretName, secretHint } from './secret-name';

/**
 * Where secrets lie in running text: a value in a JDBC string, a line of a properties file, the words of a comment.
 * They are the `user:password@` of a URL, the `scott/tiger@` of an Oracle URL, `user=` as a URL parameter, what follows a
 * secret name and `=`, `:` or `->` (to the end of the line where the name begins it), what a command line has behind
 * `-storepass` or `-u user:`, a sentence behind `password is`, an HTTP header behind `Basic` or `Bearer`, and private keys
 * in PEM form.
 * The spans are offsets into `text`, in no order; they may overlap, and only a private key holds line breaks.
 */
export function findTextSecrets(text: string): readonly Span[] {
  if (isPlainText(text)) return [];
  return [...userInfos(text), ...assignments(text), ...flags(text), ...headers(text), ...privateKeys(text)].filter(
    ({ start, end }) => !isHarmless(text.slice(start, end)),
  );
}

/**
 * True for a text without anything of what a secret in running text, or an escape, needs: most texts of a file are indents
 * and plain values, and are done with here.
 */
export function isPlainText(text: string): boolean {
  return !telling.test(text);
}

const telling = new RegExp(`[:=@&%\\\\-]|basic|bearer|${secretHint.source}`, 'i');

/**
 * Where secrets lie in a sentence, as in a message: those of `findTextSecrets` that cannot be mistaken, so that a
 * sentence such as `password: left alone` stays readable.
 */
export function findProseSecrets(text: string): readonly Span[] {
  const given = assignments(text).filter(({ start }) => /=["']?$/.test(text.slice(0, start)));
  return [...userInfos(text), ...given].filter(({ start, end }) => !isHarmless(text.slice(start, end)));
}

/** Nothing at all, or placeholders only, also as `${user}:${password}`. */
function isHarmless(value: string): boolean {
  return isPlaceholder(value) || value.split(':').every((part) => part.trim() === '' || isPlaceholder(part));
}

// Everything up to the last `@` before the next URL: passwords with `@` or `/` in them are written into URLs unescaped.
const userInfo = /(?<=:\/\/)(?:(?!:\/\/)\S)+(?=@|&#0*64;|&#x0*40;)/gi;
const oracleUser = /(?<=jdbc:oracle:[a-z0-9]+:)[^\s@]\S*(?=@)/gi;

function userInfos(text: string): readonly Span[] {
  // Most texts are short and hold no URL with a user; the patterns below look at every character of the others.
  if (!/@|&#/.test(text)) return [];
  return [...text.matchAll(userInfo), ...text.matchAll(oracleUser)].map(spanOf);
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

const assignment =
  /(?<![\p{L}\p{N}_.-])-{0,2}([\p{L}_][\p{L}\p{N}_.-]*)(?:["']|&quot;|&apos;)?\s*(?:[-=]>|:?=|:)[ \t]*/gu;

function assignments(text: string): readonly Span[] {
  if (!/[:=]|->/.test(text)) return [];
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(assignment)) {
    // What is part of a value already needs no look of its own.
    if (match.index < end) continue;
    const start = match.index + match[0].length;
    const value = isSecretName(match[1] ?? '')
      ? assignedValue(text, match.index, start)
      : isUserParameter(text, match)
        ? sticky(parameterValue, text, start)
        : undefined;
    if (value === undefined) continue;
    spans.push(value);
    end = value.end;
  }
  return spans;
}

/** `user=` counts only inside a URL; elsewhere a user name is nothing to hide. */
function isUserParameter(text: string, match: RegExpExecArray): boolean {
  return /^(?:user|user_?name|user_?id)=$/i.test(match[0]) && '?;&(:'.includes(text.charAt(match.index - 1) || ' ');
}

const quotedValue = /("|'|&quot;|&apos;|&#3[49];)(?<value>(?:\\.|[^\r\n\\])*?)(?:\1|(?=[\r\n]|$))/y;

// Ends where the next parameter begins, so that `;` and `&` may be part of the secret; the `;` of a reference begins none.
const parameterValue =
  /(?:\{[^}\r\n]*\}+)?(?:(?:basic|bearer|digest)[ \t]+)?(?:&(?:#\d+|#x[0-9a-f]+|lt|gt|quot|apos);|(?!(?:&amp;|[&;,])[ \t]?[\w.-]+[ \t]*=|\)(?:[(/\s]|,[ \t]*\(|$))\S)*/iy;
const restOfLine = /[^\r\n]*/y;
const lineStart = /(?:^|[\r\n])[\s#;*/!-]*(?:(?:export|set)\s+)?(?:["']|&quot;|&apos;)?$/i;

function assignedValue(text: string, nameStart: number, start: number): Span {
  quotedValue.lastIndex = start;
  const quoted = quotedValue.exec(text);
  if (quoted) {
    const valueStart = start + (quoted[1]?.length ?? 0);
    return { start: valueStart, end: valueStart + (quoted.groups?.['value']?.length ?? 0) };
  }
  const isOwnLine = lineStart.test(text.slice(Math.max(0, nameStart - 200), nameStart));
  return sticky(isOwnLine ? restOfLine : parameterValue, text, start);
}

function sticky(pattern: RegExp, text: string, start: number): Span {
  pattern.lastIndex = start;
  return { start, end: start + (pattern.exec(text)?.[0].length ?? 0) };
}

const flag = /(?<![\w-])--?(?<name>[\p{L}_][\p{L}\p{N}_.-]*(?<!-))[ \t]+["']?(?<value>[^\s"'<>-][^\s"'<>]*)/dgu;
const userFlag = /(?<![\w-])(?:-u|--user)[ \t]+["']?[^\s"'<>:=]+:(?<value>[^\s"'<>]+)/dg;

// Of a sentence only what is no plain word: in quotes, or with a digit, a sign or a capital in it.
const saidValue =
  /(?<![\p{L}\p{N}_.-])(?<name>[\p{L}_][\p{L}\p{N}_.-]*)[ \t]+(?:(?:is|was|are)[ \t]+)?(?:["'](?<quoted>[^"'\s<>]+)["']|(?<=[ \t](?:is|was|are)[ \t]+)(?=\p{Ll}*[^\p{Ll}\s.,;:)])(?<bare>[^\s<>]+))/dgu;

/** What follows a secret name on a command line or in a sentence. */
function flags(text: string): readonly Span[] {
  const named = secretHint.test(text) ? [...text.matchAll(flag), ...text.matchAll(saidValue)] : [];
  return [
    ...named.filter(({ groups }) => isSecretName(groups?.['name'] ?? '')).flatMap(valueSpan),
    ...[...text.matchAll(userFlag)].flatMap(valueSpan),
  ];
}

function valueSpan({ indices }: RegExpMatchArray): readonly Span[] {
  const { value, quoted, bare } = indices?.groups ?? {};
  const place = value ?? quoted ?? bare;
  return place === undefined ? [] : [{ start: place[0], end: place[1] }];
}

const header = /(?<![\p{L}\p{N}])(?<scheme>basic|bearer)[ \t]+(?<value>[A-Za-z0-9+/._~-]{8,}={0,2})/dgiu;

/** The credentials of an HTTP header, which may stand alone; words such as "Basic Authentication" are none. */
function headers(text: string): readonly Span[] {
  return [...text.matchAll(header)]
    .filter(({ groups: { scheme = '', value = '' } = {} }) =>
      scheme.toLowerCase() === 'basic' ? isUserAndPassword(value) : isToken(value),
    )
    .flatMap(valueSpan);
}

/** Base64 of `user:password`. */
function isUserAndPassword(value: string): boolean {
  return /^[^\p{Cc}\ufffd:]*:[^\p{Cc}\ufffd]*$/u.test(Buffer.from(value, 'base64').toString('utf8'));
}

/** Letters of both cases with a digit or the padding of base64 among them, as no word is written. */
function isToken(value: string): boolean {
  return value.length >= 16 && /[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9=]/.test(value);
}

const privateKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?<value>[\s\S]*?)(?=-----END|$)/dg;

function privateKeys(text: string): readonly Span[] {
  return text.includes('PRIVATE KEY-----') ? [...text.matchAll(privateKey)].flatMap(valueSpan) : [];
}
