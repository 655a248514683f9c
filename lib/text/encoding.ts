import { CarbonPatchError } from '../errors';
import { abbreviateWords } from './abbreviate';

/** The encodings that can be read and written back without losing a byte. */
export const encodings = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'ISO-8859-1', 'windows-1252', 'US-ASCII'] as const;

/** One of `encodings`. */
export type Encoding = (typeof encodings)[number];

/** The text of a file and what is needed to write the same bytes again. */
export interface DecodedText {
  /** Without the byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  /** True where the file starts with a byte order mark, which is kept. */
  readonly byteOrderMark: boolean;
}

/**
 * The text of an XML file, by its byte order mark and its XML declaration (XML 1.0, appendix F).
 * Throws UNSUPPORTED_ENCODING, ENCODING_CONFLICT or INVALID_BYTES; what it returns is encoded back to the same bytes.
 */
export function decodeXml(bytes: Uint8Array, path: string): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = byteOrderMarks.find(({ mark }) => mark.every((byte, index) => buffer[index] === byte));
  if (mark?.encoding === undefined && mark !== undefined) {
    throw new CarbonPatchError('UNSUPPORTED_ENCODING', { path, encoding: 'UTF-32' });
  }
  const family = mark?.encoding ?? guessFamily(buffer);
  const body = buffer.subarray(mark?.mark.length ?? 0);
  const declared = declaredEncoding(body, family);
  const encoding = resolve(path, family, declared);
  return {
    text: decode(body, encoding, path, bytes.length - body.length),
    encoding,
    byteOrderMark: mark !== undefined,
  };
}

/** The bytes of `text`; throws INVALID_BYTES where a character has no place in the encoding (see `canEncode`). */
export function encodeText(decoded: DecodedText, path: string): Uint8Array {
  const { text, encoding, byteOrderMark } = decoded;
  refuseUnencodable(decoded, path);
  const mark = byteOrderMark ? (byteOrderMarks.find((one) => one.encoding === encoding)?.mark ?? []) : [];
  const bytes = encode(text, encoding);
  return mark.length === 0 ? bytes : Buffer.concat([Buffer.from(mark), bytes]);
}

/** Throws INVALID_BYTES as `encodeText` does, without making the bytes. */
export function refuseUnencodable({ text, encoding }: DecodedText, path: string): void {
  const offset = text.search(unencodable[encoding]);
  if (offset !== -1) throw new CarbonPatchError('INVALID_BYTES', { path, encoding, offset });
}

/**
 * The bytes of a text without its byte order mark, piece by piece: those of a large text are never there as a whole. A
 * piece is good until the next is asked for; the pieces of two texts with the same characters are of the same length.
 * Throws as `encodeText` does.
 */
export function* encodedPieces(decoded: DecodedText, path: string): Generator<Uint8Array> {
  refuseUnencodable(decoded, path);
  yield* encodeInPieces(decoded.text, decoded.encoding);
}

/** True where the encoding has bytes for this character; elsewhere XML writes it as a character reference. */
export function canEncode(codePoint: number, encoding: Encoding): boolean {
  return !unencodable[encoding].test(String.fromCodePoint(codePoint));
}

// Bytes 0x80 to 0x9F; the five that the code page leaves undefined are empty, so a file that holds one is refused.
const windows1252Characters = [...'€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'].map((char) =>
  char === '\0' ? undefined : char,
);

/** The bytes of the characters that windows-1252 has beyond Latin-1. */
const windows1252Bytes: ReadonlyMap<string, number> = new Map(
  windows1252Characters.flatMap((char, index): [string, number][] =>
    char === undefined ? [] : [[char, 0x80 + index]],
  ),
);

/** What has no place in an encoding. With the `u` flag only a surrogate without its partner is a surrogate. */
const unencodable: Readonly<Record<Encoding, RegExp>> = {
  'UTF-8': /\p{Surrogate}/u,
  'UTF-16LE': /\p{Surrogate}/u,
  'UTF-16BE': /\p{Surrogate}/u,
  'ISO-8859-1': /[^\0-\xff]/u,
  'windows-1252': new RegExp(`[^\\0-\\x7f\\xa0-\\xff${[...windows1252Bytes.keys()].join('')}]`, 'u'),
  'US-ASCII': /[^\0-\x7f]/u,
};

// UTF-32 is listed only to be refused: its little-endian mark begins with that of UTF-16.
const byteOrderMarks: readonly { readonly mark: readonly number[]; readonly encoding: Family }[] = [
  { mark: [0xff, 0xfe, 0, 0], encoding: undefined },
  { mark: [0, 0, 0xfe, 0xff], encoding: undefined },
  { mark: [0xef, 0xbb, 0xbf], encoding: 'UTF-8' },
  { mark: [0xff, 0xfe], encoding: 'UTF-16LE' },
  { mark: [0xfe, 0xff], encoding: 'UTF-16BE' },
];

