import type { ErrorCode } from '../../lib/errors';

/** A file that was made to hurt whoever reads it. */
export interface HostileInput {
  readonly name: string;
  readonly make: () => Buffer;
  /** What an empty patch makes of it: the same bytes, or a refusal with this code. */
  readonly read: Result;
  /** What becomes of it where an attribute of the root is set; left out where only reading is tried. */
  readonly edited?: Result;
}

/** How it ends: well, or with the code of an error. */
export type Result = 'done' | ErrorCode;

const million = 1_000_000;
const deep = 100_000;
const large = 100 * million;

const text = (source: string): Buffer => Buffer.from(source, 'utf8');
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
const wide = (source: string): Buffer => Buffer.from(source, 'utf16le');
const xml = (encoding: string, body = '<a/>'): string => `<?xml version="1.0" encoding="${encoding}"?>${body}`;

const readOnly = { read: 'done' } as const;
const beyondLimits = { read: 'done', edited: 'BEYOND_LIMITS' } as const;
const done = { read: 'done', edited: 'done' } as const;
const malformed = { read: 'NOT_WELL_FORMED', edited: 'NOT_WELL_FORMED' } as const;
const wellFormedOnly = { read: 'done', edited: 'NOT_WELL_FORMED' } as const;
const invalidBytes = { read: 'INVALID_BYTES', edited: 'INVALID_BYTES' } as const;
const unsupported = { read: 'UNSUPPORTED_ENCODING', edited: 'UNSUPPORTED_ENCODING' } as const;
const conflict = { read: 'ENCODING_CONFLICT', edited: 'ENCODING_CONFLICT' } as const;

/** Each entity stands for ten of the one before it. */
function laughs(levels: number): string {
  const entities = Array.from({ length: levels }, (_, level) =>
    level === 0 ? '<!ENTITY l0 "lol">' : `<!ENTITY l${level} "${`&l${level - 1};`.repeat(10)}">`,
  );
  return entities.join('\n');
}

function numbered(count: number, one: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => one(index)).join('');
}

/** Entities, and other ways to make much of little. */
const bombs: readonly HostileInput[] = [
  { name: 'a billion laughs in text', make: () => text(`<!DOCTYPE a [${laughs(10)}]><a>&l9;</a>`), ...beyondLimits },
  {
    name: 'a billion laughs in an attribute',
    make: () => text(`<!DOCTYPE a [${laughs(10)}]><a b="&l9;"/>`),
    ...beyondLimits,
  },
  {
    name: 'a billion laughs in every attribute of a thousand elements',
    make: () => text(`<!DOCTYPE a [${laughs(10)}]><a>${'<b c="&l9;">&l9;</b>'.repeat(1000)}</a>`),
    ...beyondLimits,
  },
  {
    name: 'a billion laughs in the name of a namespace',
    make: () => text(`<!DOCTYPE a [${laughs(10)}]><a xmlns:p="&l9;" p:b=""/>`),
    ...beyondLimits,
  },
  {
    name: 'a billion laughs in the default of an attribute',
    make: () => text(`<!DOCTYPE a [${laughs(10)}<!ATTLIST a b CDATA "&l9;">]><a/>`),
    ...done,
  },
  {
    name: 'a thousand defaults for every one of ten thousand elements',
    make: () =>
      text(
        `<!DOCTYPE a [<!ATTLIST b ${numbered(1000, (index) => ` c${index} CDATA "x"`)}>]><a>${'<b/>'.repeat(10_000)}</a>`,
      ),
    ...done,
  },
  {
    name: 'a thousand defaults with a prefix for every one of ten thousand elements',
    make: () =>
      text(
        `<!DOCTYPE a [<!ATTLIST b ${numbered(1000, (index) => ` p:c${index} CDATA "x"`)}>]><a xmlns:p="u">${'<b/>'.repeat(10_000)}</a>`,
      ),
    ...beyondLimits,
  },
  {
    name: 'a quadratic blowup',
    make: () => text(`<!DOCTYPE a [<!ENTITY e "${'x'.repeat(100_000)}">]><a>${'&e;'.repeat(100_000)}</a>`),
    ...beyondLimits,
  },
  {
    name: 'a quadratic blowup in attributes',
    make: () => text(`<!DOCTYPE a [<!ENTITY e "${'x'.repeat(100_000)}">]><a>${'<b c="&e;"/>'.repeat(20_000)}</a>`),
    ...beyondLimits,
  },
  {
    name: 'laughs of parameter entities',
    make: () =>
      text(
        `<!DOCTYPE a [<!ENTITY % l0 "<!ENTITY x 'y'>">${numbered(30, (index) => `<!ENTITY % l${index + 1} "${`&#37;l${index};`.repeat(10)}">`)}%l30;]><a>&x;</a>`,
      ),
    ...done,
  },
  {
    name: 'a chain of 100,000 parameter entities',
    make: () =>
      text(
        `<!DOCTYPE a [<!ENTITY % l0 "">${numbered(deep, (index) => `<!ENTITY % l${index + 1} "&#37;l${index};">`)}%l${deep};]><a/>`,
      ),
    ...readOnly,
  },
  {
    name: 'a chain of 100,000 entities',
    make: () =>
      text(
        `<!DOCTYPE a [<!ENTITY l0 "x">${numbered(deep, (index) => `<!ENTITY l${index + 1} "&l${index};">`)}]><a b="&l${deep};">&l${deep};</a>`,
      ),
    ...beyondLimits,
  },
  { name: 'an entity that holds itself', make: () => text('<!DOCTYPE a [<!ENTITY e "&e;">]><a>&e;</a>'), ...malformed },
  {
    name: 'entities that hold each other',
    make: () => text('<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a b="&e;"/>'),
    ...malformed,
  },
  {
    name: 'a parameter entity that holds itself',
    make: () => text('<!DOCTYPE a [<!ENTITY % e "&#37;e;">%e;]><a/>'),
    ...malformed,
  },
  {
    name: 'a million declarations of entities',
    make: () => text(`<!DOCTYPE a [${numbered(million, (index) => `<!ENTITY e${index} "">`)}]><a/>`),
    ...readOnly,
  },
];

