import { describe, expect, test } from '@jest/globals';
import * as upstream from 'xpath';
import { attributeOf, parseText, sourceOf, type ElementSource, type SourceDocument } from '../../lib/xml/document';
import { parentPath, selectElement, selectElements, xpathOf } from '../../lib/xml/select';
import { caughtError } from '../caught-error';

const parse = (text: string): SourceDocument => parseText(text, 'f.xml');
const idsOf = (document: SourceDocument, elements: readonly ElementSource[]): readonly string[] =>
  elements.map((element) => attributeOf(document, element, 'id') ?? element.name);
const ids = (document: SourceDocument, at: string, from?: ElementSource): readonly string[] =>
  idsOf(document, selectElements(document, at, from));

const tree = parse(`<?xml version="1.0"?>
<!-- head -->
<r id="r">
  <a id="a1"><b id="b1"/>text<c id="c1"><d id="d1"/></c></a>
  <!-- between -->
  <a id="a2"><?p?><b id="b2" k="v"><d id="d2"/></b><![CDATA[x]]><c id="c2"/></a>
  <e id="e1"/>
</r>`);

describe('XPath 1.0', () => {
  test.each([
    { at: '/r/a', found: ['a1', 'a2'] },
    { at: '/r/a[2]/b', found: ['b2'] },
    { at: '//d', found: ['d1', 'd2'] },
    { at: "//b[@k='v']/d", found: ['d2'] },
    { at: '//*[d]', found: ['c1', 'b2'] },
    { at: '/r/*[last()]', found: ['e1'] },
    { at: '/r/a[not(b/d)]', found: ['a1'] },
    { at: "//*[contains(@id, '2') and not(self::a)]", found: ['b2', 'd2', 'c2'] },
    { at: '//d/ancestor::*', found: ['r', 'a1', 'c1', 'a2', 'b2'] },
    { at: '//d/..', found: ['c1', 'b2'] },
    { at: '//e | //c | //b', found: ['b1', 'c1', 'b2', 'c2', 'e1'] },
    { at: '(//d)[2]', found: ['d2'] },
    { at: '(//d)[last()]/parent::b', found: ['b2'] },
    { at: '//c[position() = 1]', found: ['c1', 'c2'] },
    { at: '//d[count(ancestor::*) = 3]', found: ['d1', 'd2'] },
    { at: "/r/a[normalize-space(text()) = 'text']", found: ['a1'] },
    { at: "//a[comment() or processing-instruction('p')]", found: ['a2'] },
    { at: '//a[preceding-sibling::comment()]', found: ['a2'] },
    { at: '//b[following-sibling::*[1][self::c]]', found: ['b1', 'b2'] },
    { at: 'r/e', found: ['e1'] },
    { at: '//x', found: [] },
    { at: '//*[@*]', found: ['r', 'a1', 'b1', 'c1', 'd1', 'a2', 'b2', 'd2', 'c2', 'e1'] },
  ])('$at', ({ at, found }) => {
    expect(ids(tree, at)).toEqual(found);
  });

  test('the XML declaration is no node', () => {
    expect(ids(tree, '/*[count(preceding-sibling::node()) = 1]')).toEqual(['r']);
    expect(ids(tree, '/*[preceding-sibling::node()[1][self::comment()]]')).toEqual(['r']);
  });

  test('namespace declarations are no attributes', () => {
    const document = parse('<r xmlns="u" xmlns:p="v"><b xmlns:q="w"/><c q="1"/></r>');
    expect(ids(document, '//*[@*]')).toEqual(['c']);
  });

  test('a relative expression starts at the element that is given', () => {
    const [, second] = selectElements(tree, '/r/a');
    expect(ids(tree, 'b/d', second)).toEqual(['d2']);
    expect(ids(tree, './/d', second)).toEqual(['d2']);
    expect(ids(tree, '/r/e', second)).toEqual(['e1']);
  });

  test('each element is given once, in document order', () => {
    expect(ids(tree, '//d/ancestor-or-self::*/descendant-or-self::*')).toEqual(ids(tree, '//*'));
  });

  test('text that an entity stands for counts', () => {
    const document = parse('<!DOCTYPE r [<!ENTITY e "v">]><r><a k="&e;">x</a><b>&e;</b></r>');
    expect(ids(document, "//*[@k='v'] | //*[.='v']")).toEqual(['a', 'b']);
  });

  test('the package xpath is left as it was, also by an expression that fails', () => {
    const { PathExpr, XNodeSet } = upstream as unknown as {
      readonly PathExpr: { readonly applyStep: unknown; readonly applySteps: unknown };
      readonly XNodeSet: { readonly prototype: Readonly<Record<string, unknown>> };
    };
    const parts = (): unknown => [PathExpr.applyStep, PathExpr.applySteps, { ...XNodeSet.prototype }];
    const before = parts();
    expect(ids(tree, '//c/following::*[1]')).toEqual(['a2', 'e1']);
    expect(caughtError(() => selectElements(tree, '//a[foo()]')).code).toBe('XPATH_INVALID');
    expect(parts()).toEqual(before);
  });

  test('ten thousand elements are found and ordered in a moment', () => {
    const many = parse(`<r>${Array.from({ length: 10_000 }, (_, index) => `<m><n>${index}</n></m>\n`).join('')}</r>`);
    expect(selectElements(many, "//m[n='9999']")).toHaveLength(1);
    expect(selectElements(many, '/r/m[position() > 1]/n')).toHaveLength(9_999);
    expect(selectElements(many, '/r/m[1]/following::n')).toHaveLength(9_999);
  });

  test('nodes that are reached in many ways are gone on from once', () => {
    const nested = parse('<a>'.repeat(150) + '</a>'.repeat(150));
    expect(selectElements(nested, '//a//a//a//a//a//a')).toHaveLength(145);
    expect(selectElements(nested, '//a/ancestor::a/descendant::a/ancestor::a')).toHaveLength(149);
  });

  test('axes do not run out of stack in a deep file', () => {
    const deep = parse(`<r>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}<b/></r>`);
    expect(selectElements(deep, '/r/b/preceding::a')).toHaveLength(10_000);
    expect(selectElements(deep, '/r/a/following::b')).toHaveLength(1);
  });
});

