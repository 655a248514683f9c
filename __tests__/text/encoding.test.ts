import { describe, expect, test } from '@jest/globals';
import { canEncode, decodeXml, encodedPieces, encodeText, encodings, type Encoding } from '../../lib/text/encoding';
import { caughtError } from '../caught-error';

const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

const utf16 = (text: string, order: 'LE' | 'BE'): Buffer => {
  const little = Buffer.from(text, 'utf16le');
  return order === 'LE' ? little : little.swap16();
};

const declaration = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;

describe('decodeXml', () => {
  const readable: readonly {
    readonly name: string;
    readonly file: Buffer;
    readonly text: string;
    readonly encoding: Encoding;
    readonly byteOrderMark: boolean;
  }[] = [
    {
      name: 'UTF-8 without a declaration',
      file: Buffer.from('<a>ä€𝄞</a>'),
      text: '<a>ä€𝄞</a>',
      encoding: 'UTF-8',
      byteOrderMark: false,
    },
    {
      name: 'UTF-8 with a byte order mark',
      file: bytes([0xef, 0xbb, 0xbf], '<a/>'),
      text: '<a/>',
      encoding: 'UTF-8',
      byteOrderMark: true,
    },
    {
      name: 'UTF-8 by another name',
      file: bytes(declaration('utf8'), '<a/>'),
      text: `${declaration('utf8')}<a/>`,
      encoding: 'UTF-8',
      byteOrderMark: false,
    },
    {
      name: 'a declaration with more white space than anybody looks through',
      file: Buffer.from(`<?xml version="1.0"${' '.repeat(3000)}encoding="ISO-8859-1"?><a>\xe9</a>`, 'latin1'),
      text: `<?xml version="1.0"${' '.repeat(3000)}encoding="ISO-8859-1"?><a>é</a>`,
      encoding: 'ISO-8859-1',
      byteOrderMark: false,
    },
    {
      name: 'UTF-16LE by its mark',
      file: Buffer.concat([bytes([0xff, 0xfe]), utf16('<a>ä€𝄞</a>', 'LE')]),
      text: '<a>ä€𝄞</a>',
      encoding: 'UTF-16LE',
      byteOrderMark: true,
    },
    {
      name: 'UTF-16BE by its mark',
      file: Buffer.concat([bytes([0xfe, 0xff]), utf16(`${declaration('utf-16')}<a/>`, 'BE')]),
      text: `${declaration('utf-16')}<a/>`,
      encoding: 'UTF-16BE',
      byteOrderMark: true,
    },
    {
      name: 'UTF-16LE by its first character',
      file: utf16('<a/>', 'LE'),
      text: '<a/>',
      encoding: 'UTF-16LE',
      byteOrderMark: false,
    },
    {
      name: 'UTF-16BE by its first character',
      file: utf16(`${declaration('UTF-16BE')}<a/>`, 'BE'),
      text: `${declaration('UTF-16BE')}<a/>`,
      encoding: 'UTF-16BE',
      byteOrderMark: false,
    },
    {
      name: 'ISO-8859-1',
      file: bytes(declaration('ISO-8859-1'), '<a>', [0xe9, 0x80], '</a>'),
      text: `${declaration('ISO-8859-1')}<a>é\u0080</a>`,
      encoding: 'ISO-8859-1',
      byteOrderMark: false,
    },
    {
      name: 'ISO-8859-1 between single quotes and odd blanks',
      file: bytes("<?xml\tversion='1.0'\r\n encoding = 'iso-8859-1' ?><a>", [0xe9], '</a>'),
      text: "<?xml\tversion='1.0'\r\n encoding = 'iso-8859-1' ?><a>é</a>",
      encoding: 'ISO-8859-1',
      byteOrderMark: false,
    },
    {
      name: 'windows-1252',
      file: bytes(declaration('windows-1252'), '<a>', [0x80, 0x93, 0xe9], '</a>'),
      text: `${declaration('windows-1252')}<a>€“é</a>`,
      encoding: 'windows-1252',
      byteOrderMark: false,
    },
    {
      name: 'US-ASCII',
      file: bytes(declaration('US-ASCII'), '<a/>'),
      text: `${declaration('US-ASCII')}<a/>`,
      encoding: 'US-ASCII',
      byteOrderMark: false,
    },
    { name: 'an empty file', file: Buffer.alloc(0), text: '', encoding: 'UTF-8', byteOrderMark: false },
    {
      name: 'a declaration in a comment, which counts for nothing',
      file: bytes('<!--<?xml version="1.0" encoding="Shift_JIS"?>--><a/>'),
      text: '<!--<?xml version="1.0" encoding="Shift_JIS"?>--><a/>',
      encoding: 'UTF-8',
      byteOrderMark: false,
    },
  ];

  test.each(readable)('reads $name and writes the same bytes', ({ file, ...expected }) => {
    const { name, ...decoded } = expected;
    expect(name).not.toBe('');
    expect(decodeXml(file, 'f.xml')).toEqual(decoded);
    expect(Buffer.from(encodeText(decoded, 'f.xml'))).toEqual(file);
  });

  test('reads a view of a larger buffer', () => {
    const whole = bytes('xx<a/>yy');
    expect(decodeXml(new Uint8Array(whole.buffer, whole.byteOffset + 2, 4), 'f.xml').text).toBe('<a/>');
  });

  test.each([
    { name: 'a byte that is not UTF-8', file: bytes('<a>', [0xe4], '</a>'), encoding: 'UTF-8', offset: 3 },
    {
      name: 'a byte that is not UTF-8, behind a mark',
      file: bytes([0xef, 0xbb, 0xbf], '<a>', [0xff], '</a>'),
      encoding: 'UTF-8',
      offset: 6,
    },
    {
      name: 'half a surrogate pair in UTF-8',
      file: bytes('<a>', [0xed, 0xa0, 0x80], '</a>'),
      encoding: 'UTF-8',
      offset: 3,
    },
    { name: 'an overlong form in UTF-8', file: bytes([0xc0, 0xaf]), encoding: 'UTF-8', offset: 0 },
    {
      name: 'an odd number of bytes in UTF-16',
      file: Buffer.concat([bytes([0xff, 0xfe]), utf16('<a/>', 'LE'), bytes(' ')]),
      encoding: 'UTF-16LE',
      offset: 10,
    },
    {
      name: 'half a surrogate pair in UTF-16',
      file: Buffer.concat([bytes([0xfe, 0xff]), utf16('<a>', 'BE'), bytes([0xd8, 0]), utf16('</a>', 'BE')]),
      encoding: 'UTF-16BE',
      offset: 8,
    },
    {
      name: 'a byte beyond US-ASCII',
      file: bytes(declaration('ascii'), [0xe9]),
      encoding: 'US-ASCII',
      offset: declaration('ascii').length,
    },
    {
      name: 'a byte that windows-1252 leaves undefined',
      file: bytes(declaration('cp1252'), [0x81]),
      encoding: 'windows-1252',
      offset: declaration('cp1252').length,
    },
  ])('refuses $name', ({ file, encoding, offset }) => {
    const error = caughtError(() => decodeXml(file, 'f.xml'));
    expect(error).toMatchObject({ code: 'INVALID_BYTES', details: { path: 'f.xml', encoding, offset } });
  });

  test.each(['Shift_JIS', 'ISO-8859-15', 'EBCDIC-CP-US', 'constructor', '__proto__'])(
    'refuses the encoding %s',
    (encoding) => {
      const error = caughtError(() => decodeXml(bytes(declaration(encoding), '<a/>'), 'f.xml'));
      expect(error).toMatchObject({ code: 'UNSUPPORTED_ENCODING', details: { path: 'f.xml', encoding } });
    },
  );

  test.each([
    { name: 'little-endian', file: bytes([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]) },
    { name: 'big-endian', file: bytes([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]) },
  ])('refuses UTF-32, $name', ({ file }) => {
    const error = caughtError(() => decodeXml(file, 'f.xml'));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_ENCODING', details: { path: 'f.xml', encoding: 'UTF-32' } });
  });

  test.each([
    {
      name: 'a UTF-8 mark and a declared ISO-8859-1',
      file: bytes([0xef, 0xbb, 0xbf], declaration('ISO-8859-1')),
      found: 'UTF-8',
      declared: 'ISO-8859-1',
    },
    {
      name: 'a UTF-8 mark and a declared UTF-16',
      file: bytes([0xef, 0xbb, 0xbf], declaration('UTF-16')),
      found: 'UTF-8',
      declared: 'UTF-16',
    },
    {
      name: 'a UTF-16 mark and a declared UTF-8',
      file: Buffer.concat([bytes([0xff, 0xfe]), utf16(declaration('UTF-8'), 'LE')]),
      found: 'UTF-16LE',
      declared: 'UTF-8',
    },
    {
      name: 'UTF-16LE declared as UTF-16BE',
      file: Buffer.concat([bytes([0xff, 0xfe]), utf16(declaration('UTF-16BE'), 'LE')]),
      found: 'UTF-16LE',
      declared: 'UTF-16BE',
    },
    {
      name: 'one byte a character declared as UTF-16',
      file: bytes(declaration('UTF-16')),
      found: 'one byte a character',
      declared: 'UTF-16',
    },
    {
      name: 'one byte a character declared as UTF-16LE',
      file: bytes(declaration('utf-16le')),
      found: 'one byte a character',
      declared: 'utf-16le',
    },
  ])('refuses $name', ({ file, found, declared }) => {
    const error = caughtError(() => decodeXml(file, 'f.xml'));
    expect(error).toMatchObject({ code: 'ENCODING_CONFLICT', details: { path: 'f.xml', found, declared } });
  });
});

