import { describe, expect, test } from '@jest/globals';
import { applyEdits } from '../../lib/text/edit';
import { commentOutEdit } from '../../lib/xml/comment-out';
import { commentedElements } from '../../lib/xml/commented';
import { childElements, parseText, sourceOf, type SourceDocument } from '../../lib/xml/document';
import { uncommentEdit } from '../../lib/xml/uncomment';
import { caughtError } from '../caught-error';

const parse = (text: string): SourceDocument => parseText(text, 'f.xml');

const namesIn = (text: string, reach: 'children' | 'descendants' = 'children'): readonly (readonly string[])[] => {
  const document = parse(text);
  return commentedElements(document, document.root, { reach }).map(({ elements }) => elements.map(({ name }) => name));
};

describe('commentedElements', () => {
  test.each([
    { comment: '<!--<a/>-->', names: ['a'] },
    { comment: '<!-- <a/> -->', names: ['a'] },
    { comment: '<!--a/-->', names: ['a'] },
    { comment: '<!-- a k="1"/ -->', names: ['a'] },
    { comment: '<!--a>x</a-->', names: ['a'] },
    { comment: '<!--\n\ta>\n\t\t<b/>\n\t</a\n-->', names: ['a'] },
    { comment: '<!--<a/><b/>-->', names: ['a', 'b'] },
    { comment: '<!-- a/> <b k="x"/-->', names: ['a', 'b'] },
    { comment: '<!--<a><![CDATA[x]]></a>-->', names: ['a'] },
    { comment: "<!--a k='>'/-->", names: ['a'] },
    { comment: '<!--<p:a/>-->', names: ['p:a'] },
    { comment: '<!--_a·é/-->', names: ['_a·é'] },
  ])('reads $comment', ({ comment, names }) => {
    expect(namesIn(`<r>${comment}</r>`)).toEqual([names]);
  });

  test.each([
    '<!---->',
    '<!-- -->',
    '<!-- a word -->',
    '<!-- Uncomment this -->',
    '<!-- use <a/> here -->',
    '<!-- <a/> is the sample -->',
    '<!-- <a> -->',
    '<!--<a><b></a>-->',
    '<!--</a>-->',
    '<!--<1/>-->',
    '<!--<?a?>-->',
    '<!--<![CDATA[a]]>-->',
    '<!--<a/></x><x><a/>-->',
    '<!--a-->',
    '<!--=-->',
    '<!-- a > b -->',
    '<!--<a k=1/>-->',
    '<!--<a>&unknown;</a>-->',
  ])('finds no element in %s', (comment) => {
    expect(namesIn(`<r>${comment}</r>`)).toEqual([]);
  });

  test('looks at children, or below too, in document order', () => {
    const text = '<r><!--a/--><p><!--b/--><q><!--c/--></q></p><!--d/--></r>';
    expect(namesIn(text)).toEqual([['a'], ['d']]);
    expect(namesIn(text, 'descendants')).toEqual([['a'], ['b'], ['c'], ['d']]);
  });

  test('joins the pieces around nested comments, and goes on behind them', () => {
    const document = parse('<r><!--<a>--><!-- n --><!--<b/>--><!-- m --><!--</a>--><!--c/--></r>');
    const [first, second] = commentedElements(document, document.root);
    expect(first?.source).toBe('<a><!-- n --><b/><!-- m --></a>');
    expect(first?.comments.map(({ whole }) => sourceOf(document, whole))).toEqual([
      '<!--<a>-->',
      '<!-- n -->',
      '<!--<b/>-->',
      '<!-- m -->',
      '<!--</a>-->',
    ]);
    expect(second?.source).toBe('<c/>');
  });

  test('does not join across anything else', () => {
    expect(namesIn('<r><!--<a>--> <!-- n --><!--</a>--></r>')).toEqual([]);
    expect(namesIn('<r><!--<a>--><b/><!--</a>--></r>')).toEqual([]);
    expect(namesIn('<r><!--<a>--><!--</a>--></r>')).toEqual([]);
  });

  test('knows the entities of the file', () => {
    expect(namesIn('<!DOCTYPE r [<!ENTITY e "v">]><r><!--<a>&e;</a>--></r>')).toEqual([['a']]);
  });

  test('walks down fifty thousand levels', () => {
    const text = `${'<a>'.repeat(50_000)}<!--b/-->${'</a>'.repeat(50_000)}`;
    expect(namesIn(text, 'descendants')).toEqual([['b']]);
  });

  test('a comment of a megabyte of blanks takes no time', () => {
    expect(namesIn(`<r><!--a/${' '.repeat(1_000_000)}b${' '.repeat(1_000_000)}--></r>`)).toEqual([]);
  });
});

