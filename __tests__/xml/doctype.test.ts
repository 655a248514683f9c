import { describe, expect, test } from '@jest/globals';
import { isCarbonPatchError } from '../../lib/errors';
import { scan } from '../../lib/xml/scan';

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

const withSubset = (subset: string, root = '<a/>'): string => `<!DOCTYPE a [\n${subset}\n]>\n${root}`;

describe('the document type declaration', () => {
  test.each([
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a ><a/>',
    '<!DOCTYPE a[]><a/>',
    `<!DOCTYPE a SYSTEM "it's"[]><a/>`,
    `<!DOCTYPE a PUBLIC '-//X//Y (1.0) Z//EN' "a.dtd" [ ] ><a/>`,
    withSubset(`<!-- ]> "' --><?go ]> "' ?><!ENTITY b "]>'"><!NOTATION n SYSTEM ']>'>`),
  ])('%j is accepted', (text) => {
    expect(refusal(text)).toBe('accepted');
  });

  test.each([
    ['<!DOCTYPEa><a/>', "1:10 'a' after <!DOCTYPE, where white space must follow"],
    ['<!DOCTYPE><a/>', "1:10 '>' after <!DOCTYPE, where white space must follow"],
    ['<!DOCTYPE []><a/>', "1:11 '[' where the name of the root element must follow"],
    ['<!DOCTYPE a "a.dtd"><a/>', `1:13 '"' in the DOCTYPE, where '>' must end it`],
    ['<!DOCTYPE a SYSTEM><a/>', "1:19 '>' after SYSTEM, where white space must follow"],
    ['<!DOCTYPE a PUBLIC "a"><a/>', "1:23 '>' after the public identifier, where white space must follow"],
    ['<!DOCTYPE a PUBLIC "a[" "b"><a/>', "1:22 '[' in a public identifier, which cannot hold it"],
    ['<!DOCTYPE a SYSTEM "b><a/>', '1:20 the system identifier is never closed with "'],
    ['<!DOCTYPE a [ <a/>', "1:15 '<' that begins no declaration, comment or processing instruction"],
    ['<!DOCTYPE a [', "1:13 the '[' of the DOCTYPE is never closed with ']'"],
    ['<!DOCTYPE a [] b><a/>', "1:16 'b' in the DOCTYPE, where '>' must end it"],
    ['<!DOCTYPE a [ b ]><a/>', "1:15 'b' in the DOCTYPE, where a declaration or ']' must follow"],
    ['<!DOCTYPE a [ <![INCLUDE[]]> ]><a/>', '1:15 a conditional section, which only an external subset may hold'],
  ])('%j is refused', (text, problem) => {
    expect(refusal(text)).toBe(problem);
  });
});

describe('element type declarations', () => {
  test.each([
    '<!ELEMENT a EMPTY>',
    '<!ELEMENT a ANY >',
    '<!ELEMENT a (#PCDATA)>',
    '<!ELEMENT a (#PCDATA)*>',
    '<!ELEMENT a ( #PCDATA | b|c )*>',
    '<!ELEMENT a (b)>',
    '<!ELEMENT a (b?,c*,(d|e+)+,((f)))? >',
  ])('%s is accepted', (declaration) => {
    expect(refusal(withSubset(declaration))).toBe('accepted');
  });

  test.each([
    ['<!ELEMENT>', "2:10 '>' after <!ELEMENT, where white space must follow"],
    ['<!ELEMENT a>', "2:12 '>' after the name of the element, where white space must follow"],
    ['<!ELEMENT a b>', "2:13 'b' where EMPTY, ANY or '(' must follow"],
    ['<!ELEMENT a EMPTYb>', "2:18 'b' where '>' must end the ELEMENT declaration"],
    ['<!ELEMENT a (b,c|d)>', "2:17 ',' and '|' in one group of a content model"],
    ['<!ELEMENT a (b c)>', "2:16 'c' in a content model, where ',', '|' or ')' must follow"],
    ['<!ELEMENT a (b *)>', "2:16 '*' in a content model, where ',', '|' or ')' must follow"],
    ['<!ELEMENT a ()>', "2:14 ')' where the name of an element or '(' must follow"],
    ['<!ELEMENT a (b,)>', "2:16 ')' where the name of an element or '(' must follow"],
    ['<!ELEMENT a (#PCDATA|b)>', "2:24 a content model with #PCDATA and names that does not end in ')*'"],
    ['<!ELEMENT a (#PCDATA,b)*>', "2:21 ',' after #PCDATA, where '|' or ')' must follow"],
    ['<!ELEMENT a (b|#PCDATA)*>', "2:16 '#' where the name of an element or '(' must follow"],
    [
      '<!ELEMENT a (%b;)>',
      "2:14 '%' inside a declaration; parameter entities may stand only between declarations here",
    ],
  ])('%s is refused', (declaration, problem) => {
    expect(refusal(withSubset(declaration))).toBe(problem);
  });

  test('groups may be nested very deeply', () => {
    const model = `${'('.repeat(100_000)}b${')'.repeat(100_000)}`;
    expect(refusal(withSubset(`<!ELEMENT a ${model}>`))).toBe('accepted');
  });
});

