import { expect, test } from '@jest/globals';
import { xpathLiteral } from '../../lib/carbon/xpath-literal';
import { parseText } from '../../lib/xml/document';
import { selectElements } from '../../lib/xml/select';

test.each([
  ['plain', "'plain'"],
  ['', "''"],
  ["it's", '"it\'s"'],
  ['say "no"', `'say "no"'`],
  [`it's "no"`, `concat('it', "'", 's "no"')`],
])('%j is written as %s, and found', (text, literal) => {
  expect(xpathLiteral(text)).toBe(literal);
  const document = parseText(`<a><b>${text}</b><b>other</b></a>`, 'a.xml');
  expect(selectElements(document, `/a/b[.=${literal}]`)).toEqual([document.root.children[0]]);
});
