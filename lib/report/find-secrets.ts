import type { Span } from '../text/edit';
import { decodedText, decodedView, mostLayers } from './decoded-view';
import { markupPieces, type AttributePiece, type MarkupPiece } from './markup-pieces';
import { isPlaceholder, isSecretName, isSwitch } from './secret-name';
import { findTextSecrets, isPlainText } from './secret-text';

/**
 * Where the secrets of a text lie: a file of any kind, a single line of it, or one value. The spans are in order, do not
 * touch, hold at least one character and never a line break; the indent of a continued line is left out.
 * Secret is what `isSecretName` says of an element, an attribute, what a `name`, `key` or `id` attribute says, or a
 * `<name>` beside the value; and what `findTextSecrets` finds, in text, values, comments, CDATA and entity declarations.
 */
export function findSecrets(text: string): readonly Span[] {
  const known = recent.get(text);
  if (known) return known;
  const spans = findAnew(text);
  // A plan asks several times for the two sides of each of its files.
  if (recent.size === mostRecent) recent.clear();
  recent.set(text, spans);
  return spans;
}

const mostRecent = 16;
const recent = new Map<string, readonly Span[]>();

/** `layer` tells how many layers of escapes were taken off the text, and `entityValues` what its references stand for. */
function findAnew(text: string, layer = 0, entityValues = new Map<string, string>()): readonly Span[] {
  const whole = { start: 0, end: text.length };
  const finding: Finding = { text, spans: [], entities: new Set(), entityValues, doctypes: [], depth: 0, layer };
  findInMarkup(finding, whole);
  // What looks like a tag in a properties file or in a password is none.
  if (!/^\s*</.test(text)) findInText(finding, whole);
  for (const doctype of finding.doctypes) findInDoctype(finding, doctype);
  return mergeSpans(finding.spans);
}

/** The spans in order, with those that overlap or touch made one. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last && span.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}

interface Finding {
  readonly text: string;
  readonly spans: Span[];
  /** Entities that a secret refers to: their values are secret too. */
  readonly entities: Set<string>;
  /** What the entities that the text declares stand for. */
  readonly entityValues: Map<string, string>;
  readonly doctypes: Span[];
  readonly layer: number;
  /** How many comments, sections and values the current stretch lies in. */
  depth: number;
}

/** Deeper than any file is made; what is hidden deeper is masked unread. */
const deepest = 20;

interface Frame {
  readonly name: string;
  /** The name that makes everything inside secret. */
  readonly secret: string | undefined;
  readonly attributes: readonly AttributePiece[];
  readonly texts: Span[];
  readonly leaves: Frame[];
  isLeaf: boolean;
}

function findInMarkup(finding: Finding, region: Span, reading?: 'halfOpen'): void {
  if (finding.depth === deepest) {
    addSecret(finding, region, '');
    return;
  }
  finding.depth++;
  const frames: Frame[] = [newFrame('', undefined)];
  let lastText: Span | undefined;
  for (const piece of markupPieces(finding.text, region, reading)) {
    const frame = frames.at(-1) ?? newFrame('', undefined);
    if (piece.kind === 'open') openElement(finding, frames, frame, piece);
    else if (piece.kind === 'close') closeElement(finding, frames, piece.name, lastText);
    else findInContent(finding, frame, piece);
    lastText = piece.kind === 'text' ? piece.span : undefined;
  }
  while (frames.length > 0) closeFrame(finding, frames);
  finding.depth--;
}

function newFrame(name: string, secret: string | undefined, attributes: readonly AttributePiece[] = []): Frame {
  return { name, secret, attributes, texts: [], leaves: [], isLeaf: true };
}

/** The start tag of an element. */
export type OpenPiece = Extract<MarkupPiece, { kind: 'open' }>;

/** What makes the content of an element secret: its name, or what one of its attributes says; undefined where nothing does. */
export function secretNameOf(
  text: string,
  { name, attributes }: OpenPiece,
  entityValues?: ReadonlyMap<string, string>,
): string | undefined {
  const named = attributes.filter((one) => namingAttribute.test(one.name));
  const names = named.map(({ value }) => decodedText(text.slice(value.start, value.end), entityValues));
  return [name, ...names].find(isSecretName);
}