describe('attribute-list declarations', () => {
  test.each([
    '<!ATTLIST a>',
    '<!ATTLIST a b CDATA #IMPLIED>',
    `<!ATTLIST a\n b ID #REQUIRED c IDREFS #FIXED "x" d NMTOKENS '%x;' >`,
    '<!ATTLIST a b (x|1| -y ) "x" c NOTATION (n | m) #IMPLIED>',
  ])('%j is accepted', (declaration) => {
    expect(refusal(withSubset(declaration))).toBe('accepted');
  });

  test.each([
    ['<!ATTLIST a b>', "2:14 '>' after attribute b, where white space must follow"],
    ['<!ATTLIST a b NAME "">', "2:15 'NAME' where a type such as CDATA must follow attribute b"],
    ['<!ATTLIST a b CDATA>', "2:20 '>' after the type of attribute b, where white space must follow"],
    ['<!ATTLIST a b CDATA "1"c CDATA "2">', "2:24 'c' in an ATTLIST declaration, where white space or '>' must follow"],
    [
      '<!ATTLIST a b CDATA #CURRENT>',
      "2:21 '#' where #REQUIRED, #IMPLIED, #FIXED or the default of attribute b must follow",
    ],
    ['<!ATTLIST a b CDATA #FIXED"x">', `2:27 '"' after #FIXED, where white space must follow`],
    ['<!ATTLIST a b (x,y) "x">', "2:17 ',' among the values of attribute b, where '|' or ')' must follow"],
    ['<!ATTLIST a b (x|) "x">', "2:18 ')' where a possible value of attribute b must follow"],
    ['<!ATTLIST a b NOTATION (1) #IMPLIED>', "2:25 '1' where a possible value of attribute b must follow"],
    ['<!ATTLIST a b NOTATION x #IMPLIED>', "2:24 'x' after NOTATION, where '(' must follow"],
    [
      '<!ATTLIST a b CDATA "<">',
      "2:22 '<' in the value of attribute b, which begins in line 2; close the quote or write &lt;",
    ],
    ['<!ATTLIST a b CDATA "&c;">', '2:22 entity c is not declared'],
    [
      '<!ATTLIST a b CDATA "&c;"><!ENTITY c "">',
      '2:22 entity c in the default value of an attribute before its declaration',
    ],
    [
      '<!ENTITY c "&#60;"><!ATTLIST a b CDATA "&c;">',
      "2:41 entity c in the value of an attribute, though its replacement text holds '<'",
    ],
  ])('%s is refused', (declaration, problem) => {
    expect(refusal(withSubset(declaration))).toBe(problem);
  });
});

