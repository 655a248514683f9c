import { expect, test } from '@jest/globals';
import { decodePlain } from '../../lib/plan/decode-plain';
import { encodeText } from '../../lib/text/encoding';

test.each([
  ['ASCII', Buffer.from('a {\r\n}\n'), 'UTF-8', false],
  ['UTF-8', Buffer.from('# grün €\n'), 'UTF-8', false],
  ['UTF-8 with a mark, which stays in the text', Buffer.from('\ufeff# grün\n'), 'UTF-8', false],
  ['Latin-1', Buffer.from('# gr\u00fcn\n', 'latin1'), 'ISO-8859-1', false],
  ['any bytes', Uint8Array.from({ length: 256 }, (_, index) => index), 'ISO-8859-1', false],
  ['a surrogate in UTF-8', Uint8Array.of(0x61, 0xed, 0xa0, 0x80), 'ISO-8859-1', false],
  ['nothing', Uint8Array.of(), 'UTF-8', false],
])('%s is decoded, and encoded to the same bytes', (_, bytes, encoding, byteOrderMark) => {
  const decoded = decodePlain(bytes);
  expect(decoded).toMatchObject({ encoding, byteOrderMark });
  expect([...encodeText(decoded, 'a.conf')]).toEqual([...bytes]);
});