describe('commentOutEdit and uncommentEdit', () => {
  const commentOut = (text: string): string => {
    const document = parse(text);
    const [element = document.root] = childElements(document.root);
    return applyEdits(text, [commentOutEdit(document, element, '/r/*')]);
  };
  const uncomment = (text: string): string => {
    const document = parse(text);
    const [commented] = commentedElements(document, document.root, { reach: 'descendants' });
    return commented ? applyEdits(text, [uncommentEdit(document, commented)]) : text;
  };

  test.each([
    '<r><a/></r>',
    '<r>\n  <a>\n    <b/>\n  </a>\n</r>\n',
    '<r>\r\n\t<a>\r\n\t\t<!-- n -->\r\n\t</a>\r\n</r>',
    '<r><a><!----></a></r>',
    '<r><a><!--x--><!--y--></a></r>',
    '<r><a><!--<b/>--></a></r>',
    '<r><a>-<b/>-</a></r>',
    '<r>\n<a> x - y </a> <!-- c -->\n</r>',
    '<r><a><![CDATA[]]><?p q?></a></r>',
    "<r><a  k = '-' >&lt;</a ></r>",
  ])('give the same bytes back: %j', (text) => {
    expect(commentOut(text)).not.toBe(text);
    expect(uncomment(commentOut(text))).toBe(text);
  });

  test.each([
    { text: '<r><a>--</a></r>', back: '<r><a>-&#45;</a></r>' },
    { text: '<r><a>---</a></r>', back: '<r><a>-&#45;&#45;</a></r>' },
    { text: '<r><a k="a--b"/></r>', back: '<r><a k="a-&#45;b"/></r>' },
    { text: '<r><a>-<!--n-->-</a></r>', back: '<r><a>&#45;<!--n-->-</a></r>' },
  ])('write hyphens that a comment cannot hold as references: $text', ({ text, back }) => {
    expect(uncomment(commentOut(text))).toBe(back);
  });

  test('the root and what cannot stand in a comment are refused', () => {
    const document = parse('<r>\n <a--b/></r>');
    const [element = document.root] = childElements(document.root);
    expect(caughtError(() => commentOutEdit(document, document.root, '/r'))).toMatchObject({
      code: 'TARGET_UNSUITABLE',
      details: { path: 'f.xml', line: 1, column: 1, at: '/r' },
    });
    expect(caughtError(() => commentOutEdit(document, element, '/r/*'))).toMatchObject({
      code: 'TARGET_UNSUITABLE',
      details: { line: 2, column: 2 },
    });
  });

  test.each([
    { text: '<r>\n  <!--\n  <a/>\n  -->\n</r>', live: '<r>\n  <a/>\n</r>' },
    { text: '<r>\n  <!-- \n  <a/>\n  --> \n</r>', live: '<r>\n  <a/>\n</r>' },
    { text: '<r>\n  <!--\n  <a/> -->\n</r>', live: '<r>\n  <a/>\n</r>' },
    { text: '<r>\n  <!-- <a/>\n  -->\n</r>', live: '<r>\n  <a/>\n</r>' },
    { text: '<r>x<!--\n  <a/>\n  -->\n</r>', live: '<r>x\n  <a/>\n</r>' },
    { text: '<r>\n  <!--\n  <a/>\n  --><b/>\n</r>', live: '<r>\n  <a/>\n  <b/>\n</r>' },
    { text: '<r>\r\n<!--\r\n\ta>\r\n\t</a\r\n-->\r\n</r>', live: '<r>\r\n\t<a>\r\n\t</a>\r\n</r>' },
    { text: '<r><!--<a/>\n--></r>', live: '<r><a/>\n</r>' },
    { text: '<r><b/><!-- <a/> --><b/></r>', live: '<r><b/><a/><b/></r>' },
  ])('marks with lines of their own take these along: $text', ({ text, live }) => {
    expect(uncomment(text)).toBe(live);
  });
});