function openElement(finding: Finding, frames: Frame[], parent: Frame, piece: OpenPiece): void {
  parent.isLeaf = false;
  const { name, attributes, isEmpty, end } = piece;
  const named = secretNameOf(finding.text, piece, finding.entityValues);
  for (const attribute of attributes) findInAttribute(finding, attribute, named, end);
  // A name of two words: inside a secret element, as in `<Password><Enable>true`, a switch is no secret.
  const inherited = parent.secret === undefined ? undefined : 'nested.password';
  if (!isEmpty) frames.push(newFrame(name, named ?? inherited, attributes));
}

function closeElement(finding: Finding, frames: Frame[], name: string, lastText: Span | undefined): void {
  const depth = frames.findLastIndex((frame, index) => index > 0 && frame.name === name);
  // The end of an element that began before the stretch.
  if (depth === -1 && lastText && isSecretName(name)) addSecret(finding, lastText, name);
  while (depth > 0 && frames.length > depth) closeFrame(finding, frames);
}

function closeFrame(finding: Finding, frames: Frame[]): void {
  const frame = frames.pop();
  if (!frame) return;
  const parent = frames.at(-1);
  if (frame.isLeaf) parent?.leaves.push(frame);
  if (frame.isLeaf && frame.secret === undefined && frame.texts.length > 1) findInParts(finding, frame.texts);
  const named = namingLeaf(finding, frame.leaves);
  if (!named) return;
  const name = textOf(finding, named);
  for (const leaf of frame.leaves) {
    if (leaf !== named && !namingElement.test(leaf.name)) for (const span of leaf.texts) addSecret(finding, span, name);
  }
  for (const attribute of frame.attributes)
    if (!harmlessAttribute.test(attribute.name)) addSecret(finding, attribute.value, name);
}

/** The element that says what the others beside it are: by its own name, or as the first of two, as in a map. */
function namingLeaf(finding: Finding, leaves: readonly Frame[]): Frame | undefined {
  const [first, second] = leaves;
  const named = leaves
    .filter(({ name }) => namingElement.test(name))
    .find((leaf) => isSecretName(textOf(finding, leaf)));
  if (named || leaves.length !== 2 || first === undefined || first.name !== second?.name) return named;
  const text = textOf(finding, first);
  return plainName.test(text) && isSecretName(text) ? first : undefined;
}

type ContentPiece = Exclude<MarkupPiece, { kind: 'open' | 'close' }>;

function findInContent(finding: Finding, frame: Frame, { kind, span }: ContentPiece): void {
  if (kind === 'doctype') {
    finding.doctypes.push(span);
    for (const { name, value } of declaredEntities(finding.text.slice(span.start, span.end)))
      if (!finding.entityValues.has(name)) finding.entityValues.set(name, value);
    return;
  }
  if (kind === 'text' || kind === 'cdata') frame.texts.push(span);
  if (frame.secret !== undefined) addSecret(finding, span, frame.secret);
  else if (kind === 'comment') findInMarkup(finding, span, 'halfOpen');
  else if (kind === 'cdata') findInMarkup(finding, span);
  else findInText(finding, span);
}

const plainName = /^[\w.:-]{1,100}$/;
const namingElement = /(?:^|[:-])(?:name|key|param-?name|property-?name)$/i;
const namingAttribute = /(?:^|:)(?:name|key|id|property|param|parameter|field|attr|attribute)$/i;

/** Attributes that say what a secret is or how it is kept; every other attribute beside a secret name is taken for its value. */
const harmlessAttribute =
  /^xmlns|^xsi:|(?:^|:)(?:name|key|id|property|param|parameter|field|attr|attribute|type|class|locked|enabled|encrypted|encoding|scope|provider|\w*alias)$/i;

