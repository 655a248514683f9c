import { patchedText, type FilePatch } from '../plan/plan';
import { encodeText, type DecodedText, type Encoding } from '../text/encoding';
import type { Span } from '../text/edit';
import { paint, printable, type ColorOptions, type Tone } from './color';
import { diffLines, type DiffLines } from './diff-lines';
import { findSecrets, mergeSpans } from './find-secrets';
import type { SecretOptions } from './mask-change';
import { mask } from './mask-secrets';
import type { DiffSide } from './side-lines';

/** What is masked in a diff. */
export interface DiffOptions extends SecretOptions {
  /** Further secrets in the text of a file whose kind is known better here than by its looks. */
  readonly secretsIn?: (text: string) => readonly Span[];
}

/**
 * The unified diff of one file over its bytes, whatever its encoding, for a file or a pipe: with `showSecrets` (or where
 * no secret is near) `git apply` and `patch -p1` make of the old bytes exactly the new ones. Empty where nothing changes.
 */
export function diffBytes(patch: FilePatch, options: DiffOptions): Uint8Array {
  const side = (text: string): DiffSide => {
    const decoded = { text, encoding: patch.encoding, byteOrderMark: patch.byteOrderMark };
    const bytes = latin1(encodeText(decoded, patch.path));
    return { text: bytes, secrets: byteSpans(decoded, hiddenIn(text, options)) };
  };
  const maskBytes = latin1(encodeText({ text: mask, encoding: patch.encoding, byteOrderMark: false }, patch.path));
  const { header, body } = diffLines(patch.path, side(patch.text), side(patchedText(patch)), maskBytes);
  return Buffer.from([...header, ...body].join(''), 'latin1');
}

/**
 * The unified diff of one file as text, for a terminal: coloured where asked, and with what would steer the terminal
 * made visible (a CR before the line end stays). Empty where nothing changes.
 */
export function diffText(patch: FilePatch, options: DiffOptions & ColorOptions): string {
  const { header, body } = unicodeDiff(patch, options);
  const heading = header.map((line) => paintLine(line, 'heading', options));
  return [...heading, ...body.map((line) => paintLine(printable(line), toneOf(line), options))].join('');
}

/**
 * The unified diff of one file as text with every character as it is, also a byte order mark; written out as UTF-8 it
 * applies to a file in UTF-8. Empty where nothing changes.
 */
export function diffString(patch: FilePatch, options: SecretOptions): string {
  const { header, body } = unicodeDiff(patch, options, patch.byteOrderMark ? '\ufeff' : '');
  return [...header, ...body].join('');
}

function unicodeDiff(patch: FilePatch, options: DiffOptions, start = ''): DiffLines {
  const side = (content: string): DiffSide => {
    const text = start + content;
    return { text, secrets: hiddenIn(text, options) };
  };
  return diffLines(patch.path, side(patch.text), side(patchedText(patch)));
}

function hiddenIn(text: string, { showSecrets = false, secretsIn }: DiffOptions): readonly Span[] {
  if (showSecrets) return [];
  return secretsIn === undefined ? findSecrets(text) : mergeSpans([...findSecrets(text), ...secretsIn(text)]);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Where spans of a text lie in its bytes. The spans are in order and do not overlap. */
function byteSpans(decoded: DecodedText, spans: readonly Span[]): readonly Span[] {
  const { text, encoding, byteOrderMark } = decoded;
  let charOffset = 0;
  let byteOffset = byteOrderMark ? markLength(encoding) : 0;
  const advance = (to: number): number => {
    byteOffset += byteLength(text.slice(charOffset, to), encoding);
    charOffset = to;
    return byteOffset;
  };
  return spans.map(({ start, end }) => ({ start: advance(start), end: advance(end) }));
}

function markLength(encoding: Encoding): number {
  return encoding === 'UTF-8' ? 3 : 2;
}

function byteLength(text: string, encoding: Encoding): number {
  if (encoding === 'UTF-8') return Buffer.byteLength(text, 'utf8');
  return encoding === 'UTF-16LE' || encoding === 'UTF-16BE' ? text.length * 2 : text.length;
}

function toneOf(line: string): Tone | undefined {
  if (line.startsWith('+')) return 'added';
  if (line.startsWith('-')) return 'removed';
  return line.startsWith('@@') ? 'place' : undefined;
}

/** The line end stays outside the colour, or a terminal would paint the rest of the row. */
function paintLine(line: string, tone: Tone | undefined, options: ColorOptions): string {
  if (tone === undefined) return line;
  const content = line.replace(/\r?\n$/, '');
  return paint(content, tone, options) + line.slice(content.length);
}
