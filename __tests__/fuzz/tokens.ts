import type { SeedKind } from './seeds';

/** What readers stumble over, in files of every kind. */
const everywhere: readonly string[] = [
  '\ufeff',
  '\0',
  '\r\n',
  '\r',
  '\n',
  '\t',
  '\u0085',
  '\u2028',
  '\u00a0',
  '\u{1f600}',
  '\ufffe',
  'é',
  '"',
  "'",
  '{',
  '}',
  ';',
  '#',
  'password="s3 cret"',
  'jdbc:mysql://u:p@h/d?password=x&user=y',
  '${env:X}',
  '$secret{a}',
];

/** Pieces of XML, most of which leave a file well-formed where they stand in text. */
const soundXml: readonly string[] = [
  '<!-- c -->',
  '<!---->',
  '<!-- <a>b</a> -->',
  '<!-- <password>p</password> <x y="--> ',
  '<![CDATA[x]]>',
  '<![CDATA[]]>',
  '<![CDATA[<password>a]]>',
  '<?pi d?>',
  '&amp;',
  '&#10;',
  '&#x1F600;',
  '<p:a xmlns:p="urn:p" p:b="c"/>',
  '<a xml:space="preserve"> <b/> </a>',
  '<password>\n p1\n p2\n</password>',
  '<property name="password">p&lt;q</property>',
  '<a\n\tb = "c>d"\r\n e=\'f"g\' />',
  '<a xmlns="urn:o"><parameter name="x"/></a>',
];

const brokenXml: readonly string[] = [
  '<!--',
  '-->',
  '--',
  ']]>',
  '<![CDATA[',
  '&#0;',
  '&#x110000;',
  '&unknown;',
  '&',
  '<',
  '>',
  '</',
  '/>',
  '<?',
  '?>',
  '<a',
  '</a>',
  '<a b="c" b="d">',
  '<q:a/>',
  ' xmlns:p=""',
  ' xmlns=""',
  ' xml:space="preserve"',
  '<!DOCTYPE r [<!ENTITY e "v"><!ENTITY f "&e;&e;">]>',
  '<!DOCTYPE r SYSTEM "x.dtd">',
  '&e;',
  '&f;',
  '<?xml version="1.1"?>',
  '<?xml version="1.0" encoding="UTF-16"?>',
];

const yaml: readonly string[] = [
  '\n\t',
  '&a ',
  '*a',
  '<<: *a',
  '%YAML 1.1\n---\n',
  '---\n',
  '...\n',
  '- ',
  '? ',
  ': ',
  '!!binary ',
  '!x ',
  '|\n',
  '>-\n',
  '[',
  ']',
  ', ',
  '~',
  '0x1F',
  '1e999',
  '.nan',
  '1_000',
  '9007199254740993',
  'null',
  'true',
  '2026-01-01',
  '__proto__: {a: 1}\n',
  'constructor: 1\n',
  'toString: x\n',
  '"\\u0000"',
];

const conf: readonly string[] = [
  'services {\n',
  'domains {\n',
  'a {\n',
  '}\n',
  '}}',
  'hosts a.org;\n',
  'hosts ${x};\n',
  'hosts ;\n',
  'wso2.esb.domain {\n',
  'sub_domain worker;\n',
  'group_mgt_port 4500;\n',
  'defaults {\n',
  '# { \n',
  'name: value;\n',
  'x\n',
];

/** The tokens to insert into an input of a kind. */
export const tokensOf: Readonly<Record<SeedKind, readonly string[]>> = {
  xml: [...everywhere, ...soundXml, ...brokenXml],
  conf: [...everywhere, ...conf],
  cluster: [...everywhere, ...yaml],
};

/** Tokens that leave an XML file well-formed where they stand between its tags. */
export const soundTokens: readonly string[] = soundXml;

/** What is written again and again to make an input long or deep. */
export const repeatedOf: Readonly<Record<SeedKind, readonly string[]>> = {
  xml: [
    ...['<a>', '<a b="', '<!--', '<![CDATA[', '<!-- x -->', '<a b="c"/>', ' b="c"', '&amp;', ']]>', '&#x', '<?p '],
    ...['<password>', 'password=', 'a:b@', 'jdbc:', '<!DOCTYPE', '<!ENTITY a "', '"', "'", '\r', '\t \n', '-', 'x='],
  ],
  conf: ['a {\n', '}\n', '{', '}', '# x\n', 'a b;\n', ';', 'hosts a,', '${', ' ', '\t', '\r', 'services {\n'],
  cluster: ['[', '{', '- ', '? ', 'a: ', '\n ', '&a ', '*a ', '"', "'", '#', '\r', '!', '|\n', 'a:\n', '\\', ',', ' '],
};

/** Names of encodings to be put into a declaration. */
export const encodingNames: readonly string[] = [
  'UTF-8',
  'utf8',
  'UTF-16',
  'UTF-16LE',
  'ISO-8859-1',
  'windows-1252',
  'US-ASCII',
  'UTF-32',
  'EBCDIC-CP-US',
  '',
  'x'.repeat(2000),
];