describe('encodedPieces', () => {
  test.each(encodings)('are together the bytes of the text: %s', (encoding) => {
    const wide = encoding.startsWith('UTF') ? '𝄞' : 'x';
    // A character of two units lies across the border of every piece, for one of the two texts.
    for (const start of ['', 'x']) {
      const decoded = { text: start + wide.repeat(250_000), encoding, byteOrderMark: true };
      const pieces = Array.from(encodedPieces(decoded, 'f.xml'), (piece) => Buffer.from(piece));
      expect(pieces.length).toBeGreaterThan(2);
      expect(Buffer.concat(pieces).equals(encodeText({ ...decoded, byteOrderMark: false }, 'f.xml'))).toBe(true);
    }
  });

  test('refuse what the encoding does not hold', () => {
    const decoded = { text: 'a€', encoding: 'ISO-8859-1', byteOrderMark: false } as const;
    expect(() => [...encodedPieces(decoded, 'f.xml')]).toThrow('f.xml');
  });

  test('find a byte that is wrong far into a file', () => {
    const bytes = Buffer.concat([Buffer.from(`<a>${'é'.repeat(200_000)}`), Buffer.from([0xff]), Buffer.from('</a>')]);
    expect(caughtError(() => decodeXml(bytes, 'f.xml'))).toMatchObject({
      code: 'INVALID_BYTES',
      details: { offset: 400_003 },
    });
  });
});

