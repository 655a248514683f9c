import { describe, expect, test } from '@jest/globals';
import { CarbonPatchError } from '../../lib/errors';
import { errorText } from '../../lib/report/error-text';
import { scan } from '../../lib/xml/scan';

const malformed = (sourceLine: string, column: number, problem = 'wrong'): CarbonPatchError<'NOT_WELL_FORMED'> =>
  new CarbonPatchError('NOT_WELL_FORMED', { path: 'conf/a.xml', line: 12, column, sourceLine, problem });

const excerptOf = (sourceLine: string, column: number): readonly string[] =>
  errorText(malformed(sourceLine, column), {}).split('\n').slice(1);

describe('an error with a source line', () => {
  test('has the message, the line and a caret', () => {
    expect(errorText(malformed('  <a><b></a>', 9), {})).toBe(
      ['conf/a.xml:12:9: not well-formed: wrong; mend the file first', '12 |   <a><b></a>', '   |         ^'].join(
        '\n',
      ),
    );
  });

  test('has colours on request', () => {
    expect(errorText(malformed('<a>', 1), { color: true })).toBe(
      [
        '\u001b[31mconf/a.xml:12:1: not well-formed: wrong; mend the file first\u001b[39m',
        '\u001b[36m12 | \u001b[39m<a>',
        '\u001b[36m   | \u001b[39m\u001b[31m^\u001b[39m',
      ].join('\n'),
    );
  });

  test.each([
    ['keeps tabs, so that the caret is under its character', '\t<a>\t<b>', 6, ['12 | \t<a>\t<b>', '   | \t   \t^']],
    ['counts wide characters twice and joined marks not', '中e\u0301x', 4, ['12 | 中e\u0301x', '   |    ^']],
    ['counts a pair of surrogates as one character', '😀x', 3, ['12 | 😀x', '   |   ^']],
    ['points behind the last character', '<a', 3, ['12 | <a', '   |   ^']],
    ['points at the end where the column lies outside', '<a', 99, ['12 | <a', '   |   ^']],
    ['shows an empty line', '', 1, ['12 | ', '   | ^']],
    ['makes control characters visible', '<a>\u009b2J', 5, ['12 | <a>\ufffd2J', '   |     ^']],
  ])('%s', (_, sourceLine, column, expected) => {
    expect(excerptOf(sourceLine, column)).toEqual(expected);
  });

  test('cuts a long line around the caret', () => {
    const long = Array.from({ length: 1000 }, (_, index) => String(index % 10)).join('');
    for (const column of [1, 40, 51, 52, 500, 951, 999, 1000, 1001]) {
      const [line = '', caret = ''] = excerptOf(long, column);
      expect(line.length).toBeLessThanOrEqual('12 | '.length + 102);
      expect(line.charAt(caret.indexOf('^'))).toBe(column === 1001 ? '' : long.charAt(column - 1));
      expect(line.startsWith('12 | …')).toBe(column > 51);
      expect(line.endsWith('…')).toBe(column < 951);
    }
    const pairs = '😀'.repeat(200);
    for (let column = 1; column <= 400; column++)
      expect(excerptOf(pairs, column).join('')).not.toMatch(/\p{Surrogate}/u);
  });

  test.each([
    [
      'an element',
      '<password>hunter2</password><a>',
      29,
      ['12 | <password>********</password><a>', '   |                              ^'],
    ],
    [
      'with the caret in it',
      '<password>hun&ter2</password>',
      14,
      ['12 | <password>********</password>', '   |           ^'],
    ],
    ['with the caret behind it', '<a pwd="hunter2"b="c">', 17, ['12 | <a pwd="********>', '   |         ^']],
    ['a tag in it', '<password>hun<ter2></password>', 14, ['12 | <password>********</password>', '   |           ^']],
    [
      'an element without an end',
      '<a password="x"><password>hun<ter2',
      30,
      ['12 | <a password="********"><password>********', '   |                                  ^'],
    ],
    ['the rest of a tag', '  name="x" value="hunter2"/>', 1, ['12 |   name="x" value="********"/>', '   | ^']],
    ['the end of an element', 'hunter2</password>', 8, ['12 | ********</password>', '   |         ^']],
  ])('masks %s', (_, sourceLine, column, expected) => {
    expect(excerptOf(sourceLine, column)).toEqual(expected);
  });

  test.each([
    '<a><password>hun&ter2</password></a>',
    '<a><password>hun&ter2;</password></a>',
    '<a><password>hun<ter2</password></a>',
    '<a><password>hun<ter2></password></a>',
    '<a><password>hun</ter2></password></a>',
    '<a><password>hun]]>ter2</password></a>',
    '<a><Property name="ConnectionPassword">hun&ter2</Property></a>',
    '<a password="hun"ter2"/>',
    '<a password="hun<ter2"/>',
    '<a password="hun&ter2"/>',
    "<a password='hun'ter2' b='c'/>",
    '<a password=hunter2/>',
    '<a><!-- <password>hun--ter2</password> --></a>',
  ])('no part of the secret is left in the message for %s', (text) => {
    let found: unknown;
    try {
      scan(text, 'a.xml');
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(CarbonPatchError);
    expect(errorText(found, {})).not.toMatch(/hun|ter2/);
  });

  test('names that are no secret stay in the message', () => {
    expect(errorText(malformed('<a>b &c d</a>', 8, "a space after &c; end the reference with ';'"), {})).toContain(
      'after &c;',
    );
    expect(errorText(malformed('<a></b>', 4, 'end tag </b> where </a> must follow'), {})).toContain('end tag </b>');
  });
});

describe('an error without a source line', () => {
  test('is its message, with secrets masked', () => {
    const error = new CarbonPatchError('TARGET_NOT_FOUND', {
      path: 'a.xml',
      at: "//password[text()='x']",
      nearest: ['/a/b'],
    });
    expect(errorText(error, { color: false })).toBe(
      "a.xml: nothing matches //password[text()='********']; there is /a/b; correct the XPath, or the file",
    );
  });

  test('colours its first line only', () => {
    const error = new CarbonPatchError('TOPOLOGY_INVALID', { problems: ['a', 'b'] });
    expect(errorText(error, { color: true })).toBe(
      '\u001b[31mthe cluster is not valid; correct these values:\u001b[39m\n  a\n  b',
    );
  });

  test('has its causes below it, each with its excerpt', () => {
    const causes = [
      malformed('<password>hun&ter2</password>', 14, "'ter2' after &ter2"),
      new CarbonPatchError('PLAN_STALE', { path: 'b.xml', paths: ['b.xml'] }),
    ];
    expect(errorText(new CarbonPatchError('HOME_FILES_UNUSABLE', { home: 'h', causes }), {})).toBe(
      [
        'h: 2 needed files are unusable; nothing was written:',
        "  conf/a.xml:12:14: not well-formed: '********' after &********; mend the file first",
        '  12 | <password>********</password>',
        '     |           ^',
        '  b.xml: changed since the plan was made; nothing was written, plan again',
      ].join('\n'),
    );
  });
});

describe('an error of another kind', () => {
  const hint = 'this is an error that carbon-patch does not know; please report it with what you did';
  test.each([
    [new Error('broken'), `unexpected error: broken\n${hint}`],
    [new TypeError(''), `unexpected error: TypeError\n${hint}`],
    [new Error('https://u:p@host failed'), `unexpected error: https://********@host failed\n${hint}`],
    ['thrown', `unexpected error: thrown\n${hint}`],
    [undefined, `unexpected error: undefined\n${hint}`],
  ])('%p', (error, expected) => {
    expect(errorText(error, {})).toBe(expected);
  });
});
