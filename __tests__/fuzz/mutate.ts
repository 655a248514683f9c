import type { Random } from './random';
import type { Seed, SeedKind } from './seeds';
import { encodingNames, repeatedOf, soundTokens, tokensOf } from './tokens';

/** An input made of a seed: seldom the seed itself, mostly with a few things changed in it. */
export function mutate(random: Random, seed: Seed, others: readonly Seed[]): Buffer {
  let bytes = seed.bytes;
  const gently = !random.isOneIn(3);
  for (let count = random.pick([0, 1, 1, 1, 2, 2, 3, 5]); count > 0; count--) {
    const mutation = gently ? gentle[seed.kind] : random.pick(mutations);
    bytes = mutation(random, bytes, seed, others);
  }
  return random.isOneIn(300) ? enlarge(random, bytes, seed.kind) : bytes;
}

type Mutation = (random: Random, bytes: Buffer, seed: Seed, others: readonly Seed[]) => Buffer;

const mutations: readonly Mutation[] = [
  function flipByte(random, bytes) {
    const flipped = Buffer.from(bytes);
    const at = random.below(bytes.length);
    if (bytes.length > 0) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
    return flipped;
  },
  function setByte(random, bytes) {
    const at = random.below(bytes.length);
    return replaced(bytes, at, 1, Buffer.from([random.pick([0, 9, 10, 13, 34, 38, 39, 60, 62, 0x80, 0xc3, 0xff])]));
  },
  function deletePart(random, bytes) {
    return replaced(bytes, random.below(bytes.length), 1 + random.below(random.pick([2, 20, 400])), nothing);
  },
  function duplicatePart(random, bytes) {
    const from = random.below(bytes.length);
    const part = bytes.subarray(from, from + 1 + random.below(random.pick([4, 40, 400])));
    return replaced(bytes, random.isOneIn(2) ? from : random.below(bytes.length), 0, part);
  },
  function splice(random, bytes, _seed, others) {
    const other = random.pick(others).bytes;
    return Buffer.concat([bytes.subarray(0, random.below(bytes.length)), other.subarray(random.below(other.length))]);
  },
  insertToken,
  insertToken,
  insertToken,
  function truncate(random, bytes) {
    return bytes.subarray(0, random.below(bytes.length));
  },
  function repeatToken(random, bytes, { kind }) {
    const token = random.pick(repeatedOf[kind]).repeat(1 + random.below(random.pick([5, 100, 1000])));
    return replaced(bytes, random.below(bytes.length + 1), 0, Buffer.from(token));
  },
  function hugeValue(random, bytes) {
    const quote = bytes.indexOf(random.pick(['="', "='", '>', ': ', ' ']), random.below(bytes.length));
    if (quote === -1) return bytes;
    return replaced(
      bytes,
      quote + 2,
      0,
      Buffer.from(random.pick(['a', ' ', '&lt;', 'é', '-']).repeat(1 + random.below(3000))),
    );
  },
  function changeLineEnds(random, bytes) {
    const text = bytes.toString('latin1').replaceAll('\r\n', '\n');
    return Buffer.from(text.replaceAll('\n', random.pick(['\r\n', '\r', '\n', ' '])), 'latin1');
  },
  swapEncoding,
];

function insertToken(random: Random, bytes: Buffer, { kind }: Seed): Buffer {
  return replaced(bytes, random.below(bytes.length + 1), 0, Buffer.from(random.pick(tokensOf[kind])));
}

/** Leaves out a line, or writes it twice, or one of the same or another file somewhere else. */
function mutateLines(random: Random, bytes: Buffer, _seed: Seed, others: readonly Seed[]): Buffer {
  const lines = linesOf(bytes);
  const at = random.below(lines.length);
  const from = random.isOneIn(3) ? linesOf(random.pick(others).bytes) : lines;
  const line = random.isOneIn(3)
    ? random.pick(['\n', '# c\n', '   \n', '\r\n', '\t# password: x\n'])
    : random.pick(from);
  lines.splice(at, random.below(2), ...(random.isOneIn(3) ? [] : [line]));
  return Buffer.from(lines.join(''), 'latin1');
}

function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').split(/(?<=\n)/);
}

/** Changes that mostly leave an XML file well-formed, so that what comes after the parser is tried too. */
function mutateMarkup(random: Random, bytes: Buffer, seed: Seed, others: readonly Seed[]): Buffer {
  const kind = random.below(6);
  if (kind === 0) return swapEncoding(random, bytes);
  if (kind === 1) {
    const gap = bytes.indexOf('="', random.below(bytes.length));
    if (gap === -1) return bytes;
    return replaced(
      bytes,
      gap + 2,
      0,
      Buffer.from(random.pick(['>', "'", '&#10;', '\n', '\t', '&amp;', '--', 'é', ' '])),
    );
  }
  const pieces = random.pick(random.isOneIn(2) ? others : [seed]).pieces;
  const content = kind < 4 && pieces.length > 0 ? random.pick(pieces) : Buffer.from(random.pick(soundTokens));
  return replaced(bytes, betweenTags(random, bytes), 0, content);
}

/** Behind some end of a tag; at the end of the file where there is none any more. */
function betweenTags(random: Random, bytes: Buffer): number {
  const found = bytes.indexOf('>', random.below(bytes.length));
  return found === -1 ? bytes.length : found + 1;
}

/** Names another encoding, or writes the bytes in another, or both. */
function swapEncoding(random: Random, bytes: Buffer): Buffer {
  const name = random.pick(encodingNames);
  const text = bytes.toString(random.pick(['utf8', 'latin1']));
  const declared = /^(\ufeff?)<\?xml[^>]*\?>/.test(text)
    ? text.replace(/^(\ufeff?)<\?xml[^>]*\?>/, `$1<?xml version="1.0" encoding="${name}"?>`)
    : `<?xml version='1.0' encoding='${name}'?>${text}`;
  const mark = random.isOneIn(3) ? '\ufeff' : '';
  if (/^UTF-16/.test(name) && !random.isOneIn(4)) {
    const wide = Buffer.from(mark + declared, 'utf16le');
    return random.isOneIn(2) ? wide : wide.swap16();
  }
  const isWide = /^utf-?8$/i.test(name) || random.isOneIn(4);
  return Buffer.from(isWide ? mark + declared : declared, isWide ? 'utf8' : 'latin1');
}

/** Long or deep, to see what time grows with. */
function enlarge(random: Random, bytes: Buffer, kind: SeedKind): Buffer {
  const token = random.pick(repeatedOf[kind]);
  const size = random.pick([10_000, 30_000, 60_000]);
  const long = Buffer.from(token.repeat(Math.ceil(size / token.length)));
  const at = kind === 'xml' && random.isOneIn(2) ? betweenTags(random, bytes) : random.below(bytes.length + 1);
  return replaced(random.isOneIn(4) ? nothing : bytes, at, 0, long);
}

/** What leaves a file of a kind readable more often than not. */
const gentle: Readonly<Record<SeedKind, Mutation>> = { xml: mutateMarkup, conf: mutateLines, cluster: mutateLines };

const nothing = Buffer.alloc(0);

function replaced(bytes: Buffer, at: number, length: number, by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + length)]);
}