describe('following:: and preceding:: are what XPath 1.0 says', () => {
  const all = selectElements(tree, '//*');
  const isWithin = (inner: ElementSource, outer: ElementSource): boolean =>
    outer.whole.start < inner.whole.start && inner.whole.end <= outer.whole.end;

  test.each(all.map((element) => ({ id: attributeOf(tree, element, 'id') ?? '', element })))(
    'from $id',
    ({ id, element }) => {
      const after = all.filter((one) => one.whole.start > element.whole.start && !isWithin(one, element));
      const before = all.filter((one) => one.whole.start < element.whole.start && !isWithin(element, one));
      expect(ids(tree, `//*[@id='${id}']/following::*`)).toEqual(idsOf(tree, after));
      expect(ids(tree, `//*[@id='${id}']/preceding::*`)).toEqual(idsOf(tree, before));
      expect(ids(tree, `//*[@id='${id}']/following::*[1]`)).toEqual(idsOf(tree, after.slice(0, 1)));
      expect(ids(tree, `//*[@id='${id}']/preceding::*[1]`)).toEqual(idsOf(tree, before.slice(-1)));
    },
  );

  test('an attribute is followed by the content of its element', () => {
    expect(ids(tree, '//b/@k/following::*')).toEqual(['d2', 'c2', 'e1']);
    expect(ids(tree, '//b/@k/preceding::*')).toEqual(['a1', 'b1', 'c1', 'd1']);
  });

  test('they give every kind of node', () => {
    expect(ids(tree, "//e[preceding::text() = 'text']")).toEqual(['e1']);
    expect(ids(tree, '//c[preceding::processing-instruction()]')).toEqual(['c2']);
    expect(ids(tree, '//b[following::comment()]')).toEqual(['b1']);
  });
});

