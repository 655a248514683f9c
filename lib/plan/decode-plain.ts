import { encodeText, type DecodedText } from '../text/encoding';

/**
 * The text of a file that declares no encoding: UTF-8 where its bytes are that, else one byte a character, so that any
 * file is written back as it was.
 */
export function decodePlain(bytes: Uint8Array): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoded: DecodedText = { text: buffer.toString('utf8'), encoding: 'UTF-8', byteOrderMark: false };
  const isUtf8 = Buffer.from(encodeText(decoded, '')).equals(buffer);
  return isUtf8 ? decoded : { text: buffer.toString('latin1'), encoding: 'ISO-8859-1', byteOrderMark: false };
}
