import { DOMParser } from '@xmldom/xmldom';
import { CarbonPatchError } from '../errors';
import { lineIndex } from '../text/position';
import { sourceOf, type LeafSource, type SourceDocument } from './document';
import { normaliseLineEnds, unescapeAttribute } from './escape';
import { checkSoundness } from './soundness';
import type { TagToken, TokenKind } from './token';
import { isTag } from './token-list';
import { xmldomHandler, type ReadAttribute, type SecondReader } from './xmldom-handler';
import { holdsEntity, isEmptyCdataAt, isKnownToBeFine, kindForXmldom, leafValue, sourceForXmldom } from './xmldom-view';

// xmldom's parser tells a handler what it reads, and its DOM is what its own handler makes of that. The handler here makes
// nothing: it holds each event against the tokens. That is the same second reading as a DOM, for a fraction of its
// time and memory. That a handler can be given is not documented for users; were it ever ignored, no event would come, and
// every file be refused.

/**
 * Reads a document a second time, with xmldom, and throws INTERNAL_MISMATCH where the two readings disagree: every node must
 * have its piece of source, in the same order, with the same name, attributes, start offset and content. Throws
 * NOT_WELL_FORMED where names break the rules of namespaces.
 */
export function checkSecondReading(document: SourceDocument): void {
  checkSoundness(document);
  const source = sourceForXmldom(document, undefined);
  const reader = startReading(document);
  const handler = xmldomHandler(reader, lineIndex(document.text));
  const parser = new DOMParser({
    locator: true,
    normalizeLineEndings: normaliseLineEnds,
    // `new` gives the object that a constructor returns.
    domHandler: function Handler() {
      return handler;
    },
  });
  try {
    parser.parseFromString(source, 'text/xml');
  } catch (error) {
    reader.refuse(`the DOM parser says ${String(error)}`);
  }
  const problem = reader.problem();
  if (problem !== undefined) throw mismatch(document, problem);
}

/**
 * Goes along the tokens of the document as xmldom tells what it reads: both are in the order of the text. After the first
 * problem nothing is compared any more.
 */
function startReading(document: SourceDocument): SecondReader {
  const { tokens } = document;
  // The next token, from the root element on.
  let next = tokens.rootIndex;
  let depth = 0;
  // True between the start and the end of an element that is one tag.
  let isInEmptyTag = false;
  let text: string | undefined;
  let found: string | undefined;
  const refuse = (problem: string): void => {
    found ??= problem;
  };
  const settleText = (): void => {
    if (text === undefined || found !== undefined) return;
    const problem = textProblem(document, next, isInEmptyTag ? next : (next = textsEnd(document, next)), text);
    text = undefined;
    if (problem !== undefined) refuse(problem);
  };
  /** The next token, which is not the end of an element that is one tag. */
  const nextKind = (): TokenKind | undefined => {
    settleText();
    while (isEmptyCdataAt(document, next)) next++;
    return isInEmptyTag ? undefined : tokens.kindAt(next);
  };
  return {
    startElement(name, offset, attributes) {
      const kind = nextKind();
      const isPlaced = isTag(kind) && (depth > 0 || next === tokens.rootIndex);
      if (!isPlaced) return refuse(`<${name}> at ${offset} has no place in the source`);
      const problem = tagProblem(document, tokens.tagAt(next), { name, offset, attributes });
      if (problem !== undefined) refuse(problem);
      depth++;
      next++;
      isInEmptyTag = kind === 'emptyTag';
    },
    endElement() {
      const kind = nextKind();
      const isEnd = isInEmptyTag || (kind === 'endTag' && depth > 0);
      if (!isEnd) return refuse(`the ${kind ?? 'end'} at ${tokens.startAt(next)} is not in the DOM`);
      if (!isInEmptyTag) next++;
      isInEmptyTag = false;
      depth--;
    },
    text(value) {
      if (depth > 0) text = (text ?? '') + value;
    },
    leaf(kind, value) {
      if (depth === 0) return;
      const source = nextKind() === undefined ? undefined : leafAt(document, next);
      const problem = leafProblem(document, source, kind, value);
      if (problem !== undefined) return refuse(problem);
      next++;
    },
    refuse,
    complain(level, message) {
      if (!isKnownToBeFine(message)) refuse(`the DOM parser says ${level}: ${message}`);
    },
    problem: () =>
      found ?? (depth === 0 && next > tokens.rootIndex ? undefined : 'the DOM does not have the whole source'),
  };
}

/** The leaf that a token is; `undefined` for a tag. */
function leafAt({ tokens }: SourceDocument, index: number): LeafSource | undefined {
  const kind = tokens.kindAt(index);
  if (kind !== 'text' && kind !== 'cdata' && kind !== 'comment' && kind !== 'instruction') return undefined;
  return { kind, whole: { start: tokens.startAt(index), end: tokens.endAt(index) } };
}

function leafProblem(
  document: SourceDocument,
  source: LeafSource | undefined,
  kind: LeafSource['kind'],
  value: string,
): string | undefined {
  if (source === undefined || kindForXmldom(source) !== kind) return `a ${kind} of the DOM has no place in the source`;
  if (kind === 'instruction' || leafValue(document, source) === value) return undefined;
  return `the ${kind} at ${source.whole.start} differs in the DOM`;
}

/** A start tag as xmldom reads it. */
interface ReadTag {
  readonly name: string;
  readonly offset: number | undefined;
  readonly attributes: readonly ReadAttribute[];
}

function tagProblem(document: SourceDocument, tag: TagToken, read: ReadTag): string | undefined {
  const where = `<${tag.name}> at ${tag.span.start}`;
  if (read.name !== tag.name || read.offset !== tag.span.start)
    return `${where} is <${read.name}> at ${read.offset} in the DOM`;
  if (read.attributes.length !== tag.attributes.length)
    return `${where} has ${read.attributes.length} attributes in the DOM`;
  for (const [index, { name, value, offset }] of read.attributes.entries()) {
    const token = tag.attributes[index];
    if (token?.name !== name) return `${name} of ${where} has no place in the source`;
    // xmldom gives an attribute the place of its opening quote.
    if (offset !== token.value.start - 1) return `${name} of ${where} is at ${offset} in the DOM`;
    const expected = unescapeAttribute(sourceOf(document, token.value), document.entities);
    if (expected !== value && !holdsEntity(document, token.value)) return `${name} of ${where} differs in the DOM`;
  }
  return undefined;
}

/** Where texts end that have nothing but empty CDATA sections between them, which are one text to xmldom. */
function textsEnd(document: SourceDocument, first: number): number {
  let end = first;
  while (document.tokens.kindAt(end) === 'text' || isEmptyCdataAt(document, end)) end++;
  return end;
}

function textProblem(document: SourceDocument, first: number, end: number, value: string): string | undefined {
  const { tokens } = document;
  let expected = '';
  let mayDiffer = false;
  for (let index = first; index < end; index++) {
    if (tokens.kindAt(index) !== 'text') continue;
    const span = { start: tokens.startAt(index), end: tokens.endAt(index) };
    expected += leafValue(document, { kind: 'text', whole: span });
    mayDiffer ||= holdsEntity(document, span);
  }
  if (value === expected || mayDiffer) return undefined;
  return `the ${tokens.kindAt(first) ?? 'end'} at ${tokens.startAt(first)} differs in the DOM`;
}

function mismatch({ path }: SourceDocument, problem: string): CarbonPatchError {
  return new CarbonPatchError('INTERNAL_MISMATCH', { path, problem });
}