/** The IANA names and aliases, in lower case, that XML processors accept for the supported encodings. */
const encodingNames: ReadonlyMap<string, Encoding | 'UTF-16'> = new Map([
  ['utf-8', 'UTF-8'],
  ['utf8', 'UTF-8'],
  ['utf-16', 'UTF-16'],
  ['utf-16le', 'UTF-16LE'],
  ['utf-16be', 'UTF-16BE'],
  ['iso-8859-1', 'ISO-8859-1'],
  ['iso8859_1', 'ISO-8859-1'],
  ['iso_8859-1', 'ISO-8859-1'],
  ['latin1', 'ISO-8859-1'],
  ['l1', 'ISO-8859-1'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['us-ascii', 'US-ASCII'],
  ['ascii', 'US-ASCII'],
]);

type Family = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | undefined;

/** Without a mark, `<` in two bytes tells UTF-16; anything else is read as one byte a character until the declaration. */
function guessFamily(buffer: Buffer): Family {
  if (buffer[0] === 0x3c && buffer[1] === 0) return 'UTF-16LE';
  if (buffer[0] === 0 && buffer[1] === 0x3c) return 'UTF-16BE';
  return undefined;
}

function declaredEncoding(body: Buffer, family: Family): string | undefined {
  const isWide = family === 'UTF-16LE' || family === 'UTF-16BE';
  const text = isWide
    ? decodeUtf16(declarationOf(body, family), family)
    : declarationOf(body, 'latin1').toString('latin1');
  return /^<\?xml[ \t\r\n][^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/
    .exec(text)
    ?.slice(1)
    .find(Boolean);
}

/** The bytes up to the first `?>`, however far that is: white space in a declaration has no limit. */
function declarationOf(body: Buffer, family: 'UTF-16LE' | 'UTF-16BE' | 'latin1'): Buffer {
  const close = Buffer.from('?>', family === 'latin1' ? 'latin1' : 'utf16le');
  const end = body.indexOf(family === 'UTF-16BE' ? close.swap16() : close);
  return body.subarray(0, end === -1 ? 0 : end & (family === 'latin1' ? ~0 : ~1));
}

function resolve(path: string, family: Family, declared: string | undefined): Encoding {
  if (declared === undefined) return family ?? 'UTF-8';
  const named = encodingNames.get(declared.toLowerCase());
  if (named === undefined)
    throw new CarbonPatchError('UNSUPPORTED_ENCODING', { path, encoding: abbreviateWords(declared) });
  const found = family ?? 'one byte a character';
  if (named === 'UTF-16') {
    if (family === 'UTF-16LE' || family === 'UTF-16BE') return family;
    throw new CarbonPatchError('ENCODING_CONFLICT', { path, found, declared });
  }
  const isWide = named === 'UTF-16LE' || named === 'UTF-16BE';
  const agrees = family === undefined ? !isWide : family === named;
  if (!agrees) throw new CarbonPatchError('ENCODING_CONFLICT', { path, found, declared });
  return named;
}

/** `skipped` is the length of the byte order mark before the body. */
function decode(body: Buffer, encoding: Encoding, path: string, skipped: number): string {
  const invalid = (offset: number): CarbonPatchError =>
    new CarbonPatchError('INVALID_BYTES', { path, encoding, offset: skipped + offset });
  const text = decodeLoosely(body, encoding);
  let position = 0;
  for (const again of encodeInPieces(text, encoding)) {
    const original = body.subarray(position, position + again.length);
    if (!again.equals(original)) throw invalid(position + firstDifference(again, original));
    position += again.length;
  }
  if (position !== body.length) throw invalid(position);
  return text;
}

function* encodeInPieces(text: string, encoding: Encoding): Generator<Buffer> {
  const piece = Buffer.allocUnsafe((Math.min(text.length, longestPiece) + 1) * mostBytesOfUnit);
  for (let start = 0; start < text.length;) {
    const end = start + longestPiece;
    // The two halves of a character stay together.
    const isCut = /[\ud800-\udbff]/.test(text.charAt(end - 1)) && /[\udc00-\udfff]/.test(text.charAt(end));
    const next = isCut ? end + 1 : end;
    yield encodeInto(piece, text.slice(start, next), encoding);
    start = next;
  }
}

/** In UTF-16 units. */
const longestPiece = 100_000;
const mostBytesOfUnit = 3;

/** The bytes of a short text, written into a buffer that is large enough. */
function encodeInto(buffer: Buffer, text: string, encoding: Encoding): Buffer {
  const write = (name: 'utf8' | 'utf16le' | 'latin1'): Buffer => buffer.subarray(0, buffer.write(text, 0, name));
  switch (encoding) {
    case 'UTF-8':
      return write('utf8');
    case 'UTF-16LE':
      return write('utf16le');
    case 'UTF-16BE':
      return write('utf16le').swap16();
    case 'ISO-8859-1':
    case 'US-ASCII':
      return write('latin1');
    case 'windows-1252':
      return encode(text, encoding);
  }
}

function firstDifference(a: Buffer, b: Buffer): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return index;
  return length;
}

function decodeLoosely(body: Buffer, encoding: Encoding): string {
  switch (encoding) {
    case 'UTF-8':
      return body.toString('utf8');
    case 'UTF-16LE':
    case 'UTF-16BE':
      return decodeUtf16(body.subarray(0, body.length & ~1), encoding);
    case 'ISO-8859-1':
      return body.toString('latin1');
    case 'US-ASCII':
      return body.toString('latin1').replace(/[^\0-\x7f]/g, '?');
    case 'windows-1252':
      return body
        .toString('latin1')
        .replace(/[\x80-\x9f]/g, (char) => windows1252Characters[char.charCodeAt(0) - 0x80] ?? '?');
  }
}

function decodeUtf16(body: Buffer, encoding: 'UTF-16LE' | 'UTF-16BE'): string {
  const little = encoding === 'UTF-16LE' ? body : Buffer.from(body).swap16();
  return little.toString('utf16le').replace(/\p{Surrogate}/gu, '\ufffd');
}

function encode(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'UTF-8':
      return Buffer.from(text, 'utf8');
    case 'UTF-16LE':
      return Buffer.from(text, 'utf16le');
    case 'UTF-16BE':
      return Buffer.from(text, 'utf16le').swap16();
    case 'ISO-8859-1':
    case 'US-ASCII':
      return Buffer.from(text, 'latin1');
    case 'windows-1252':
      return Buffer.from(Array.from(text, (char) => windows1252Bytes.get(char) ?? char.charCodeAt(0)));
  }
}
