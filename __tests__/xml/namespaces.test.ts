import { describe, expect, test } from '@jest/globals';
import { parseText } from '../../lib/xml/document';
import { domOf } from '../../lib/xml/dom';
import { checkNamespaces } from '../../lib/xml/namespaces';
import { caughtError } from '../caught-error';

const xml = 'http://www.w3.org/XML/1998/namespace';
const xmlns = 'http://www.w3.org/2000/xmlns/';
const colon = (name: string): string =>
  `the name ${name} holds a colon, which namespaces allow only in names of elements and attributes`;
const twoColons = (name: string): string => `${name} is not a name with at most one prefix`;
const twice = (element: string, attribute: string): string =>
  `<${element}> has attribute ${attribute} twice, under two prefixes of one namespace`;

type Row = readonly [text: string, line: number, column: number, problem: string];

const refused: readonly Row[] = [
  // Names of elements and attributes.
  ['<a:b:c xmlns:a="u"/>', 1, 1, twoColons('a:b:c')],
  ['<:a/>', 1, 1, twoColons(':a')],
  ['<a:/>', 1, 1, twoColons('a:')],
  ['<a b:="1"/>', 1, 4, twoColons('b:')],
  ['<a :="1"/>', 1, 4, twoColons(':')],
  ['<a p:1="1" xmlns:p="u"/>', 1, 4, twoColons('p:1')],
  ['<a xmlns:="u"/>', 1, 4, twoColons('xmlns:')],
  ['<a xmlns:b:c="u"/>', 1, 4, twoColons('xmlns:b:c')],
  // Prefixes that are not declared where they are used.
  ['<a>\n <p:b/>\n</a>', 2, 2, 'the prefix of p:b is not declared'],
  ['<a>\n <b p:c="1"/>\n</a>', 2, 5, 'the prefix of p:c is not declared'],
  ['<a><b xmlns:p="u"/><p:c/></a>', 1, 20, 'the prefix of p:c is not declared'],
  ['<a><b xmlns:p="u"><c/></b><d p:e=""/></a>', 1, 30, 'the prefix of p:e is not declared'],
  ['<a><p:b/><q:c/></a>', 1, 4, 'the prefix of p:b is not declared'],
  ['<xmlns:a/>', 1, 1, 'xmlns:a has the prefix of declarations'],
  // Declarations.
  ['<a xmlns:p="u"><b xmlns:p=""/></a>', 1, 19, 'xmlns:p is empty, though a prefix cannot be taken back in XML 1.0'],
  [`<a xmlns="${xmlns}"/>`, 1, 4, 'xmlns declares what only stands for declarations'],
  [`<a xmlns:p="${xmlns}"/>`, 1, 4, 'xmlns:p declares what only stands for declarations'],
  ['<a xmlns:xmlns="u"/>', 1, 4, 'xmlns:xmlns declares what only stands for declarations'],
  [`<a xmlns:xmlns="${xmlns}"/>`, 1, 4, 'xmlns:xmlns declares what only stands for declarations'],
  ['<a xmlns:xml="u"/>', 1, 4, 'xmlns:xml gives the prefix xml another meaning'],
  [`<a xmlns:p="${xml}"/>`, 1, 4, 'xmlns:p declares the namespace of the prefix xml'],
  [`<a xmlns="${xml}"/>`, 1, 4, 'xmlns declares the namespace of the prefix xml'],
  [`<a xmlns="http://www.w3.org/XML/1998/name&#115;pace"/>`, 1, 4, 'xmlns declares the namespace of the prefix xml'],
  // Two attributes of one expanded name.
  ['<p:a xmlns:p="u" xmlns:q="u" p:a="1" q:a="2"/>', 1, 38, twice('p:a', 'q:a')],
  ['<a xmlns:p="u"><b xmlns:q="&#117;" p:c="" q:c=""/></a>', 1, 43, twice('b', 'q:c')],
  ['<!DOCTYPE a [<!ENTITY e "u">]><a xmlns:p="u" xmlns:q="&e;" p:c="" q:c=""/>', 1, 67, twice('a', 'q:c')],
  [
    '<!DOCTYPE a [<!ATTLIST a xmlns:q NMTOKEN "">]><a xmlns:p="u v" xmlns:q="  u  v " p:c="" q:c=""/>',
    1,
    89,
    twice('a', 'q:c'),
  ],
  // Names without a colon.
  ['<a><?p:q r?></a>', 1, 6, colon('p:q')],
  ['<?p: r?><a/>', 1, 3, colon('p:')],
  ['<a/><?:p?>', 1, 7, colon(':p')],
  ['<!DOCTYPE a [\n<!ENTITY p:e "v">]><a/>', 2, 10, colon('p:e')],
  ['<!DOCTYPE a [\n<!ENTITY % p:e "">]><a/>', 2, 12, colon('p:e')],
  ['<!DOCTYPE a [\n<!ENTITY e "&p:f;">]><a/>', 2, 14, colon('p:f')],
  ['<!DOCTYPE a [\n<!NOTATION p:n SYSTEM "n">]><a/>', 2, 12, colon('p:n')],
  ['<!DOCTYPE a [\n<!ENTITY e SYSTEM "x" NDATA p:n>]><a/>', 2, 29, colon('p:n')],
  ['<!DOCTYPE a [\n<!ATTLIST a b NOTATION (n|p:n) #IMPLIED>]><a/>', 2, 27, colon('p:n')],
  ['<!DOCTYPE a [\n<?p:q?>]><a/>', 2, 3, colon('p:q')],
  ['<!DOCTYPE a [\n<!ENTITY % e "<?p:q?>">%e;]><a/>', 2, 24, `in parameter entity e: ${colon('p:q')}`],
  // Names with at most one prefix in declarations.
  ['<!DOCTYPE a:b:c [\n]><a/>', 1, 11, twoColons('a:b:c')],
  ['<!DOCTYPE a [\n<!ELEMENT :a ANY>]><a/>', 2, 11, twoColons(':a')],
  ['<!DOCTYPE a [\n<!ELEMENT a (b,c:)>]><a/>', 2, 16, twoColons('c:')],
  ['<!DOCTYPE a [\n<!ELEMENT a (#PCDATA|:c)*>]><a/>', 2, 22, twoColons(':c')],
  ['<!DOCTYPE a [\n<!ATTLIST a: b CDATA "">]><a/>', 2, 11, twoColons('a:')],
  ['<!DOCTYPE a [\n<!ATTLIST a b:c:d CDATA "">]><a/>', 2, 13, twoColons('b:c:d')],
  // What the DOCTYPE gives to elements.
  ['<!DOCTYPE a [<!ATTLIST a p:b CDATA "1">]><a/>', 1, 42, 'the prefix of p:b is not declared'],
  ['<!DOCTYPE a [<!ATTLIST a q:b CDATA "1">]><a xmlns:p="u" xmlns:q="u" p:b=""/>', 1, 42, twice('a', 'q:b')],
  [
    '<!DOCTYPE p:a [<!ATTLIST p:a xmlns:p CDATA "u">]><p:a/>',
    1,
    50,
    'the prefix of p:a is declared in the DOCTYPE alone; declare it in a tag',
  ],
];

