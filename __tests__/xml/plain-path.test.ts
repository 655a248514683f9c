import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attributeOf, parseText, textOf, type ElementSource, type SourceDocument } from '../../lib/xml/document';
import { isPlainlyNamed, plainPathOf } from '../../lib/xml/plain-path';
import { selectElements } from '../../lib/xml/select';
import { generatedDocument } from '../properties/generated-document';
import { expectAlways } from '../properties/property-runs';

/** The same path in a form that only the engine takes. */
const throughEngine = (at: string): string => `${at}[true()]`;

describe('plainPathOf', () => {
  test.each([
    '/a',
    'a',
    '/a/b.c/d-e',
    "/a/b[@name='x']/c",
    "/a/b[@name=\"it's\"][@k='/[]']",
    "/a/b[c/d='jdbc/X']",
    "/a/b[normalize-space(c/d)='x']/e",
    "b[starts-with(@name, 'port.')]",
    "b[starts-with(c,'')]",
  ])('%s is one', (at) => {
    expect(plainPathOf(at)).toBeDefined();
  });

  test.each([
    '',
    '/',
    '//a',
    '/a//b',
    '/a/',
    '/a/*',
    '/a/b[1]',
    '/a/@b',
    '/a/text()',
    '/a/..',
    './a',
    '/p:a',
    '/a/b[@p:name="x"]',
    '/a[b]',
    "/a[@b='x' or @c='y']",
    "/a[@b!='x']",
    "/a[normalize-space()='x']",
    "/a[@xmlns='x']",
    "/a[ @b='x']",
    "/a[@b='x]",
    '/é',
    'child::a',
    '/a | /b',
    "id('x')",
  ])('%s is none', (at) => {
    expect(plainPathOf(at)).toBeUndefined();
  });
});

describe('a plainly named document', () => {
  test.each([
    ['<a><b/></a>', true],
    ['<a xmlns="u" xmlns:p="v"><p:b/></a>', true],
    ['<a xmlns="u"><b xmlns="u"/></a>', false],
    ['<a><b xmlns="u"/></a>', false],
    ['<a xmlns="u" xmlns:p="u"/>', false],
    ['<a xmlns="u"><b xmlns:p="u"/></a>', false],
    ['<!DOCTYPE a><a/>', false],
  ])('%s: %s', (text, expected) => {
    expect(isPlainlyNamed(parseText(text, 'f.xml'))).toBe(expected);
  });
});

describe('a plain path', () => {
  const texts = [
    `<a><b k="1">x</b><b k="2"><c>x</c></b><b k='1'><c> x\n y </c><c>z</c></b><p:b xmlns:p="u" k="1"/></a>`,
    '<a xmlns="u"><b k="&#49;"><![CDATA[x]]></b><b>x<!-- y --></b><b><c><d>x</d><d>y</d></c></b></a>',
  ];
  const paths = [
    '/a',
    '/b',
    '/a/b',
    '/a/b/c',
    "/a/b[@k='1']",
    "/a/b[@k='']",
    "/a/b[@k='1'][c='z']/c",
    "/a/b[c='x']",
    "/a/b[normalize-space(c)='x y']",
    "/a/b[normalize-space(c)='']",
    "/a/b[normalize-space(c/d)='x']",
    "/a/b[c/d='y']",
    "/a/b[c='xy']",
    "/a/b[starts-with(@k, '')]",
    "/a/b[starts-with(c, 'x')]",
    "/a[b='x']",
  ];

  test.each(texts.flatMap((text) => paths.map((at) => ({ text, at }))))('$at finds in $text what it is', (one) => {
    const document = parseText(one.text, 'f.xml');
    expect(isPlainlyNamed(document)).toBe(true);
    expect(selectElements(document, one.at)).toEqual(selectElements(document, throughEngine(one.at)));
  });

  test('finds in every document what the engine finds, from the document and from an element', () => {
    let followed = 0;
    const choices = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
    expectAlways(
      fc.property(generatedDocument(), choices, ({ text }, chosen) => {
        const document = parseText(text, 'f.xml');
        const at = pathBy(document, chosen);
        if (at === undefined) return;
        if (isPlainlyNamed(document)) followed++;
        expect(selectElements(document, at)).toEqual(selectElements(document, throughEngine(at)));
        const relative = at.split('/').slice(2).join('/');
        if (relative === '' || plainPathOf(relative) === undefined) return;
        const found = selectElements(document, relative, document.root);
        expect(found).toEqual(selectElements(document, throughEngine(relative), document.root));
      }),
    );
    expect(followed).toBeGreaterThan(10);
  });
});

/** A plain path that leads somewhere, by what the numbers choose at each level; `undefined` where a name is not plain. */
function pathBy(document: SourceDocument, chosen: readonly number[]): string | undefined {
  const steps: string[] = [];
  let element: ElementSource = document.root;
  for (const [depth, number] of chosen.entries()) {
    steps.push(element.name + predicateOf(document, element, number));
    const children = element.children.filter((child): child is ElementSource => child.kind === 'element');
    const next = children[number % (children.length + 1)];
    if (next === undefined || depth === chosen.length - 1) break;
    element = next;
  }
  const at = `/${steps.join('/')}`;
  return plainPathOf(at) === undefined ? undefined : at;
}

function predicateOf(document: SourceDocument, element: ElementSource, number: number): string {
  const child = element.children.find((one): one is ElementSource => one.kind === 'element');
  const [operand, value] = [
    ['@id', attributeOf(document, element, 'id') ?? ''],
    [child?.name ?? 'a', child === undefined ? '' : textOf(document, child)],
    ['@k', attributeOf(document, element, 'k') ?? ''],
  ][number % 3] ?? ['@id', ''];
  if (value?.includes("'") === true) return '';
  const forms = [
    '',
    `[${operand}='${value}']`,
    `[normalize-space(${operand})='${value?.trim()}']`,
    `[starts-with(${operand}, '${value?.slice(0, 2)}')]`,
  ];
  return forms[number % forms.length] ?? '';
}