describe('namespaces', () => {
  const source =
    '<Server xmlns="urn:d" xmlns:svns="urn:s" xmlns:same="urn:d"><Ports><Offset/></Ports><svns:Offset/><plain xmlns=""><Offset/></plain><o xmlns="urn:o"><Offset/></o></Server>';
  const document = parse(source);
  const sources = (at: string): readonly string[] =>
    selectElements(document, at).map(({ parent, name }) => `${parent?.name ?? ''}/${name}`);

  test('an unprefixed name matches the default namespace of the root, and no namespace', () => {
    expect(sources('/Server/Ports/Offset')).toEqual(['Ports/Offset']);
    expect(sources('//Offset')).toEqual(['Ports/Offset', 'plain/Offset']);
    expect(sources('/Server/*/Offset')).toEqual(['Ports/Offset', 'plain/Offset']);
  });

  test('so it does in predicates and on every axis of elements', () => {
    expect(sources('//*[Offset]')).toEqual(['Server/Ports', 'Server/plain']);
    expect(sources('//Offset/ancestor::Server')).toEqual(['/Server']);
    expect(sources('//Offset/parent::Ports')).toEqual(['Server/Ports']);
    expect(sources('//Ports/following-sibling::plain')).toEqual(['Server/plain']);
    expect(sources('//Ports/following::Offset')).toEqual(['plain/Offset']);
    expect(sources('//self::Ports')).toEqual(['Server/Ports']);
  });

  test('a prefix that the root declares can be used, and means its namespace only', () => {
    expect(sources('//svns:Offset')).toEqual(['Server/svns:Offset']);
    expect(sources('/same:Server/same:Ports')).toEqual(['Server/Ports']);
    expect(sources('//svns:*')).toEqual(['Server/svns:Offset']);
  });

  test('a prefix given when parsing can be used', () => {
    const other = parseText(source, 'f.xml', { x: 'urn:o' });
    expect(selectElements(other, '//x:o/x:Offset')).toHaveLength(1);
  });

  test('the prefix xml is known', () => {
    expect(selectElements(parse('<r xml:lang="en"/>'), "/r[@xml:lang='en']")).toHaveLength(1);
  });

  test('an attribute without prefix has no namespace', () => {
    const attributes = parse('<r xmlns="urn:d" xmlns:p="urn:d"><a k="1"/><b p:k="1"/></r>');
    expect(ids(attributes, '//*[@k]')).toEqual(['a']);
    expect(ids(attributes, '//*[@p:k]')).toEqual(['b']);
  });

  test('a name test does not match instructions or attributes of that name', () => {
    const named = parse('<r xmlns="urn:d" a="1"><?a?><a/></r>');
    expect(ids(named, '//a')).toEqual(['a']);
    expect(ids(named, '/r/node()[self::a]')).toEqual(['a']);
  });

  test('a prefix that nobody declares is an error', () => {
    expect(caughtError(() => selectElements(document, '//x:Offset'))).toMatchObject({
      code: 'XPATH_INVALID',
      details: { path: 'f.xml', at: '//x:Offset' },
    });
  });
});