describe('notation declarations', () => {
  test.each(['<!NOTATION n SYSTEM "x">', '<!NOTATION n PUBLIC "x">', `<!NOTATION n PUBLIC "x" 'y' >`])(
    '%s is accepted',
    (declaration) => {
      expect(refusal(withSubset(declaration))).toBe('accepted');
    },
  );

  test.each([
    ['<!NOTATION n>', "2:13 '>' after the name of the notation, where white space must follow"],
    ['<!NOTATION n "x">', `2:14 '"' where SYSTEM or PUBLIC must follow`],
    ['<!NOTATION n SYSTEM>', "2:20 '>' after SYSTEM, where white space must follow"],
    ['<!NOTATION n PUBLIC "x" y>', "2:25 'y' where the system identifier must follow in quotes"],
  ])('%s is refused', (declaration, problem) => {
    expect(refusal(withSubset(declaration))).toBe(problem);
  });
});

describe('entity declarations', () => {
  test.each([
    '<!ENTITY e "">',
    `<!ENTITY e 'a "quoted" &#60; &later; &#37;'>`,
    '<!ENTITY e SYSTEM "x">',
    '<!ENTITY e PUBLIC "p" "s" NDATA n >',
    '<!ENTITY % e "<!-- a -->">',
    '<!ENTITY % e SYSTEM "x">',
  ])('%s is accepted', (declaration) => {
    expect(refusal(withSubset(declaration))).toBe('accepted');
  });

  test.each([
    ['<!ENTITY e>', "2:11 '>' after entity e, where white space must follow"],
    ['<!ENTITY e x>', "2:12 'x' where the quoted value of entity e, SYSTEM or PUBLIC must follow"],
    ['<!ENTITY e "x" y>', "2:16 'y' where '>' must end the ENTITY declaration"],
    ['<!ENTITY e "x>', '2:12 the value of entity e is never closed with "'],
    [
      '<!ENTITY e "a & b">',
      "2:15 a space after '&', where the name of an entity must follow; write &amp; for a plain &",
    ],
    ['<!ENTITY e "&#0;">', '2:13 character reference to U+0000, which XML does not allow'],
    [
      '<!ENTITY e "50 %">',
      "2:16 '%' in the value of entity e; parameter entities cannot stand there, write &#37; for a plain %",
    ],
    ['<!ENTITY %e "x">', "2:10 '%' inside a declaration; parameter entities may stand only between declarations here"],
    ['<!ENTITY % e SYSTEM "x" NDATA n>', "2:25 'NDATA' where '>' must end the ENTITY declaration"],
    ['<!ENTITY e SYSTEM "x"NDATA n>', "2:22 'NDATA' after the system identifier, where white space must follow"],
    ['<!ENTITY e SYSTEM "x" NDATA>', "2:28 '>' after NDATA, where white space must follow"],
    ['<!ENTITY lt "<">', '2:13 the predefined entity lt is declared as something else; write "&#38;#60;"'],
    ['<!ENTITY amp "&#38;">', '2:14 the predefined entity amp is declared as something else; write "&#38;#38;"'],
    ['<!ENTITY quot SYSTEM "x">', '2:15 the predefined entity quot is declared as something else; write "&#34;"'],
  ])('%s is refused', (declaration, problem) => {
    expect(refusal(withSubset(declaration))).toBe(problem);
  });

  test('the predefined entities may be declared as what they are', () => {
    const declarations = `<!ENTITY lt "&#38;#60;"><!ENTITY gt ">"><!ENTITY amp "&#38;#x26;"><!ENTITY apos "&#39;"><!ENTITY quot '"'>`;
    expect(refusal(withSubset(declarations, '<a b="&lt;">&amp;</a>'))).toBe('accepted');
    expect([...scan(withSubset(declarations), 'a.xml').entities]).toEqual([]);
  });
});

