/** True for the characters that an XML 1.0 file may hold at all, written out or as a character reference. */
export function isXmlCharacter(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd;
  if (codePoint < 0xd800) return true;
  return (codePoint >= 0xe000 && codePoint <= 0xfffd) || (codePoint >= 0x10000 && codePoint <= 0x10ffff);
}

/** The offset of the first character that XML 1.0 does not allow, a lone surrogate included; undefined where all are fine. */
export function firstForbiddenCharacter(text: string): number | undefined {
  const offset = text.search(forbiddenCharacter);
  return offset === -1 ? undefined : offset;
}

/** True for the four white-space characters of XML: space, tab, line feed, carriage return. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0xa || code === 0x9 || code === 0xd;
}

/** The offset after the white space at `start`; `start` itself where there is none. */
export function spaceEnd(text: string, start: number): number {
  let end = start;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}

/** The offset after the Name at `start` (5th edition characters); `start` itself where no name begins there. */
export function nameEnd(text: string, start: number): number {
  return isNameStart(codePointAt(text, start)) ? tokenEnd(text, start) : start;
}

/** The offset after the Nmtoken at `start`, which may begin with any name character; `start` itself where there is none. */
export function tokenEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code < 0x80) {
      if (asciiClass[code] === 0) return end;
      end++;
    } else {
      const codePoint = codePointAt(text, end);
      if (!isNameCharacter(codePoint)) return end;
      end += codePoint > 0xffff ? 2 : 1;
    }
  }
}

/** True where an XML name of the 5th edition may begin with this character. */
export function isNameStart(codePoint: number): boolean {
  return codePoint < 0x80 ? asciiClass[codePoint] === startsName : isIn(nameStartRanges, codePoint);
}

/** True where an XML name of the 5th edition may hold this character after its first. */
function isNameCharacter(codePoint: number): boolean {
  if (codePoint < 0x80) return asciiClass[codePoint] !== 0;
  return isIn(nameStartRanges, codePoint) || isIn(nameOnlyRanges, codePoint);
}

// With the flag u, a lone surrogate is a character of its own and falls outside every range.
const forbiddenCharacter = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

type Range = readonly [first: number, last: number];

/** Production 4 of XML 1.0, 5th edition, without its ASCII part. */
const nameStartRanges: readonly Range[] = [
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
];

/** Production 4a of XML 1.0, 5th edition, without its ASCII part and production 4. */
const nameOnlyRanges: readonly Range[] = [
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];

const startsName = 2;
const continuesName = 1;

const asciiClass = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[:A-Z_a-z]/.test(character)) return startsName;
  return /[-.0-9]/.test(character) ? continuesName : 0;
});

function isIn(ranges: readonly Range[], codePoint: number): boolean {
  return ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}

function codePointAt(text: string, offset: number): number {
  return text.codePointAt(offset) ?? NaN;
}