describe('encodeText', () => {
  test.each([
    { encoding: 'US-ASCII', text: 'ab\u00e9', offset: 2 },
    { encoding: 'ISO-8859-1', text: '\u00e9€', offset: 1 },
    { encoding: 'windows-1252', text: '€\u0080', offset: 1 },
    { encoding: 'UTF-8', text: 'a\ud800b', offset: 1 },
    { encoding: 'UTF-16LE', text: '𝄞\udc00', offset: 2 },
  ] as const)('refuses what $encoding cannot hold', ({ encoding, text, offset }) => {
    const error = caughtError(() => encodeText({ text, encoding, byteOrderMark: false }, 'f.xml'));
    expect(error).toMatchObject({ code: 'INVALID_BYTES', details: { path: 'f.xml', encoding, offset } });
  });

  test.each(encodings)('agrees with canEncode on every character: %s', (encoding) => {
    const disagreeing = Array.from({ length: 0x2200 }, (_, index) => index + 0x20).filter((codePoint) => {
      const decoded = { text: String.fromCodePoint(codePoint), encoding, byteOrderMark: false };
      return canEncode(codePoint, encoding) !== (decoding(() => encodeText(decoded, 'f.xml')) !== undefined);
    });
    expect(disagreeing).toEqual([]);
  });

  test.each(['ISO-8859-1', 'windows-1252', 'US-ASCII'] as const)('gives back every byte that %s has', (encoding) => {
    for (let byte = 0x20; byte < 0x100; byte++) {
      const file = bytes(declaration(encoding), [byte]);
      const decoded = decoding(() => decodeXml(file, 'f.xml'));
      if (decoded) expect(Buffer.from(encodeText(decoded, 'f.xml'))).toEqual(file);
      else expect(encoding === 'US-ASCII' ? byte >= 0x80 : [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte)).toBe(true);
    }
  });
});

function decoding<Value>(run: () => Value): Value | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