describe('the entities of the scan', () => {
  test('are the internal ones, with character references expanded, line ends made LF, and other references kept', () => {
    const subset =
      '<!ENTITY a "x&#38;#60;y\r\nz&#13;\r"><!ENTITY b \'&a; "&#x41;"\'><!ENTITY c SYSTEM "s"><!ENTITY % d "p">';
    expect([...scan(withSubset(subset), 'a.xml').entities]).toEqual([
      ['a', 'x&#60;y\nz\r\n'],
      ['b', '&a; "A"'],
    ]);
  });

  test('keep the first of two declarations', () => {
    const { entities } = scan(withSubset('<!ENTITY a "1"><!ENTITY a "2">'), 'a.xml');
    expect(entities.get('a')).toBe('1');
  });

  test('come from parameter entities too', () => {
    const { entities } = scan(withSubset(`<!ENTITY % p "<!ENTITY a '&#38;#60;'>">\n%p;`), 'a.xml');
    expect(entities.get('a')).toBe('<');
  });

  test('stop at a parameter entity that is not read, unless the file is standalone', () => {
    const text = withSubset('<!ENTITY a "1"><!ENTITY % p SYSTEM "x">%p;<!ENTITY b "2">');
    expect([...scan(text, 'a.xml').entities.keys()]).toEqual(['a']);
    const standalone = `<?xml version="1.0" standalone="yes"?>${text}`;
    expect([...scan(standalone, 'a.xml').entities.keys()]).toEqual(['a', 'b']);
  });

  test('are none without a document type', () => {
    expect(scan('<a/>', 'a.xml').entities.size).toBe(0);
  });
});

describe('references to entities', () => {
  test.each([
    ['in content', '<!ENTITY e "x <b c=\'&f;\'>&f;</b><!-- &#38; -->"><!ENTITY f "1 &lt; 2">', '<a>&e;</a>'],
    ['to an external entity in content', '<!ENTITY e SYSTEM "x">', '<a>&e;</a>'],
    ['whose text holds an escaped angle in an attribute', '<!ENTITY e "&#38;#60;">', '<a b="&e;"/>'],
    ['that is broken but never referred to', '<!ENTITY e "</b>&e;&nowhere;">', '<a/>'],
  ])('an entity %s is accepted', (_, subset, root) => {
    expect(refusal(withSubset(subset, root))).toBe('accepted');
  });

  test.each([
    ['<!ENTITY e "">', '<a>&f;</a>', '4:4 entity f is not declared'],
    ['<!ENTITY e "&f;">', '<a>&e;</a>', '2:12 in the replacement text of entity e: entity f is not declared'],
    ['<!ENTITY e "<b>">', '<a>&e;</b></a>', '2:12 in the replacement text of entity e: <b> is never closed'],
    [
      '<!ENTITY e "</a><a>">',
      '<a>&e;</a>',
      '2:12 in the replacement text of entity e: end tag </a> where no element is open',
    ],
    [
      '<!ENTITY e "&#38;">',
      '<a>&e;</a>',
      "2:12 in the replacement text of entity e: the end of the replacement text after '&', where the name of an entity must follow; write &amp; for a plain &",
    ],
    [
      '<!ENTITY e "&#60;">',
      '<a b="&e;"/>',
      "4:7 entity e in the value of an attribute, though its replacement text holds '<'",
    ],
    [
      '<!ENTITY e "&f;"><!ENTITY f "<b/>">',
      '<a b="&e;"/>',
      "2:12 in the replacement text of entity e: entity f in the value of an attribute, though its replacement text holds '<'",
    ],
    ['<!ENTITY e SYSTEM "x">', '<a b="&e;"/>', '4:7 external entity e in the value of an attribute'],
    [
      '<!ENTITY e SYSTEM "x" NDATA n>',
      '<a>&e;</a>',
      '4:4 entity e is not XML (NDATA), so that no reference can stand for it',
    ],
    ['<!ENTITY e "&e;">', '<a>&e;</a>', '2:12 in the replacement text of entity e: entity e refers to itself'],
    [
      '<!ENTITY e "&f;">\n<!ENTITY f "<b c=\'&g;\'>&e;</b>"><!ENTITY g "">',
      '<a>&e;</a>',
      '3:12 in the replacement text of entity f: entity e refers to itself, by way of entity f',
    ],
  ])('with %s, %s is refused', (subset, root, problem) => {
    expect(refusal(withSubset(subset, root))).toBe(problem);
  });

  test('may be undeclared where a declaration may lie outside the file', () => {
    expect(refusal('<!DOCTYPE a SYSTEM "a.dtd"><a>&e;</a>')).toBe('accepted');
    expect(refusal(withSubset('<!ENTITY % p SYSTEM "x">%p;', '<a b="&e;"/>'))).toBe('accepted');
    expect(refusal(withSubset('<!ENTITY % p SYSTEM "x">', '<a b="&e;"/>'))).toBe('4:7 entity e is not declared');
  });

  test('may not be undeclared in a standalone file, nor declared by a parameter entity there', () => {
    const standalone = '<?xml version="1.0" standalone="yes"?>\n';
    expect(refusal(`${standalone}<!DOCTYPE a SYSTEM "a.dtd"><a>&e;</a>`)).toBe('2:31 entity e is not declared');
    expect(refusal(standalone + withSubset(`<!ENTITY % p "<!ENTITY e ''>">%p;`, '<a>&e;</a>'))).toBe(
      '5:4 entity e is declared by a parameter entity, though the file says standalone="yes"',
    );
    expect(refusal(standalone + withSubset('%p;'))).toBe('3:1 parameter entity p is not declared');
  });
});

