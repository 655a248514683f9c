import { createHash } from 'node:crypto';
import type { FilePatch } from '../../lib/plan/plan';
import { encodeText, type Encoding } from '../../lib/text/encoding';

interface FilePatchInput {
  readonly path?: string;
  readonly before: string;
  readonly after: string;
  readonly encoding?: Encoding;
  readonly byteOrderMark?: boolean;
  readonly changes?: FilePatch['changes'];
}

/** A patch that replaces what differs between two texts. */
export function filePatch(input: FilePatchInput): FilePatch {
  const { path = 'conf/a.xml', before, after, encoding = 'UTF-8', byteOrderMark = false, changes = [] } = input;
  const baseDigest = createHash('sha256')
    .update(encodeText({ text: before, encoding, byteOrderMark }, path))
    .digest('hex');
  const edits = before === after ? [] : [{ span: { start: 0, end: before.length }, newText: after }];
  return { path, encoding, byteOrderMark, baseDigest, text: before, edits, changes };
}