/** Deep and wide. */
const shapes: readonly HostileInput[] = [
  { name: '100,000 elements in each other', make: () => text('<a>'.repeat(deep) + '</a>'.repeat(deep)), ...done },
  { name: '100,000 elements that are not closed', make: () => text('<a>'.repeat(deep)), ...malformed },
  {
    name: '100,000 elements with text and attributes in each other',
    make: () => text('<a b="c">\n'.repeat(deep) + 'x</a>'.repeat(deep)),
    ...readOnly,
  },
  {
    name: '100,000 openings of comments in a comment',
    make: () => text(`<a><!--${'<!- '.repeat(deep)}--></a>`),
    ...done,
  },
  {
    name: '100,000 commented elements in each other',
    make: () => text(`<a><!--${'<b>'.repeat(deep)}${'</b>'.repeat(deep)}--></a>`),
    ...done,
  },
  {
    name: '100,000 parentheses of a content model',
    make: () => text(`<!DOCTYPE a [<!ELEMENT a ${'('.repeat(deep)}a${')'.repeat(deep)}>]><a/>`),
    ...done,
  },
  {
    name: '100,000 parentheses that are not closed',
    make: () => text(`<!DOCTYPE a [<!ELEMENT a ${'('.repeat(deep)}`),
    ...malformed,
  },
  {
    name: '100,000 conditional sections',
    make: () => text(`<!DOCTYPE a [${'<![INCLUDE['.repeat(deep)}]><a/>`),
    ...malformed,
  },
  {
    name: '100,000 conditional sections in text',
    make: () => text(`<a>${'<![INCLUDE['.repeat(deep)}</a>`),
    ...malformed,
  },
  {
    name: 'a million attributes',
    make: () => text(`<a${numbered(million, (index) => ` b${index}="c"`)}/>`),
    ...beyondLimits,
  },
  { name: 'a million attributes of one name', make: () => text(`<a${' b="c"'.repeat(million)}/>`), ...malformed },
  {
    name: 'a million attributes of one namespace',
    make: () => text(`<a xmlns:p="u"${numbered(million, (index) => ` p:b${index}="c"`)}/>`),
    ...beyondLimits,
  },
  { name: 'a million siblings', make: () => text(`<a>${'<b/>'.repeat(million)}</a>`), ...readOnly },
  { name: '20,000 siblings', make: () => text(`<a>${'<b/>'.repeat(20_000)}</a>`), ...done },
  { name: 'a million comments', make: () => text(`<a>${'<!---->'.repeat(million)}</a>`), ...readOnly },
  { name: 'a million instructions', make: () => text(`${'<?p?>'.repeat(million)}<a/>`), ...readOnly },
  { name: 'a million empty CDATA sections', make: () => text(`<a>${'<![CDATA[]]>'.repeat(million)}</a>`), ...readOnly },
  {
    name: 'a million declarations of namespaces',
    make: () => text(`<a${numbered(million, (index) => ` xmlns:p${index}="u"`)}/>`),
    ...beyondLimits,
  },
  {
    name: '5,000 declarations of namespaces in each other',
    make: () => text(numbered(5000, (index) => `<a xmlns:p${index}="u${index}">`) + '</a>'.repeat(5000)),
    ...done,
  },
  { name: 'a million character references', make: () => text(`<a>${'&#10;'.repeat(million)}</a>`), ...done },
  {
    name: 'a million character references in an attribute',
    make: () => text(`<a b="${'&#x41;'.repeat(million)}"/>`),
    ...done,
  },
  {
    name: 'a character reference of a million digits',
    make: () => text(`<a>&#${'0'.repeat(million)}65;</a>`),
    ...done,
  },
  {
    name: 'a character reference beyond every number',
    make: () => text(`<a>&#${'9'.repeat(million)};</a>`),
    ...malformed,
  },
  { name: 'a million ampersands', make: () => text(`<a>${'&'.repeat(million)}</a>`), ...malformed },
  { name: 'a million openings of tags', make: () => text('<a'.repeat(million)), ...malformed },
  { name: 'a million quotes', make: () => text(`<a b=${'"'.repeat(million)}/>`), ...malformed },
  { name: 'a million brackets', make: () => text(`<a>${']'.repeat(million)}</a>`), ...done },
  { name: 'a million ends of CDATA sections', make: () => text(`<a>${']]>'.repeat(million)}</a>`), ...malformed },
  { name: 'a million line ends', make: () => text(`<a>${'\r'.repeat(million)}</a>`), ...done },
  {
    name: 'a million spaces in a tag',
    make: () => text(`<a${' '.repeat(million)}b = "c"${'\n'.repeat(million)}/>`),
    ...done,
  },
];

