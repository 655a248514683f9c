import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCarbonPatchError } from '../../lib/errors';
import { positionAt, sourceLineAt } from '../../lib/text/position';
import { scan } from '../../lib/xml/scan';
import type { Token } from '../../lib/xml/token';
import { caughtError } from '../caught-error';

/** Each token as its kind and its text. */
function pieces(text: string): readonly (readonly [Token['kind'], string])[] {
  return Array.from(scan(text, 'a.xml').tokens, ({ kind, span }) => [kind, text.slice(span.start, span.end)] as const);
}

/** The place and the problem of the refusal, as `line:column problem`; `accepted` where there is none. */
function refusal(text: string): string {
  try {
    scan(text, 'a.xml');
    return 'accepted';
  } catch (error) {
    if (!isCarbonPatchError(error, 'NOT_WELL_FORMED')) throw error;
    const { line, column, problem } = error.details;
    return `${line}:${column} ${problem}`;
  }
}

describe('tokens', () => {
  test('lie end to end over the text', () => {
    expect(
      pieces(
        '<?xml version="1.0"?>\r\n<!-- a --><!DOCTYPE r [<!ELEMENT r ANY>]>\n<?go on?><r a="1">\ttext &amp; more<![CDATA[<raw>]]><e/></r >\n',
      ),
    ).toEqual([
      ['declaration', '<?xml version="1.0"?>'],
      ['text', '\r\n'],
      ['comment', '<!-- a -->'],
      ['doctype', '<!DOCTYPE r [<!ELEMENT r ANY>]>'],
      ['text', '\n'],
      ['instruction', '<?go on?>'],
      ['startTag', '<r a="1">'],
      ['text', '\ttext &amp; more'],
      ['cdata', '<![CDATA[<raw>]]>'],
      ['emptyTag', '<e/>'],
      ['endTag', '</r >'],
      ['text', '\n'],
    ]);
  });

  test('of tags carry the name and where each attribute lies', () => {
    const text = `<a:b x="1 &lt; 2"\n\ty = 'it is "so"' z=''/>`;
    const [tag] = scan(text, 'a.xml').tokens;
    expect(tag).toEqual({
      kind: 'emptyTag',
      span: { start: 0, end: text.length },
      name: 'a:b',
      attributes: [
        { name: 'x', whole: { start: 5, end: 17 }, value: { start: 8, end: 16 }, quote: '"' },
        { name: 'y', whole: { start: 19, end: 35 }, value: { start: 24, end: 34 }, quote: "'" },
        { name: 'z', whole: { start: 36, end: 40 }, value: { start: 39, end: 39 }, quote: "'" },
      ],
    });
  });

  test('cover every document of a random shape, and an element in the text is found', () => {
    fc.assert(
      fc.property(anyDocument, (text) => {
        expect(
          pieces(text)
            .map(([, piece]) => piece)
            .join(''),
        ).toBe(text);
        expect(pieces(text).some(([kind]) => kind === 'startTag' || kind === 'emptyTag')).toBe(true);
      }),
    );
  });

  test('come out or NOT_WELL_FORMED does, with a place in the text, whatever the text is', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), fc.nat(4), anyMarkup, (text, at, removed, inserted) => {
        const start = at % (text.length + 1);
        const damaged = text.slice(0, start) + inserted + text.slice(start + removed);
        try {
          expect(
            pieces(damaged)
              .map(([, piece]) => piece)
              .join(''),
          ).toBe(damaged);
        } catch (error) {
          if (!isCarbonPatchError(error, 'NOT_WELL_FORMED')) throw error;
          const { line, column, sourceLine } = error.details;
          expect(line).toBeLessThanOrEqual(positionAt(damaged, damaged.length).line);
          expect(column).toBeLessThanOrEqual(sourceLine.length + 2);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the error', () => {
  test('names the file, line, column, the source line and the problem', () => {
    const text = '<a>\r\n  <b>\r\n  </c>\r\n</a>';
    expect(() => scan(text, 'conf/axis2.xml')).toThrow(
      'conf/axis2.xml:3:3: not well-formed: end tag </c> where <b> of line 2 is open; mend the file first',
    );
    expect(catchDetails(text)).toEqual({
      path: 'a.xml',
      line: 3,
      column: 3,
      sourceLine: sourceLineAt(text, 15),
      problem: 'end tag </c> where <b> of line 2 is open',
    });
  });
});

function catchDetails(text: string): unknown {
  try {
    return scan(text, 'a.xml');
  } catch (error) {
    return isCarbonPatchError(error, 'NOT_WELL_FORMED') ? error.details : error;
  }
}

describe('tags', () => {
  test.each([
    ['<members></member>', '1:10 end tag </member> where <members> of line 1 is open'],
    ['<a></ a>', "1:6 a space after '</', where the name of an element must follow"],
    ['<a></a b>', "1:8 'b' in the end tag </a>, where '>' must follow"],
    ['<a></a', "1:7 the end of the file in the end tag </a>, where '>' must follow"],
    ['<a>\n<b>\n', '2:1 <b> is never closed'],
    ['<a', "1:1 the tag <a is never closed with '>'"],
    ['<a>\n<1/></a>', "2:1 '<' followed by '1'; write &lt; for a plain '<'"],
    ['<a>x < y</a>', "1:6 '<' followed by a space; write &lt; for a plain '<'"],
    ['<a b="1"c="2"/>', '1:9 no white space before an attribute of <a>'],
    ['<a / >', "1:4 '/' in the tag <a, where an attribute or '>' must follow"],
    ['<a "b"/>', `1:4 '"' in the tag <a, where an attribute or '>' must follow`],
    ['<a b/>', "1:5 '/' after attribute b of <a>, where '=' must follow"],
    ['<a b=c/>', "1:6 'c' where the quoted value of attribute b must follow"],
    ['<a b="1/>', '1:6 the value of attribute b is never closed with "'],
    [
      '<a>\n<a b="\n<c/></a>',
      "3:1 '<' in the value of attribute b, which begins in line 2; close the quote or write &lt;",
    ],
    ['<a b="1"\n c="2"\n b="3"/>', '3:2 attribute b of <a> is given twice, first in line 1'],
  ])('%j is refused', (text, problem) => {
    expect(refusal(text)).toBe(problem);
  });

  test('an attribute given twice is found among very many', () => {
    const many = Array.from({ length: 50 }, (_, index) => ` a${index}=""`).join('');
    expect(refusal(`<a${many}/>`)).toBe('accepted');
    expect(refusal(`<a${many} a0=""/>`)).toBe('1:344 attribute a0 of <a> is given twice, first in line 1');
    expect(refusal(`<a${many} a49=""/>`)).toBe('1:344 attribute a49 of <a> is given twice, first in line 1');
  });
});

describe('text', () => {
  test.each([
    ['<a>]]></a>', "1:4 ']]>' in text; write ]]&gt;"],
    ['<a>]]]]></a>', "1:6 ']]>' in text; write ]]&gt;"],
    ['<a>a & b</a>', "1:6 a space after '&', where the name of an entity must follow; write &amp; for a plain &"],
    ['<a b="?x=1&y=2"/>', `1:13 '=' after &y; end the reference with ';', or write &amp; for a plain &`],
    ['<a>&host;</a>', '1:4 entity host is not declared'],
    ['<a b="&host;"/>', '1:7 entity host is not declared'],
    ['<a>&#x1F;</a>', '1:4 character reference to U+001F, which XML does not allow'],
    ['<a>&#xD800;</a>', '1:4 character reference to U+D800, which XML does not allow'],
    [
      '<a>&#99999999999999999999;</a>',
      '1:4 character reference to a character beyond Unicode, which XML does not allow',
    ],
    ['<a>&#X41;</a>', "1:6 'X41' in a character reference, which is written like &#10; or &#xA;"],
    ['<a>&#;</a>', "1:6 ';' in a character reference, which is written like &#10; or &#xA;"],
    ['<a>\n\fx</a>', '2:1 the character U+000C, which XML does not allow'],
    ['<a>x\ud800y</a>', '1:5 the character U+D800, which XML does not allow'],
    ['<a>\uffff</a>', '1:4 the character U+FFFF, which XML does not allow'],
  ])('%j is refused', (text, problem) => {
    expect(refusal(text)).toBe(problem);
  });

  test.each([
    '<a>]]&gt; ]] > ]>]</a>',
    '<a>&#9;&#x10FFFF;&lt;&gt;&amp;&apos;&quot;</a>',
    '<a>\u0085\u2028\u{1F600}\x7f</a>',
  ])('%j is accepted', (text) => {
    expect(refusal(text)).toBe('accepted');
  });
});

describe('comments, CDATA sections and processing instructions', () => {
  test.each([
    ['<a><!-- a -- b --></a>', "1:11 '--' inside a comment, which only its end may hold"],
    ['<a><!-- a ---></a>', "1:11 '--' inside a comment, which only its end may hold"],
    ['<a><!--a></a>', '1:4 the comment is never closed with -->'],
    ['<a><!-></a>', "1:4 '<!' that begins neither a comment nor a CDATA section"],
    ['<a><![CDATA[a]></a>', '1:4 the CDATA section is never closed with ]]>'],
    ['<a><?b></a>', '1:4 the processing instruction <?b is never closed with ?>'],
    ['<a><?b+c?></a>', "1:7 '+' after <?b, where white space or ?> must follow"],
    ['<a><? b?></a>', "1:6 a space after '<?', where the target of a processing instruction must follow"],
    ['<a><?XML?></a>', '1:4 the processing instruction target XML is reserved'],
    ['<a><!DOCTYPE a></a>', '1:4 a DOCTYPE inside an element; it belongs before the root element'],
  ])('%j is refused', (text, problem) => {
    expect(refusal(text)).toBe(problem);
  });

  test.each(['<a><!----><!-- - --></a>', '<a><![CDATA[]]]]><![CDATA[>]]></a>', '<a><?b?><?b ??><?xmlish ?></a>'])(
    '%j is accepted',
    (text) => {
      expect(refusal(text)).toBe('accepted');
    },
  );
});

describe('the outside of the root element', () => {
  test.each([
    ['', '1:1 the file has no root element'],
    ['<!-- a -->\n', '2:1 the file has no root element'],
    ['a', "1:1 'a' before the root element"],
    ['&amp;<a/>', "1:1 '&' before the root element"],
    ['</a>', '1:1 an end tag before the root element'],
    ['<![CDATA[a]]>', '1:1 a CDATA section before the root element'],
    ['<a/>\n<b/>', '2:1 another element <b> after the root element, which began in line 1'],
    ['<a/></a>', '1:5 an end tag after the root element, which began in line 1'],
    ['<a/>\ntext', "2:1 'text' after the root element, which began in line 1"],
    ['<a/><!DOCTYPE a>', '1:5 a DOCTYPE after the root element, which began in line 1'],
    ['<!DOCTYPE a><!DOCTYPE a><a/>', '1:13 a second DOCTYPE'],
    ['\ufeff<a/>', '1:1 U+FEFF before the root element'],
  ])('%j is refused', (text, problem) => {
    expect(refusal(text)).toBe(problem);
  });
});

describe('the XML declaration', () => {
  test.each([
    ['<?xml version="1.0"?><a/>'],
    ["<?xml version = '1.0' encoding='UTF-8' standalone='no' ?><a/>"],
    ['<?xml version="1.7" standalone="yes"?><a/>'],
  ])('%j is accepted', (text) => {
    expect(refusal(text)).toBe('accepted');
  });

  const misplaced =
    'an XML declaration that is not at the very start of the file; remove what stands before it, white space included';
  test.each([
    [' <?xml version="1.0"?><a/>', `1:2 ${misplaced}`],
    ['<a><?xml version="1.0"?></a>', `1:4 ${misplaced}`],
    ['<?xml?><a/>', '1:6 the XML declaration does not begin with version="1.0"'],
    ['<?xml encoding="UTF-8"?><a/>', '1:7 the XML declaration does not begin with version="1.0"'],
    ['<?xml version="2.0"?><a/>', '1:15 version in the XML declaration must be "1.0"'],
    ['<?xml version="1.0\'?><a/>', '1:15 version in the XML declaration must be "1.0"'],
    ['<?xml version "1.0"?><a/>', `1:15 '"' after version in the XML declaration, where '=' must follow`],
    ['<?xml version="1.0"encoding="x"?><a/>', '1:20 no white space before encoding in the XML declaration'],
    ['<?xml version="1.0" encoding="1"?><a/>', '1:30 encoding in the XML declaration must be a name such as "UTF-8"'],
    ['<?xml version="1.0" standalone="YES"?><a/>', '1:32 standalone in the XML declaration must be "yes" or "no"'],
    [
      '<?xml version="1.0" standalone="yes" encoding="x"?><a/>',
      "1:38 'encoding' in the XML declaration, where only version, encoding and standalone may stand, in this order",
    ],
  ])('%j is refused', (text, problem) => {
    expect(refusal(text)).toBe(problem);
  });
});

describe('names follow the fifth edition', () => {
  test.each([
    'a',
    '_',
    ':',
    'é',
    'Ͱ',
    '\u037f',
    '\u200c',
    '\u2c00',
    '漢',
    '\u{10000}',
    '\u{effff}',
    'a-.9·',
    'à\u0300',
  ])('<%s/> is accepted', (name) => {
    expect(refusal(`<${name} ${name}=""></${name}>`)).toBe('accepted');
  });

  test.each(['1', '-', '.', '·', '×', '÷', '\u037e', '\u0300', '\u2000', '\u3000', '\u{f0000}'])(
    '<%s/> is refused',
    (name) => {
      expect(refusal(`<${name}/>`)).not.toBe('accepted');
    },
  );
});

describe('hostile files are scanned in linear time and without deep recursion', () => {
  const many = 100_000;
  test.each<[string, () => string, string]>([
    ['ten million characters without markup', () => 'x'.repeat(1e7), `1:1 '${'x'.repeat(40)}' before the root element`],
    ['ten million characters of text', () => `<a>${']'.repeat(1e7)}</a>`, 'accepted'],
    ['elements nested very deeply', () => '<a>'.repeat(many) + '</a>'.repeat(many), 'accepted'],
    ['very many elements that are never closed', () => '<a>'.repeat(many), '1:299998 <a> is never closed'],
    [
      'very many attributes',
      () => `<a${Array.from({ length: many }, (_, index) => ` a${index}=""`).join('')}/>`,
      'accepted',
    ],
    [
      'a long comment of dashes',
      () => `<!--${'-'.repeat(1e6)}`,
      "1:5 '--' inside a comment, which only its end may hold",
    ],
    ['very many left angles', () => '<'.repeat(1e6), "1:1 '<' before the root element"],
    ['a very long character reference', () => `<a>&#${'0'.repeat(1e6)}65;</a>`, 'accepted'],
  ])('%s', (_, text, problem) => {
    expect(refusal(text())).toBe(problem);
  });
});

const anyMarkup = fc.constantFrom(
  ...[
    '<',
    '>',
    '/',
    '&',
    '"',
    "'",
    '%',
    ';',
    '=',
    ' ',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<![CDATA[',
    '<a>',
    '</a>',
    '&lt;',
    '\0',
  ],
);

const space = fc.constantFrom('', ' ', '\t', '\r\n', '\n', '\r');
const name = fc.constantFrom('a', 'b:c', 'parameter', 'é', '_x-1.');
const value = fc.constantFrom('', 'x > y', '&lt;&#10;', "it's", '${carbon.home}', '\r\n', '\u{1F600}');
const attributes = fc
  .uniqueArray(fc.tuple(name, value, space, space), { selector: ([key]) => key, maxLength: 4 })
  .map((list) => list.map(([key, text, before, after]) => ` ${before}${key}${after}=${before}"${text}"`).join(''));

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, attributes, space, fc.array(tie('content'), { maxLength: 4 }), fc.boolean())
    .map(([tag, list, gap, children, isEmpty]) =>
      isEmpty ? `<${tag}${list}${gap}/>` : `<${tag}${list}${gap}>${children.join('')}</${tag}${gap}>`,
    ),
  content: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('text', '&amp;', ' \r\n\t', ']] >', '<!-- - <a> & -->', '<![CDATA[ <a> & ]]>', '<?go <a> & ?>'),
    tie('element'),
  ),
}));

const misc = fc.constantFrom('', '\n', '\r\n<!-- a -->', '<?go?>\n');
const head = fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>');
const doctype = fc.constantFrom('', '<!DOCTYPE a>', `<!DOCTYPE a [ <!ENTITY b "<c/>"> <!-- ]> --> <?go ]> ?> ]>`);
const anyDocument = fc.tuple(head, misc, doctype, misc, element, misc).map((parts) => parts.join(''));

test('a name of millions of characters is cut short in the message', () => {
  const error = caughtError(() => scan(`<${'a'.repeat(20_000_000)}></b>`, 'f.xml'));
  expect(error.message).toBe(
    `f.xml:1:20000003: not well-formed: end tag </b> where <${'a'.repeat(39)}… of line 1 is open; mend the file first`,
  );
});