const accepted: readonly string[] = [
  '<p:a xmlns:p="u" p:b="1" b="2"/>',
  '<a xml:lang="en" xml:space="default"/>',
  '<a p:b="1" xmlns:p="u"><p:c xmlns:p="v"/></a>',
  '<a xmlns:p="u" xmlns:q="v" p:b="1" q:b="2"/>',
  '<a xmlns:p="u"><b xmlns:q="u" xmlns:p="v" p:c="" q:c=""/></a>',
  '<a xmlns="u"><b xmlns=""/></a>',
  `<a xmlns:xml="${xml}" xml:lang="en"/>`,
  '<a xmlns:p=" u" xmlns:q="u" p:b="" q:b=""/>',
  '<a xmlns:p="U" xmlns:q="u" p:b="" q:b=""/>',
  '<a xmlns:p="not a URI"/>',
  '<a xmlns:xmlfoo="u" xmlfoo:b=""/>',
  '<!DOCTYPE p:a [<!ELEMENT p:a (p:b?)><!ATTLIST p:a p:c (x:y|:) "x:y" xmlns:p CDATA #IMPLIED>]><p:a xmlns:p="u"/>',
  '<!DOCTYPE a [<!ATTLIST b p:c CDATA "">]><a/>',
  '<!DOCTYPE a [<!ATTLIST a p:c CDATA #IMPLIED>]><a/>',
  '<!DOCTYPE a [<!ATTLIST a p:c CDATA #IMPLIED><!ATTLIST a p:c CDATA "">]><a/>',
  '<!DOCTYPE a [<!ATTLIST a p:c CDATA "1">]><a xmlns:p="u"/>',
  '<!DOCTYPE a [<!ENTITY e "<p:b/>">]><a>&e;</a>',
];

describe('names that break the rules of namespaces are refused with their place', () => {
  test.each(refused)('%s', (text, line, column, problem) => {
    const error = caughtError(() => checkNamespaces(parseText(text, 'f.xml')));
    expect(error).toMatchObject({ code: 'NOT_WELL_FORMED', details: { path: 'f.xml', line, column, problem } });
  });
});

describe('names that keep them are fine', () => {
  test.each(accepted)('%s', (text) => {
    expect(() => domOf(parseText(text, 'f.xml'))).not.toThrow();
  });
});

test('declarations in elements in elements cost no more than there are of them', () => {
  const depth = 50_000;
  const open = Array.from({ length: depth }, (_, index) => `<p${index}:a xmlns:p${index}="u">`).join('');
  const close = Array.from({ length: depth }, (_, index) => `</p${depth - 1 - index}:a>`).join('');
  const document = parseText(open + close, 'f.xml');
  const start = process.cpuUsage();
  checkNamespaces(document);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2);
});