/** Long. */
const sizes: readonly HostileInput[] = [
  { name: '100 MB of text', make: () => text(`<a>${'text\n'.repeat(large / 5)}</a>`), ...readOnly },
  { name: 'a line of 10 MB', make: () => text(`<a><b>${'text '.repeat(2 * million)}</b></a>`), ...done },
  { name: 'a comment of 10 MB', make: () => text(`<a><!--${'text\n'.repeat(2 * million)}--></a>`), ...done },
  { name: 'a comment of 100 MB', make: () => text(`<a><!--${'text\n'.repeat(large / 5)}--></a>`), ...readOnly },
  {
    name: 'a CDATA section of 100 MB',
    make: () => text(`<a><![CDATA[${'<b>]]\n'.repeat(large / 6)}]]></a>`),
    ...readOnly,
  },
  { name: 'an instruction of 100 MB', make: () => text(`<?p ${'text\n'.repeat(large / 5)}?><a/>`), ...readOnly },
  { name: '100 MB that are no XML', make: () => Buffer.alloc(large, 'x'), ...malformed },
  { name: '100 MB of NULs', make: () => Buffer.alloc(large), ...malformed },
  { name: '100 MB of white space', make: () => Buffer.alloc(large, ' '), ...malformed },
  { name: 'a name of 10 MB', make: () => text(`<${'a'.repeat(10 * million)}/>`), ...done },
  { name: 'a name of 10 MB, closed by another', make: () => text(`<${'a'.repeat(10 * million)}></b>`), ...malformed },
  { name: 'the name of an attribute of 10 MB', make: () => text(`<a ${'b'.repeat(10 * million)}=""/>`), ...done },
  { name: 'an attribute value of 50 MB', make: () => text(`<a b="${'text '.repeat(10 * million)}"/>`), ...readOnly },
  {
    name: 'an attribute value of 50 MB that is not closed',
    make: () => text(`<a b="${'text '.repeat(10 * million)}`),
    ...malformed,
  },
  {
    name: 'the value of an entity of 50 MB',
    make: () => text(`<!DOCTYPE a [<!ENTITY e "${'text '.repeat(10 * million)}">]><a>&e;</a>`),
    ...beyondLimits,
  },
  {
    name: 'a system identifier of 50 MB',
    make: () => text(`<!DOCTYPE a SYSTEM "${'x'.repeat(50 * million)}"><a/>`),
    ...readOnly,
  },
];

