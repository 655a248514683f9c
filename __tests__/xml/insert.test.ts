import { describe, expect, test } from '@jest/globals';
import { applyEdits, type TextEdit } from '../../lib/text/edit';
import {
  childElements,
  parseText,
  type ElementSource,
  type NodeSource,
  type SourceDocument,
} from '../../lib/xml/document';
import type { NewElement } from '../../lib/xml/fragment';
import { indentUnit, insertAfter, insertBefore, insertFirst, insertLast } from '../../lib/xml/insert';
import { removal } from '../../lib/xml/remove';

type Insert = (
  document: SourceDocument,
  parent: ElementSource,
  anchor: NodeSource,
  elements: readonly NewElement[],
) => TextEdit;

const n: NewElement = { name: 'n' };

const inserted = (text: string, insert: Insert, elements: readonly NewElement[] = [n]): string => {
  const document = parseText(text, 'f.xml');
  const anchor = childElements(document.root, 'x')[0] ?? document.root;
  return applyEdits(text, [insert(document, document.root, anchor, elements)]);
};
const first: Insert = (document, parent, _anchor, elements) => insertFirst(document, parent, elements);
const last: Insert = (document, parent, _anchor, elements) => insertLast(document, parent, elements);

describe('where new elements go, and how they are laid out', () => {
  test.each<{ readonly name: string; readonly insert: Insert; readonly before: string; readonly after: string }>([
    {
      name: 'after, with the indent of the anchor',
      insert: insertAfter,
      before: '<r>\n \t<x/>\n  <y/>\n</r>',
      after: '<r>\n \t<x/>\n \t<n/>\n  <y/>\n</r>',
    },
    {
      name: 'before, with the indent of the anchor',
      insert: insertBefore,
      before: '<r>\n  <y/>\n\t<x/>\n</r>',
      after: '<r>\n  <y/>\n\t<n/>\n\t<x/>\n</r>',
    },
    {
      name: 'after an element of several lines',
      insert: insertAfter,
      before: '<r>\r\n  <x>\r\n    1\r\n  </x>\r\n</r>',
      after: '<r>\r\n  <x>\r\n    1\r\n  </x>\r\n  <n/>\r\n</r>',
    },
    {
      name: 'after, in a line with siblings',
      insert: insertAfter,
      before: '<r>\n  <x/> <y/>\n</r>',
      after: '<r>\n  <x/><n/> <y/>\n</r>',
    },
    {
      name: 'after, behind comments on the line',
      insert: insertAfter,
      before: '<r>\n  <x/><!--1--> <!--2-->\n  <y/>\n</r>',
      after: '<r>\n  <x/><!--1--> <!--2-->\n  <n/>\n  <y/>\n</r>',
    },
    {
      name: 'after, before text on the line',
      insert: insertAfter,
      before: '<r>\n  <x/> text\n</r>',
      after: '<r>\n  <x/><n/> text\n</r>',
    },
    {
      name: 'before, above comments that belong to the anchor',
      insert: insertBefore,
      before: '<r>\n  <y/>\n  <!--1-->\n  <!--2-->\n  <x/>\n</r>',
      after: '<r>\n  <y/>\n  <n/>\n  <!--1-->\n  <!--2-->\n  <x/>\n</r>',
    },
    {
      name: 'before, below a comment beside a sibling',
      insert: insertBefore,
      before: '<r>\n  <y/> <!--1-->\n  <x/>\n</r>',
      after: '<r>\n  <y/> <!--1-->\n  <n/>\n  <x/>\n</r>',
    },
    {
      name: 'before, below an empty line',
      insert: insertBefore,
      before: '<r>\n  <!--1-->\n\n  <x/>\n</r>',
      after: '<r>\n  <!--1-->\n\n  <n/>\n  <x/>\n</r>',
    },
    { name: 'before, in one line', insert: insertBefore, before: '<r><y/><x/></r>', after: '<r><y/><n/><x/></r>' },
    {
      name: 'before, in the line of a sibling',
      insert: insertBefore,
      before: '<r>\n  <y/><x/>\n</r>',
      after: '<r>\n  <y/><n/><x/>\n</r>',
    },
    {
      name: 'first, before comments',
      insert: first,
      before: '<r>\n  <!--1-->\n  <x/>\n</r>',
      after: '<r>\n  <n/>\n  <!--1-->\n  <x/>\n</r>',
    },
    { name: 'first, in one line', insert: first, before: '<r><!--1--><x/></r>', after: '<r><n/><!--1--><x/></r>' },
    { name: 'first, before text', insert: first, before: '<r>text<x/></r>', after: '<r><n/>text<x/></r>' },
    {
      name: 'last, behind a comment',
      insert: last,
      before: '<r>\n    <x/>\n    <!--1-->\n</r>',
      after: '<r>\n    <x/>\n    <!--1-->\n    <n/>\n</r>',
    },
    {
      name: 'last, behind a comment at the margin, in the indent of the elements',
      insert: last,
      before: '<r>\n    <x/>\n<!--1-->\n</r>',
      after: '<r>\n    <x/>\n<!--1-->\n    <n/>\n</r>',
    },
    {
      name: 'last, behind text',
      insert: last,
      before: '<r>\n  <x/>\n  text\n</r>',
      after: '<r>\n  <x/>\n  text\n<n/></r>',
    },
    { name: 'last, into nothing', insert: last, before: '<?x?>\n<r/>', after: '<?x?>\n<r>\n    <n/>\n</r>' },
    { name: 'last, into nothing in a file of one line', insert: last, before: '<r />', after: '<r><n/></r>' },
    {
      name: 'last, into white space with a line end',
      insert: last,
      before: '<r>\n\n</r>',
      after: '<r>\n    <n/>\n\n</r>',
    },
    {
      name: 'last, into blanks',
      insert: last,
      before: '<?x?>\r\n<r>  </r>\r\n',
      after: '<?x?>\r\n<r>\r\n    <n/>\r\n</r>\r\n',
    },
    {
      name: 'last, into a comment alone',
      insert: last,
      before: '<r>\n  <!--1-->\n</r>',
      after: '<r>\n  <!--1-->\n  <n/>\n</r>',
    },
    { name: 'last, with lone CR', insert: last, before: '<r>\r <x/>\r</r>', after: '<r>\r <x/>\r <n/>\r</r>' },
  ])('$name', ({ insert, before, after }) => {
    expect(inserted(before, insert)).toBe(after);
  });

  test('several elements at once stand on a line each', () => {
    const elements: readonly NewElement[] = [n, { name: 'm', children: [{ name: 'k', text: '1' }] }];
    expect(inserted('<r>\r\n\t<x/>\r\n</r>', insertAfter, elements)).toBe(
      '<r>\r\n\t<x/>\r\n\t<n/>\r\n\t<m>\r\n\t\t<k>1</k>\r\n\t</m>\r\n</r>',
    );
    expect(inserted('<r>\n\t<x/>\n</r>', insertBefore, elements)).toBe(
      '<r>\n\t<n/>\n\t<m>\n\t\t<k>1</k>\n\t</m>\n\t<x/>\n</r>',
    );
    expect(inserted('<r><x/></r>', insertBefore, elements)).toBe('<r><n/><m><k>1</k></m><x/></r>');
  });

  test('where white space counts nothing but the elements is added', () => {
    const text = '<r xml:space="preserve">\n  <x/>\n</r>';
    expect(inserted(text, insertAfter)).toBe('<r xml:space="preserve">\n  <x/><n/>\n</r>');
    expect(inserted(text, insertBefore)).toBe('<r xml:space="preserve">\n  <n/><x/>\n</r>');
    expect(inserted(text, first)).toBe('<r xml:space="preserve">\n  <n/><x/>\n</r>');
    expect(inserted('<r xml:space="preserve"> \n </r>', last)).toBe('<r xml:space="preserve"><n/> \n </r>');
  });
});

