import { DOMParser } from '@xmldom/xmldom';
import { CarbonPatchError } from '../errors';
import type { Span } from '../text/edit';
import { lineIndex } from '../text/position';
import {
  attributeOf,
  cdataContent,
  commentContent,
  isElement,
  sourceOf,
  type ElementSource,
  type LeafSource,
  type NodeSource,
  type SourceDocument,
} from './document';
import { normaliseLineEnds, unescapeText } from './escape';
import { hiddenComment, isLongComment } from './long-comments';
import { checkSoundness } from './soundness';
import { xmldomHandler, type ReadAttribute, type SecondReader } from './xmldom-handler';

// xmldom's parser tells a handler what it reads, and its DOM is what its own handler makes of that. The handler here makes
// nothing: it holds each event against the source tree. That is the same second reading as a DOM, for a fraction of its
// time and memory. That a handler can be given is not documented for users; were it ever ignored, no event would come, and
// every file be refused.

/**
 * Reads a document a second time, with xmldom, and throws INTERNAL_MISMATCH where the two readings disagree: every node must
 * have its piece of source, in the same order, with the same name, attributes, start offset and content. Throws
 * NOT_WELL_FORMED where names break the rules of namespaces.
 */
export function checkSecondReading(document: SourceDocument): void {
  checkSoundness(document);
  const source = sourceForXmldom(document);
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
 * What the DOM parser is given: what XPath must not see is blanked out, so that offsets stay. Throws INTERNAL_MISMATCH unless
 * the tokens cover the text.
 */
export function sourceForXmldom(document: SourceDocument): string {
  const { tokens, text } = document;
  let source = '';
  let copied = 0;
  let position = 0;
  for (const token of tokens) {
    const { kind, span } = token;
    if (span.start !== position) throw mismatch(document, `no token covers what is at ${position}`);
    position = span.end;
    const isHidden = isLongComment(token);
    if (!isHidden && kind !== 'declaration' && kind !== 'doctype') continue;
    const raw = text.slice(span.start, span.end);
    source += text.slice(copied, span.start) + (isHidden ? hiddenComment(raw) : raw.replace(/[^\r\n]/g, ' '));
    copied = span.end;
  }
  if (position !== text.length) throw mismatch(document, `no token covers what is at ${position}`);
  return copied === 0 ? text : source + text.slice(copied);
}

/**
 * The scanner has checked every reference; of the names of entities xmldom knows only letters and digits. U+FFFD is a
 * character like any other: the bytes were decoded strictly.
 */
export function isKnownToBeFine(message: string): boolean {
  return /^(?:entity not |EntityRef: expecting ;|Unicode replacement character detected)/.test(message);
}

/** True where xmldom may differ, because it knows no declared entity. */
export function holdsEntity(document: SourceDocument, span: Span): boolean {
  return document.entities.size > 0 && /&[^#]/.test(sourceOf(document, span));
}

/** True for `<![CDATA[]]>`, of which xmldom makes no node, so that the texts around it grow together. */
export function isEmptyCdata(node: NodeSource): boolean {
  return node.kind === 'cdata' && node.whole.end - node.whole.start === '<![CDATA[]]>'.length;
}

/** The value that the DOM has of a leaf; nothing for an instruction, whose value the source does not know. */
export function leafValue(document: SourceDocument, leaf: LeafSource): string {
  switch (leaf.kind) {
    case 'text':
      return unescapeText(sourceOf(document, leaf.whole), document.entities);
    case 'cdata':
      return normaliseLineEnds(sourceOf(document, cdataContent(leaf)));
    case 'comment':
      return normaliseLineEnds(sourceOf(document, commentContent(leaf)));
    case 'instruction':
      return '';
  }
}

/** An element that is being read, and how many of its children were. */
interface OpenElement {
  readonly source: ElementSource;
  next: number;
}

function startReading(document: SourceDocument): SecondReader {
  const open: OpenElement[] = [];
  let isRootRead = false;
  let text: string | undefined;
  let found: string | undefined;
  const refuse = (problem: string): void => {
    found ??= problem;
  };
  const nextChild = (): NodeSource | undefined => {
    settleText();
    const current = open.at(-1);
    if (current === undefined) return undefined;
    let child = current.source.children[current.next++];
    while (child !== undefined && isEmptyCdata(child)) child = current.source.children[current.next++];
    return child;
  };
  const settleText = (): void => {
    const value = text;
    text = undefined;
    const current = open.at(-1);
    if (value === undefined || current === undefined) return;
    const problem = textProblem(document, current, value);
    if (problem !== undefined) refuse(problem);
  };
  return {
    startElement(name, offset, attributes) {
      const source = open.length === 0 && !isRootRead ? document.root : nextChild();
      isRootRead = true;
      if (source === undefined || !isElement(source))
        return refuse(`<${name}> at ${offset} has no place in the source`);
      open.push({ source, next: 0 });
      const problem = elementProblem(source, name, offset) ?? attributesProblem(document, source, attributes);
      if (problem !== undefined) refuse(problem);
    },
    endElement() {
      const left = nextChild();
      const closed = open.pop();
      if (left !== undefined) refuse(`the ${left.kind} at ${left.whole.start} is not in the DOM`);
      if (closed === undefined) refuse('an element ends in the DOM that never began');
    },
    text(value) {
      if (open.length > 0) text = (text ?? '') + value;
    },
    leaf(kind, value) {
      if (open.length === 0) return;
      const source = nextChild();
      if (source === undefined || isElement(source) || kindForXmldom(source) !== kind)
        return refuse(`a ${kind} of the DOM has no place in the source`);
      if (kind !== 'instruction' && leafValue(document, source) !== value) {
        refuse(`the ${kind} at ${source.whole.start} differs in the DOM`);
      }
    },
    refuse,
    complain(level, message) {
      if (!isKnownToBeFine(message)) refuse(`the DOM parser says ${level}: ${message}`);
    },
    problem: () => found ?? (isRootRead && open.length === 0 ? undefined : 'the DOM does not have the whole source'),
  };
}

/** As what xmldom gets a leaf. */
function kindForXmldom({ kind, whole }: LeafSource): LeafSource['kind'] {
  return kind === 'comment' && isLongComment({ kind, span: whole }) ? 'instruction' : kind;
}

function elementProblem(source: ElementSource, name: string, offset: number | undefined): string | undefined {
  if (name === source.name && offset === source.whole.start) return undefined;
  return `<${source.name}> at ${source.whole.start} is <${name}> at ${offset} in the DOM`;
}

function attributesProblem(
  document: SourceDocument,
  source: ElementSource,
  attributes: readonly ReadAttribute[],
): string | undefined {
  const where = `<${source.name}> at ${source.whole.start}`;
  if (attributes.length !== source.attributes.size) return `${where} has ${attributes.length} attributes in the DOM`;
  for (const { name, value, offset } of attributes) {
    const token = source.attributes.get(name);
    if (token === undefined) return `${name} of ${where} has no place in the source`;
    // xmldom gives an attribute the place of its opening quote.
    if (offset !== token.value.start - 1) return `${name} of ${where} is at ${offset} in the DOM`;
    const isSame = attributeOf(document, source, name) === value || holdsEntity(document, token.value);
    if (!isSame) return `${name} of ${where} differs in the DOM`;
  }
  return undefined;
}

/** Texts with nothing but empty CDATA sections between them are one text to xmldom. */
function textProblem(document: SourceDocument, current: OpenElement, value: string): string | undefined {
  const { children } = current.source;
  const first = children[current.next];
  let expected = '';
  let mayDiffer = false;
  for (let child = children[current.next]; child !== undefined; child = children[++current.next]) {
    if (child.kind === 'text') {
      expected += leafValue(document, child);
      mayDiffer ||= holdsEntity(document, child.whole);
    } else if (!isEmptyCdata(child)) break;
  }
  if (value === expected || mayDiffer) return undefined;
  return `the ${first?.kind ?? 'end'} at ${first?.whole.start ?? current.source.whole.end} differs in the DOM`;
}

function mismatch({ path }: SourceDocument, problem: string): CarbonPatchError {
  return new CarbonPatchError('INTERNAL_MISMATCH', { path, problem });
}