describe('parameter entities', () => {
  test.each([
    ['that declare something', `<!ENTITY % p "<!ELEMENT a ANY><!-- ] -->">%p;`],
    ['that refer to others', `<!ENTITY % p "<!ELEMENT a ANY>"><!ENTITY % q "&#37;p; &#37;p;">%q;%p;`],
    ['that are not declared', '%p;'],
  ])('%s are accepted', (_, subset) => {
    expect(refusal(withSubset(subset))).toBe('accepted');
  });

  test.each([
    ['%p ;', "2:3 a space after %p; end the reference with ';'"],
    ['% p;', "2:1 a space after '%', where the name of an entity must follow"],
    [
      '<!ENTITY % p "<!ELEMENT a">\n%p;',
      '3:1 in parameter entity p: the end of the replacement text after the name of the element, where white space must follow',
    ],
    [
      '<!ENTITY % p "]>">\n%p;',
      "3:1 in parameter entity p: ']' in the DOCTYPE, where a declaration or ']' must follow",
    ],
    ['<!ENTITY % p "&#37;p;">\n%p;', '3:1 in parameter entity p: parameter entity p refers to itself'],
    [
      '<!ENTITY % p "<!ELEMENT a (&#37;q;)>">\n%p;',
      "3:1 in parameter entity p: '%' inside a declaration; parameter entities may stand only between declarations here",
    ],
  ])('%j is refused', (subset, problem) => {
    expect(refusal(withSubset(subset))).toBe(problem);
  });
});

describe('hostile declarations are checked in linear time and without deep recursion', () => {
  const numbers = Array.from({ length: 20_000 }, (_, index) => index);

  test('entities that multiply each other', () => {
    const laughs = numbers.map((index) => `<!ENTITY e${index + 1} "&e${index};&e${index};">`).join('');
    const text = withSubset(`<!ENTITY e0 "ha">${laughs}`, '<a b="&e20000;">&e20000;</a>');
    expect(refusal(text)).toBe('accepted');
    expect(scan(text, 'a.xml').entities.get('e1')).toBe('&e0;&e0;');
  });

  test('parameter entities that multiply each other', () => {
    const laughs = numbers.map((index) => `<!ENTITY % e${index + 1} "&#37;e${index};&#37;e${index};">`).join('');
    expect(refusal(withSubset(`<!ENTITY % e0 "">${laughs}%e20000;`))).toBe('accepted');
  });

  test('a long ring of entities', () => {
    const ring = numbers.map((index) => `<!ENTITY e${index} "&e${(index + 1) % 20_000};">`).join('\n');
    expect(refusal(withSubset(ring, '<a>&e0;</a>'))).toBe(
      '20001:17 in the replacement text of entity e19999: entity e0 refers to itself, by way of entity e19999',
    );
  });
});