/** Bytes that are another text than they seem. */
const encodings: readonly HostileInput[] = [
  {
    name: 'a lone surrogate in UTF-8',
    make: () => Buffer.concat([text('<a>'), bytes(0xed, 0xa0, 0x80), text('</a>')]),
    ...invalidBytes,
  },
  {
    name: 'CESU-8, a pair of surrogates in UTF-8',
    make: () => Buffer.concat([text('<a>'), bytes(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80), text('</a>')]),
    ...invalidBytes,
  },
  { name: 'a lone surrogate in UTF-16', make: () => wide('\ufeff<a>\ud800</a>'), ...invalidBytes },
  { name: 'surrogates in the wrong order in UTF-16', make: () => wide('\ufeff<a>\udc00\ud800</a>'), ...invalidBytes },
  { name: 'a surrogate as a character reference', make: () => text('<a>&#xD800;</a>'), ...malformed },
  { name: 'a pair of surrogates as character references', make: () => text('<a>&#xD83D;&#xDE00;</a>'), ...malformed },
  { name: 'a NUL', make: () => text('<a>\0</a>'), ...malformed },
  { name: 'a NUL as a character reference', make: () => text('<a>&#0;</a>'), ...malformed },
  { name: 'a NUL after the end', make: () => text('<a/>\0'), ...malformed },
  {
    name: 'a NUL of two bytes',
    make: () => Buffer.concat([text('<a>'), bytes(0xc0, 0x80), text('</a>')]),
    ...invalidBytes,
  },
  {
    name: 'an overlong slash',
    make: () => Buffer.concat([text('<a>'), bytes(0xe0, 0x80, 0xaf), text('</a>')]),
    ...invalidBytes,
  },
  { name: 'an overlong tag', make: () => Buffer.concat([bytes(0xc0, 0xbc), text('a/>')]), ...invalidBytes },
  {
    name: 'a character beyond Unicode',
    make: () => Buffer.concat([text('<a>'), bytes(0xf4, 0x90, 0x80, 0x80), text('</a>')]),
    ...invalidBytes,
  },
  { name: 'UTF-8 that is cut off', make: () => Buffer.concat([text('<a/>'), bytes(0xe2, 0x82)]), ...invalidBytes },
  {
    name: 'UTF-16 of an odd number of bytes',
    make: () => Buffer.concat([wide('\ufeff<a/>'), bytes(0)]),
    ...invalidBytes,
  },
  { name: 'the mark of UTF-8 with a declaration of UTF-16', make: () => text(`\ufeff${xml('UTF-16')}`), ...conflict },
  {
    name: 'the mark of UTF-8 with a declaration of ISO-8859-1',
    make: () => text(`\ufeff${xml('ISO-8859-1')}`),
    ...conflict,
  },
  { name: 'the mark of UTF-16 with a declaration of UTF-8', make: () => wide(`\ufeff${xml('UTF-8')}`), ...conflict },
  {
    name: 'the mark of UTF-16 with the declaration of the other order',
    make: () => wide(`\ufeff${xml('UTF-16BE')}`),
    ...conflict,
  },
  { name: 'UTF-16 without a mark', make: () => wide(xml('UTF-16')), ...done },
  { name: 'UTF-16 of the other order without a mark', make: () => wide(xml('UTF-16')).swap16(), ...done },
  { name: 'a declaration of UTF-16 in one byte a character', make: () => text(xml('UTF-16')), ...conflict },
  { name: 'two byte order marks', make: () => text('\ufeff\ufeff<a/>'), ...malformed },
  { name: 'a byte order mark in the middle', make: () => text('<a>\ufeff</a>'), ...done },
  { name: 'a byte order mark and nothing else', make: () => text('\ufeff'), ...malformed },
  { name: 'half a byte order mark', make: () => bytes(0xff), ...invalidBytes },
  { name: 'the mark of UTF-32', make: () => bytes(0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0), ...unsupported },
  { name: 'the mark of UTF-32 of the other order', make: () => bytes(0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c), ...unsupported },
  {
    name: 'UTF-32 without a mark',
    make: () => bytes(0x3c, 0, 0, 0, 0x61, 0, 0, 0, 0x2f, 0, 0, 0, 0x3e, 0, 0, 0),
    ...malformed,
  },
  { name: 'UTF-7', make: () => text(xml('UTF-7', '<a>+ADw-b+AD4-</a>')), ...unsupported },
  { name: 'tags in UTF-7 without a declaration', make: () => text('+ADw-a/+AD4-'), ...malformed },
  { name: 'EBCDIC', make: () => bytes(0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x40), ...invalidBytes },
  { name: 'a declaration of EBCDIC', make: () => text(xml('IBM037')), ...unsupported },
  {
    name: 'a declaration of Shift_JIS, whose backslash is a yen sign',
    make: () => text(xml('Shift_JIS')),
    ...unsupported,
  },
  {
    name: 'a declaration of utf8, which is no name of IANA, though Java takes it',
    make: () => text(xml('utf8')),
    ...done,
  },
  { name: 'a declaration of UTF_8', make: () => text(xml('UTF_8')), ...unsupported },
  { name: 'a declaration of no encoding', make: () => text(xml('')), ...malformed },
  { name: 'a declaration of an encoding with a path', make: () => text(xml('../../etc/passwd')), ...unsupported },
  { name: 'a name of an encoding of a million letters', make: () => text(xml('x'.repeat(million))), ...unsupported },
  {
    name: 'windows-1252 with a byte that it leaves open',
    make: () => Buffer.concat([text(xml('windows-1252', '<a>')), bytes(0x81), text('</a>')]),
    ...invalidBytes,
  },
  { name: 'US-ASCII with a byte beyond it', make: () => text(xml('US-ASCII', '<a>é</a>')), ...invalidBytes },
  { name: 'U+FFFE', make: () => text('<a>\ufffe</a>'), ...malformed },
  { name: 'U+FFFF in an attribute', make: () => text('<a b="\uffff"/>'), ...malformed },
  { name: 'U+0001 in a comment', make: () => text('<a><!--\u0001--></a>'), ...malformed },
  { name: 'an escape sequence of a terminal', make: () => text('<a>\u001b[2J</a>'), ...malformed },
  { name: 'noncharacters that XML allows', make: () => text('<a>\ufdd0\u{1fffe}\u{10ffff}</a>'), ...done },
  { name: 'U+0085 and U+2028, which end no line', make: () => text('<a>\u0085\u2028</a>'), ...done },
  { name: 'a text that runs from right to left', make: () => text('<a b="\u202e">\u2066</a>'), ...done },
];