describe('errors', () => {
  test.each(['/r[', '//', '', 'a b', '/r/a[foo()]', '$x', '/r/a[1', "/r[@k='v]", 'r/p:a'])(
    'XPath %j is refused',
    (at) => {
      const error = caughtError(() => selectElements(tree, at));
      expect(error).toMatchObject({ code: 'XPATH_INVALID', details: { path: 'f.xml', at } });
    },
  );

  test.each([
    { at: '//b/@k', found: 'an attribute' },
    { at: '/r/a/text()', found: 'text' },
    { at: '/r/comment()', found: 'a comment' },
    { at: '//processing-instruction()', found: 'a processing instruction' },
    { at: '/', found: 'the document' },
    { at: '//a[2]/node()[3]', found: 'CDATA' },
    { at: 'count(//a)', found: 'a value' },
    { at: "'x'", found: 'a value' },
    { at: 'true()', found: 'a value' },
    { at: '//a | //b/@k', found: 'an attribute' },
  ])('$at gives no elements', ({ at, found }) => {
    const error = caughtError(() => selectElements(tree, at));
    expect(error).toMatchObject({ code: 'TARGET_NOT_ELEMENT', details: { path: 'f.xml', at, found } });
  });

  test('several matches are named by their lines', () => {
    const error = caughtError(() => selectElement(tree, '/r/a'));
    expect(error).toMatchObject({ code: 'TARGET_AMBIGUOUS', details: { path: 'f.xml', at: '/r/a', lines: [4, 6] } });
    expect(error.message).toMatch(/^f\.xml: 2 elements match \/r\/a \(lines 4, 6\); /);
  });

  const config = parse(
    '<axisconfig><clustering class="c"><parameter name="domain">d</parameter><parameter name="localMemberPort">1</parameter><members><member><hostName/></member></members></clustering></axisconfig>',
  );

  test.each([
    { at: '/axisconfig/clusterng', nearest: ['clustering'] },
    { at: '/axisconfg/clustering', nearest: ['axisconfig'] },
    { at: 'axisconfg', nearest: ['axisconfig'] },
    {
      at: "/axisconfig/clustering/parameter[@name='domian']",
      nearest: ["parameter[@name='domain']", "parameter[@name='localMemberPort']", 'members'],
    },
    {
      at: '/axisconfig/clustering/parameter[@name="localMemberPrt"]',
      nearest: ["parameter[@name='localMemberPort']", "parameter[@name='domain']", 'members'],
    },
    { at: '/axisconfig/clustering/members/membr/hostName', nearest: ['member'] },
    { at: '//hostNam', nearest: ['hostName', 'members', 'member'] },
    { at: '/axisconfig//hostNam', nearest: ['hostName', 'members', 'member'] },
    { at: '/axisconfig//memberz/hostName', nearest: ['members', 'member', 'parameter'] },
    { at: '/axisconfig/clustering/members/member/hostName/x', nearest: [] },
  ])('nothing at $at: the nearest names are told', ({ at, nearest }) => {
    const error = caughtError(() => selectElement(config, at));
    expect(error.code).toBe('TARGET_NOT_FOUND');
    expect(error.details).toEqual({ path: 'f.xml', at, nearest });
  });

  test('a relative path in vain tells what the element it starts at has', () => {
    const members = selectElement(config, '//members');
    expect(caughtError(() => selectElement(config, 'membr', members)).details).toMatchObject({ nearest: ['member'] });
  });

  test('an element of another document is refused', () => {
    const stranger = parse('<r/>').root;
    expect(caughtError(() => selectElements(tree, 'a', stranger)).code).toBe('INTERNAL_MISMATCH');
  });
});

describe('paths', () => {
  test('xpathOf names an element by names and positions, and finds it again', () => {
    for (const element of selectElements(tree, '//*')) {
      expect(selectElements(tree, xpathOf(element))).toEqual([element]);
    }
    expect(xpathOf(selectElement(tree, "//*[@id='d2']"))).toBe('/r/a[2]/b/d');
  });

  test.each([
    { at: '/r/a/b', parent: '/r/a' },
    { at: "/r/a[@k='/x/y']/b", parent: "/r/a[@k='/x/y']" },
    { at: '/r/a[b/c]/d[e/f]', parent: '/r/a[b/c]' },
    { at: '/r//b', parent: '/r' },
    { at: '/r', parent: undefined },
    { at: '//b', parent: undefined },
    { at: '/r/a | /r/b', parent: undefined },
    { at: '(/r/a)[1]/b', parent: undefined },
    { at: 'a/b', parent: 'a' },
  ])('what must exist for $at to be looked for', ({ at, parent }) => {
    expect(parentPath(tree, at)).toBe(parent);
  });

  test('sources are those of the file', () => {
    expect(sourceOf(tree, selectElement(tree, '//e').whole)).toBe('<e id="e1"/>');
  });
});

describe('an expression that was made to take for ever', () => {
  const document = parseText(`<a>${'<b c="1"><d>x</d></b>'.repeat(300)}</a>`, 'f.xml');

  test('is refused once it looks at more nodes than any file has', () => {
    const start = process.cpuUsage();
    const error = caughtError(() => selectElements(document, '//*[//*[//*]]'));
    expect(error).toMatchObject({
      code: 'XPATH_INVALID',
      details: { at: '//*[//*[//*]]', problem: 'it looks at more than 20000000 nodes, one after the other' },
    });
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(30);
  });

  test.each([
    ['steps to everything', '//*//*//*//*', 0],
    ['ways there and back', `//b${'/..//b'.repeat(50)}`, 300],
    ['axes to and fro', '//*/ancestor::*/descendant::*', 600],
    ['steps down and up', `/a/${'*/../'.repeat(500)}b`, 300],
    ['predicates in predicates', `/a${'[b'.repeat(2000)}${']'.repeat(2000)}`, 0],
    ['parentheses in parentheses', `${'('.repeat(3000)}/a${')'.repeat(3000)}`, 1],
  ])('is answered where it is only long: %s', (_name, at, count) => {
    expect(selectElements(document, at)).toHaveLength(count);
  });
});
