import { readAxis2Facts } from '../../lib/carbon/facts/axis2-facts';
import { readCarbonXmlFacts } from '../../lib/carbon/facts/carbon-xml-facts';
import { readCatalinaFacts } from '../../lib/carbon/facts/catalina-facts';
import { readDatasourceFacts } from '../../lib/carbon/facts/datasource-facts';
import { readDatasourceUses } from '../../lib/carbon/facts/datasource-uses';
import { otherPortReaders } from '../../lib/carbon/facts/other-ports';
import { readRegistryFacts } from '../../lib/carbon/facts/registry-facts';
import { readUserMgtFacts } from '../../lib/carbon/facts/user-mgt-facts';
import type { ErrorCode } from '../../lib/errors';
import type { PatchOperation } from '../../lib/patch/operations';
import { patchDocument, type DocumentPatch } from '../../lib/patch/patch-document';
import { patchBytes } from '../../lib/patch/patch-text';
import { encodeText } from '../../lib/text/encoding';
import { parseBytes, type SourceDocument } from '../../lib/xml/document';
import { domOf } from '../../lib/xml/dom';
import { checkNamespaces } from '../../lib/xml/namespaces';
import { independentRefusal } from '../independent-parser';
import { orRefusal, promise } from './refusal';

const parseCodes: readonly ErrorCode[] = [
  'UNSUPPORTED_ENCODING',
  'ENCODING_CONFLICT',
  'INVALID_BYTES',
  'NOT_WELL_FORMED',
  'BEYOND_LIMITS',
];

const patchCodes: readonly ErrorCode[] = [
  'NOT_WELL_FORMED',
  'BEYOND_LIMITS',
  'XPATH_INVALID',
  'TARGET_NOT_FOUND',
  'TARGET_AMBIGUOUS',
  'TARGET_NOT_ELEMENT',
  'TARGET_UNSUITABLE',
  'OPERATION_INVALID',
  'VALUE_NOT_XML',
];

const factReaders: readonly ((document: SourceDocument) => unknown)[] = [
  readAxis2Facts,
  readCarbonXmlFacts,
  readCatalinaFacts,
  readRegistryFacts,
  readUserMgtFacts,
  readDatasourceFacts,
  readDatasourceUses,
  ...new Set(otherPortReaders.values()),
];

/** Reads an XML file, patches it, and reads facts from it; true where it is well-formed. */
export function checkXml(bytes: Buffer, wanted: readonly PatchOperation[]): boolean {
  const document = orRefusal(parseCodes, () => parseBytes(bytes, 'f.xml'));
  if (document === undefined) return false;
  promise(bytes.equals(encodeText(document, 'f.xml')), 'what is read is not written back as the same bytes');
  promise(lieEndToEnd(document), 'the tokens do not lie end to end');
  const isSound = orRefusal(parseCodes, () => (checkNamespaces(document), domOf(document), true)) ?? false;
  if (isSound) for (const read of factReaders) read(document);
  checkPatch(bytes, document, wanted, isSound);
  return isSound;
}

function lieEndToEnd({ tokens, text }: SourceDocument): boolean {
  let position = 0;
  for (const { span } of tokens) {
    if (span.start !== position || span.end <= span.start) return false;
    position = span.end;
  }
  return position === text.length;
}

function checkPatch(
  bytes: Buffer,
  document: SourceDocument,
  wanted: readonly PatchOperation[],
  isSound: boolean,
): void {
  const patch = orRefusal(patchCodes, () => patchDocument(document, wanted));
  if (patch === undefined) return;
  promise(isSound, 'a file whose names have no meaning is patched');
  const patched = Buffer.from(patchBytes(bytes, wanted, { path: 'f.xml' }).bytes);
  promise(keepsBytes(bytes, document, patch, patched), 'bytes outside the edits are not the same');
  const again = parseBytes(patched, 'f.xml');
  promise(again.text === patch.result.text && again.encoding === document.encoding, 'the result reads otherwise');
  checkNamespaces(again);
  checkIndependently(again);
  promise(patch.changes.length > 0 === patch.edits.length > 0, 'changes and edits do not agree');
  // Of several operations one may undo another; the last one is made for good.
  const last = wanted.slice(-1);
  promise(patchDocument(again, last).edits.length === 0, 'the last operation changes its own result');
}

/** A sample is read by another parser too, which may fall short where a DOCTYPE names what is elsewhere. */
function checkIndependently({ text }: SourceDocument): void {
  if (text.length % 4 !== 0 || text.includes('<!DOCTYPE')) return;
  const refusal = independentRefusal(text);
  promise(refusal === undefined, `another parser refuses the result: ${refusal}`);
}

/** Whether the bytes between the edits stand in the result, in their order, with nothing but new text between them. */
function keepsBytes(bytes: Buffer, document: SourceDocument, { edits }: DocumentPatch, patched: Buffer): boolean {
  const size = (text: string): number =>
    encodeText({ text, encoding: document.encoding, byteOrderMark: false }, 'f.xml').length;
  const mark = bytes.length - size(document.text);
  let position = 0;
  let before = 0;
  let after = 0;
  for (const { span, newText } of [
    ...edits,
    { span: { start: document.text.length, end: document.text.length }, newText: '' },
  ]) {
    const kept = size(document.text.slice(position, span.start)) + (position === 0 ? mark : 0);
    if (!bytes.subarray(before, before + kept).equals(patched.subarray(after, after + kept))) return false;
    before += kept + size(document.text.slice(span.start, span.end));
    after += kept + size(newText);
    position = span.end;
  }
  return before === bytes.length && after === patched.length;
}