/** Declarations that want to be something else, and names that want to be something else. */
const declarations: readonly HostileInput[] = [
  { name: 'XML 1.1', make: () => text('<?xml version="1.1"?><a/>'), ...done },
  {
    name: 'XML 1.1 with a control character that only that allows',
    make: () => text('<?xml version="1.1"?><a>&#1;</a>'),
    ...malformed,
  },
  { name: 'XML 2.0', make: () => text('<?xml version="2.0"?><a/>'), ...malformed },
  { name: 'XML without a version', make: () => text('<?xml encoding="UTF-8"?><a/>'), ...malformed },
  {
    name: 'standalone that is neither yes nor no',
    make: () => text('<?xml version="1.0" standalone="maybe"?><a/>'),
    ...malformed,
  },
  {
    name: 'standalone with an entity that is elsewhere',
    make: () => text('<?xml version="1.0" standalone="yes"?><!DOCTYPE a SYSTEM "x"><a>&e;</a>'),
    ...malformed,
  },
  { name: 'a declaration in capitals', make: () => text('<?XML version="1.0"?><a/>'), ...malformed },
  { name: 'a declaration after a line end', make: () => text('\n<?xml version="1.0"?><a/>'), ...malformed },
  { name: 'a declaration in the middle', make: () => text('<a><?xml version="1.0"?></a>'), ...malformed },
  { name: 'two declarations', make: () => text('<?xml version="1.0"?><?xml version="1.0"?><a/>'), ...malformed },
  {
    name: 'a declaration that is never closed',
    make: () => text(`<?xml version="1.0"${' '.repeat(million)}`),
    ...malformed,
  },
  { name: 'a DOCTYPE within an element', make: () => text('<a><!DOCTYPE a></a>'), ...malformed },
  { name: 'a thousand DOCTYPEs', make: () => text(`${'<!DOCTYPE a>'.repeat(1000)}<a/>`), ...malformed },
  { name: 'two root elements', make: () => text('<a/><b/>'), ...malformed },
  { name: 'nothing', make: () => text(''), ...malformed },
  { name: 'a prefix that is not declared', make: () => text('<p:a/>'), ...wellFormedOnly },
  { name: 'a prefix that is taken back', make: () => text('<a xmlns:p="u"><b xmlns:p=""/></a>'), ...wellFormedOnly },
  { name: 'an attribute that is a colon', make: () => text('<a :=""/>'), ...wellFormedOnly },
  {
    name: 'names of JavaScript',
    make: () => text('<a __proto__="1" constructor="2"><__proto__/><toString/><hasOwnProperty/></a>'),
    ...done,
  },
  {
    name: 'entities with names of JavaScript',
    make: () => text('<!DOCTYPE a [<!ENTITY __proto__ "1">]><a b="&__proto__;">&__proto__;</a>'),
    ...done,
  },
  { name: 'an undeclared entity with a name of JavaScript', make: () => text('<a>&constructor;</a>'), ...malformed },
];