describe('indentUnit', () => {
  test.each([
    { name: 'of the children', text: '<r>\n   <x>\n     <y/>\n   </x>\n</r>', unit: '   ' },
    { name: 'of most of them', text: '<r>\n\t<x/>\n  <x/>\n  <x/>\n</r>', unit: '  ' },
    {
      name: 'of the file, where there are none',
      text: '<r><x>\n\t<y/></x>\n <z>\n  <y/>\n  <y/>\n </z></r>',
      unit: ' ',
    },
    { name: 'four blanks, where nothing tells', text: '<r><x/></r>', unit: '    ' },
  ])('is that $name', ({ text, unit }) => {
    const document = parseText(text, 'f.xml');
    expect(indentUnit(document, document.root)).toBe(unit);
  });
});

describe('removal', () => {
  const removed = (text: string): string => {
    const document = parseText(text, 'f.xml');
    const [element = document.root] = childElements(document.root, 'x');
    return applyEdits(text, [removal(document, element)]);
  };

  test.each([
    { before: '<r>\n  <x/>\n</r>', after: '<r>\n</r>' },
    { before: '<r>\r\n\t<x>\r\n\t</x>\t \r\n</r>', after: '<r>\r\n</r>' },
    { before: '<r>\n  <x/>\r</r>', after: '<r>\n</r>' },
    { before: '<r>\n  <x/></r>', after: '<r>\n  </r>' },
    { before: '<r>\n  <x/> <y/>\n</r>', after: '<r>\n   <y/>\n</r>' },
    { before: '<r><x/>\n</r>', after: '<r>\n</r>' },
    { before: '<r> a <x/> b </r>', after: '<r> a  b </r>' },
    { before: '<r>\n  a\n  <x/>\n  b\n</r>', after: '<r>\n  a\n  b\n</r>' },
    { before: '<r xml:space="preserve">\n  <x/>\n</r>', after: '<r xml:space="preserve">\n  \n</r>' },
  ])('of $before', ({ before, after }) => {
    expect(removed(before)).toBe(after);
  });
});