/** The rest of a secret with a quote in it, which ends the value too early. */
const afterQuote = /^["'](?![\s/>?]|$)[^<>]*?(?=\s[\w:.-]+\s*=|\s*\/?>|[\r\n]|$)/;

function findInAttribute(
  finding: Finding,
  { name, value }: AttributePiece,
  elementSecret: string | undefined,
  tagEnd: number,
): void {
  const secret = isSecretName(name) ? name : harmlessAttribute.test(name) ? undefined : elementSecret;
  if (secret === undefined) findInText(finding, value);
  else {
    addSecret(finding, value, secret);
    const rest = afterQuote.exec(finding.text.slice(value.end, tagEnd))?.[0];
    if (rest !== undefined) addSecret(finding, { start: value.end, end: value.end + rest.length }, '');
  }
  // Only a malformed file has tags inside a value: its quotes are out of step.
  if (finding.text.slice(value.start, value.end).includes('<')) findInMarkup(finding, value);
}

function findInText(finding: Finding, { start, end }: Span): void {
  const text = finding.text.slice(start, end);
  if (isPlainText(text)) return;
  const view = finding.layer < mostLayers ? decodedView(text, finding.entityValues) : undefined;
  const escaped = view === undefined ? [] : findAnew(view.text, finding.layer + 1, finding.entityValues);
  for (const span of [...findTextSecrets(text), ...escaped.map((one) => view?.sourceOf(one) ?? one)]) {
    addSecret(finding, { start: start + span.start, end: start + span.end }, '');
  }
}

/** A value that comments or CDATA cut into parts, as in `jdbc:mysql://u:<![CDATA[p&q]]>@host`. */
function findInParts(finding: Finding, parts: readonly Span[]): void {
  const found = findTextSecrets(parts.map(({ start, end }) => finding.text.slice(start, end)).join(''));
  let offset = 0;
  for (const { start, end } of parts) {
    const shift = start - offset;
    for (const span of found) {
      const common = { start: Math.max(span.start + shift, start), end: Math.min(span.end + shift, end) };
      if (common.start < common.end) addSecret(finding, common, '');
    }
    offset += end - start;
  }
}

const entityDeclaration = /<!ENTITY\s+(?:%\s+)?([^\s"'>]+)\s+(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/dg;
const attributeDefault =
  /([^\s"'<>]+)\s+(?:[A-Z]+|\([^)]*\))\s+(?:#FIXED\s+)?(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/dg;
const doctypeComment = /<!--([\s\S]*?)-->/dg;

function declaredEntities(source: string): readonly { readonly name: string; readonly value: string }[] {
  return [...source.matchAll(entityDeclaration)].map(({ 1: name = '', groups }) => ({
    name,
    value: groups?.['double'] ?? groups?.['single'] ?? '',
  }));
}

function findInDoctype(finding: Finding, { start, end }: Span): void {
  const source = finding.text.slice(start, end);
  const place = ([from, to]: readonly [number, number]): Span => ({ start: start + from, end: start + to });
  for (const match of source.matchAll(doctypeComment)) {
    if (match.indices?.[1]) findInMarkup(finding, place(match.indices[1]), 'halfOpen');
  }
  for (const pattern of [entityDeclaration, attributeDefault]) {
    for (const match of source.matchAll(pattern)) {
      const name = match[1] ?? '';
      const value = match.indices?.groups?.['double'] ?? match.indices?.groups?.['single'];
      if (!value) continue;
      if (isSecretName(name) || finding.entities.has(name)) addSecret(finding, place(value), name);
      else findInMarkup(finding, place(value));
    }
  }
}

/** Adds a value that a secret name stands for, unless there is nothing in it to hide. */
function addSecret(finding: Finding, { start, end }: Span, name: string): void {
  const value = finding.text.slice(start, end);
  if (isPlaceholder(value) || isSwitch(name, value)) return;
  for (const [, entity] of value.matchAll(/&([^#;&\s][^;&\s]*);/g)) finding.entities.add(entity ?? '');
  for (const line of value.matchAll(/[^\r\n]+/g)) {
    const indent = /^\s*$/.test(line[0]) ? line[0].length : line.index > 0 ? leadingSpace(line[0]) : 0;
    const lineStart = start + line.index + indent;
    const lineEnd = start + line.index + line[0].length;
    if (lineStart < lineEnd) finding.spans.push({ start: lineStart, end: lineEnd });
  }
}

function leadingSpace(line: string): number {
  return line.length - line.trimStart().length;
}

function textOf({ text, entityValues }: Finding, { texts }: Frame): string {
  const source = texts.map(({ start, end }) => text.slice(start, end)).join('');
  return decodedText(source, entityValues).trim();
}