/** The file whose content must never appear; the schemes and the ways in which a document may ask for it. */
const addresses: readonly string[] = [
  ...['file:///MARKER', '/MARKER', 'http://localhost:9/x', 'https://localhost:9/x', 'ftp://localhost:9/x'],
  ...[
    'jar:file:///MARKER!/x',
    'netdoc:/MARKER',
    'php://filter/resource=/MARKER',
    'data:text/plain,x',
    'gopher://localhost:9/',
  ],
];

const requests: readonly (readonly [way: string, source: (address: string) => string])[] = [
  ['an external entity', (address) => `<!DOCTYPE a [<!ENTITY e SYSTEM "${address}">]><a>&e;</a>`],
  [
    'an external entity with a public name',
    (address) => `<!DOCTYPE a [<!ENTITY e PUBLIC "x" "${address}">]><a>&e;</a>`,
  ],
  ['an external parameter entity', (address) => `<!DOCTYPE a [<!ENTITY % e SYSTEM "${address}">%e;]><a/>`],
  [
    'a parameter entity that makes an address',
    (address) => `<!DOCTYPE a [<!ENTITY % d "<!ENTITY &#37; e SYSTEM '${address}'>">%d;%e;]><a/>`,
  ],
  ['an external subset', (address) => `<!DOCTYPE a SYSTEM "${address}"><a/>`],
  [
    'an unparsed entity',
    (address) => `<!DOCTYPE a [<!NOTATION n SYSTEM "${address}"><!ENTITY e SYSTEM "${address}" NDATA n>]><a/>`,
  ],
  [
    'XInclude',
    (address) => `<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="${address}" parse="text"/></a>`,
  ],
  [
    'the place of a schema',
    (address) =>
      `<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="u ${address}" xsi:noNamespaceSchemaLocation="${address}"/>`,
  ],
  ['a style sheet', (address) => `<?xml-stylesheet type="text/xsl" href="${address}"?><a/>`],
  ['a namespace', (address) => `<a xmlns="${address}" xmlns:p="${address}" xml:base="${address}"/>`],
];

/** Files that ask for other files, none of which may ever be opened; `marker` is the path of one that is there. */
export function askingInputs(marker: string): readonly HostileInput[] {
  return requests.flatMap(([way, source]) =>
    addresses.map((address) => ({
      name: `${way} at ${address}`,
      make: () => text(source(address.replace('/MARKER', marker))),
      ...done,
    })),
  );
}

/** Every input, in groups whose files are of one size. */
export const hostileInputs = { bombs, shapes, sizes, encodings, declarations } as const;
