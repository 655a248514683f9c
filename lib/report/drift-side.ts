import { carbonTextFiles } from '../carbon/files';
import { type CarbonPatchError, expectedError, type FileSide, isCarbonPatchError } from '../errors';
import { decodePlain } from '../plan/decode-plain';
import { decodeXml, type DecodedText } from '../text/encoding';
import { parseDecoded } from '../xml/document';
import { maskProse } from './mask-secrets';
import { maskAboutLine } from './secrets-of-line';

/** A side of a file that drifted, as text, or in words why it is none. */
export type TextSide = { readonly decoded: DecodedText } | { readonly missing: string };

/** A side as text: a file that the recipes know as no XML is read as one that declares no encoding. */
export function textSide(path: string, side: FileSide): TextSide {
  if ('missing' in side) return side;
  const size = `${side.bytes.length} byte${side.bytes.length === 1 ? '' : 's'}`;
  try {
    const decoded = isXml(path) ? decodeXml(side.bytes, path) : decodePlain(side.bytes);
    return decoded.text.includes('\0') ? { missing: `it is no text (${size})` } : { decoded };
  } catch (error) {
    return { missing: `${problemOf(path, expectedError(error))} (${size})` };
  }
}

/** Why a text is no well-formed XML, with its line and with secrets masked; `undefined` where it is, and for a file that is no XML. */
export function malformation(path: string, decoded: DecodedText): string | undefined {
  if (!isXml(path)) return undefined;
  try {
    parseDecoded(decoded, path);
    return undefined;
  } catch (error) {
    const expected = expectedError(error);
    if (!isCarbonPatchError(expected, 'NOT_WELL_FORMED')) return maskProse(problemOf(path, expected));
    const { line, problem, sourceLine, sourceAround } = expected.details;
    return `line ${line} is not well-formed: ${maskAboutLine(problem, sourceLine, sourceAround)}`;
  }
}

function isXml(path: string): boolean {
  return !carbonTextFiles.some((file) => `/${path}`.endsWith(`/${file.path}`));
}

/** The message without the path, which stands above, and without the advice, which is for another situation. */
function problemOf(path: string, { message }: CarbonPatchError): string {
  const [cause = message] = message.replace(`${path}:`, '').trim().split(';');
  return cause;
}
