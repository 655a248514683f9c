import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CarbonPatchError } from '../../lib/errors';
import type { PatchOperation } from '../../lib/patch/operations';
import type { Place } from '../../lib/patch/operations/ensure-element';
import { evaluate, patchDocument } from '../../lib/patch/patch-document';
import { applyEdits } from '../../lib/text/edit';
import { parseText, type SourceDocument } from '../../lib/xml/document';
import { caughtError } from '../caught-error';

const parse = (text: string): SourceDocument => parseText(text, 'f.xml');
const patched = (text: string, ...wanted: readonly PatchOperation[]): string => {
  const { edits, result } = patchDocument(parse(text), wanted);
  expect(applyEdits(text, edits)).toBe(result.text);
  return result.text;
};

function caughtErrorOrUndefined(work: () => unknown): CarbonPatchError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof CarbonPatchError) return error;
    throw error;
  }
}

describe('operations one after the other', () => {
  test('each sees what those before it did', () => {
    const before = '<r>\n  <members/>\n</r>\n';
    const after = patched(
      before,
      { op: 'ensureElement', at: '/r', element: { name: 'clustering', attributes: { enable: 'false' } } },
      { op: 'setAttribute', at: '/r/clustering', name: 'enable', value: 'true' },
      { op: 'ensureElement', at: '/r/clustering', element: { name: 'domain' } },
      { op: 'setText', at: '/r/clustering/domain', value: 'a&b' },
      { op: 'removeElement', at: '/r/members' },
    );
    expect(after).toBe('<r>\n  <clustering enable="true">\n    <domain>a&amp;b</domain>\n  </clustering>\n</r>\n');
  });

  test('each is placed beside what those before it added', () => {
    const after = patched(
      '<Server>\n  <Name/>\n  <Ports/>\n</Server>\n',
      { op: 'ensureElement', at: '/Server', element: { name: 'HostName' }, place: [{ after: 'Name' }] },
      { op: 'ensureElement', at: '/Server', element: { name: 'MgtHostName' }, place: [{ after: 'HostName' }] },
    );
    expect(after).toBe('<Server>\n  <Name/>\n  <HostName/>\n  <MgtHostName/>\n  <Ports/>\n</Server>\n');
  });

  test('many give what they give one by one', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const key = fc.constantFrom('1', '2');
    const sibling = fc.oneof(
      name,
      fc.tuple(name, key).map(([one, value]) => `${one}[@k='${value}']`),
      fc.constantFrom('*', '*[2]', "a[../b/@k='1']"),
    );
    const place = fc.oneof(
      fc.constantFrom<Place>('first', 'last', 'besideSample'),
      sibling.map((before) => ({ before })),
      sibling.map((after) => ({ after })),
    );
    const operation: fc.Arbitrary<PatchOperation> = fc.oneof(
      fc
        .record({ name, key, place: fc.array(place, { maxLength: 3 }) })
        .map(({ name: own, key: value, place: where }): PatchOperation => ({
          op: 'ensureElement',
          at: '/r',
          element: { name: own, attributes: { k: value } },
          key: ['@k'],
          place: where,
        })),
      name.map((own): PatchOperation => ({ op: 'removeElement', at: `/r/${own}[@k='1']` })),
      fc
        .tuple(name, key)
        .map(([own, value]): PatchOperation => ({ op: 'setAttribute', at: `/r/${own}[@j='1']`, name: 'k', value })),
      name.map((own): PatchOperation => ({ op: 'setText', at: `/r/${own}[@j='1']`, value: 'x' })),
    );
    const element = fc.record({ name, key, isKept: fc.boolean() });
    const text = fc
      .uniqueArray(element, { maxLength: 5, selector: (one) => `${one.name} ${one.key}` })
      .map(
        (elements) =>
          `<r>\n${elements.map((one) => `  <${one.name} k="${one.key}"${one.isKept ? ' j="1"' : ''}/>\n`).join('')}</r>\n`,
      );
    fc.assert(
      fc.property(text, fc.array(operation, { maxLength: 5 }), (before, wanted) => {
        const together = (): string => patched(before, ...wanted);
        const oneByOne = (): string => wanted.reduce((current, one) => patched(current, one), before);
        const refusal = caughtErrorOrUndefined(oneByOne);
        if (refusal === undefined) expect(together()).toBe(oneByOne());
        else expect(caughtErrorOrUndefined(together)).toMatchObject({ code: refusal.code });
      }),
      { numRuns: 1000 },
    );
  });

  test('what is commented out can be made live and changed', () => {
    const after = patched(
      '<r>\n  <!--b k="1"/-->\n</r>',
      { op: 'uncomment', at: '/r/b' },
      { op: 'setAttribute', at: '/r/b', name: 'k', value: '2' },
      { op: 'setText', at: '/r/b', value: 'x' },
      { op: 'commentOut', at: '/r/b' },
    );
    expect(after).toBe('<r>\n  <!--<b k="2">x</b>-->\n</r>');
  });

  test('what an operation removes is chosen after those before it, also where these lie elsewhere', () => {
    const text = '<r>\n  <mode>old</mode>\n  <extra/>\n</r>\n';
    const wanted: readonly PatchOperation[] = [
      { op: 'setText', at: '/r/mode', value: 'new' },
      { op: 'removeElement', at: "/r/extra[../mode='old']" },
    ];
    expect(patched(text, ...wanted)).toBe('<r>\n  <mode>new</mode>\n  <extra/>\n</r>\n');
    expect(patched(text, ...[...wanted].reverse())).toBe('<r>\n  <mode>new</mode>\n</r>\n');
  });

  test('a removal that shifts what the next one counts is refused, as it is by itself', () => {
    const text = '<r>\n  <a/>\n  <x/>\n  <a/>\n</r>\n';
    const wanted: readonly PatchOperation[] = [
      { op: 'removeElement', at: '/r/a[1]' },
      { op: 'removeElement', at: '/r/a[2]' },
    ];
    expect(caughtError(() => patched(text, ...wanted))).toMatchObject({ code: 'OPERATION_INVALID' });
  });

  test('edits that meet become one', () => {
    const { edits } = patchDocument(parse('<r><a k="1">x</a></r>'), [
      { op: 'setText', at: '/r/a', value: 'y' },
      { op: 'setText', at: '/r/a', value: 'z' },
      { op: 'removeAttribute', at: '/r/a', name: 'k' },
    ]);
    expect(edits).toEqual([
      { span: { start: 5, end: 11 }, newText: '' },
      { span: { start: 12, end: 13 }, newText: 'z' },
    ]);
  });

  test('operations that cancel each other change nothing, and say so', () => {
    const document = parse('<r><a>x</a></r>');
    const patch = patchDocument(document, [
      { op: 'setText', at: '/r/a', value: 'y' },
      { op: 'setText', at: '/r/a', value: 'x' },
    ]);
    expect(patch).toEqual({ edits: [], changes: [], result: document });
  });

  test('no operations give the document itself', () => {
    const document = parse('<r/>');
    expect(patchDocument(document, [])).toEqual({ edits: [], changes: [], result: document });
    expect(patchDocument(document, []).result).toBe(document);
  });

  test('nothing is done where one of them fails', () => {
    const document = parse('<r><a>x</a></r>');
    const error = caughtError(() =>
      patchDocument(document, [
        { op: 'setText', at: '/r/a', value: 'y' },
        { op: 'setText', at: '/r/b', value: 'y' },
      ]),
    );
    expect(error).toMatchObject({ code: 'TARGET_NOT_FOUND', details: { at: '/r/b', nearest: ['a'] } });
    expect(document.text).toBe('<r><a>x</a></r>');
  });
});

describe('changes', () => {
  test('tell line, before and after, in the file as it is now', () => {
    const text = '<r>\n  <a>x</a>\n  <b k="1"/>\n  <!--c/-->\n  <d/>\n</r>';
    const operations: readonly PatchOperation[] = [
      { op: 'ensureElement', at: '/r', element: { name: 'n', children: [{ name: 'm', text: '1' }] }, place: ['first'] },
      { op: 'setText', at: '/r/a', value: 'y' },
      { op: 'setAttribute', at: '/r/b', name: 'k', value: '2' },
      { op: 'setAttribute', at: '/r/b', name: 'j', value: '3' },
      { op: 'removeAttribute', at: '/r/b', name: 'k' },
      { op: 'uncomment', at: '/r/c' },
      { op: 'removeElement', at: '/r/d' },
      { op: 'setText', at: '/r/n/m', value: '1' },
    ];
    const { changes } = patchDocument(parse(text), operations);
    expect(changes).toEqual([
      { operation: operations[0], line: 2, before: undefined, after: '<n><m>1</m></n>' },
      { operation: operations[1], line: 2, before: 'x', after: 'y' },
      { operation: operations[2], line: 3, before: '1', after: '2' },
      { operation: operations[3], line: 3, before: undefined, after: '3' },
      { operation: operations[4], line: 3, before: '2', after: undefined },
      { operation: operations[5], line: 4, before: '<!--c/-->', after: '<c/>' },
      { operation: operations[6], line: 5, before: '<d/>', after: undefined },
    ]);
  });
});

describe('changes of lists and comments', () => {
  const text = '<r>\n  <m>\n    1\n  </m>\n  <m k="2"/>\n  <c>x</c>\n</r>';

  test.each<{
    readonly operation: PatchOperation;
    readonly before: string | undefined;
    readonly after: string | undefined;
  }>([
    {
      operation: { op: 'replaceChildren', at: '/r', name: 'm', children: [{ name: 'm', text: '3' }] },
      before: '<m>1</m> <m k="2"/>',
      after: '<m>3</m>',
    },
    {
      operation: { op: 'replaceChildren', at: '/r', name: 'm', children: [] },
      before: '<m>1</m> <m k="2"/>',
      after: undefined,
    },
    {
      operation: {
        op: 'replaceChildren',
        at: '/r/c[not(*)]/..',
        name: 'n',
        children: [{ name: 'n' }, { name: 'n', text: '' }],
      },
      before: undefined,
      after: '<n/><n></n>',
    },
    { operation: { op: 'commentOut', at: '/r/c' }, before: '<c>x</c>', after: '<!--<c>x</c>-->' },
    {
      operation: { op: 'removeElement', at: '/r/m', occurrences: 'all' },
      before: '<m>\n    1\n  </m>\n<m k="2"/>',
      after: undefined,
    },
  ])('of $operation', ({ operation, before, after }) => {
    const { changes } = patchDocument(parse(text), [operation]);
    expect(changes).toMatchObject([{ operation }]);
    expect([changes[0]?.before, changes[0]?.after]).toEqual([before, after]);
  });
});

describe('an operation must find nothing to do on its own result', () => {
  test.each<{ readonly text: string; readonly operation: PatchOperation; readonly problem: string }>([
    {
      text: '<r><a>x</a></r>',
      operation: { op: 'setText', at: "/r/a[.='x']", value: 'y' },
      problem:
        "/r/a[.='x'] does not find the target any more once this is done; name it by something that the operation does not change",
    },
    {
      text: '<r><a/><a/></r>',
      operation: { op: 'removeElement', at: '/r/a[1]' },
      problem:
        '/r/a[1] finds another target once this is done; name it by something that the operation does not change',
    },
    {
      text: '<r><a/><a/></r>',
      operation: { op: 'commentOut', at: '(//a)[1]' },
      problem:
        '(//a)[1] finds another target once this is done; name it by something that the operation does not change',
    },
    {
      text: '<r/>',
      operation: { op: 'setAttribute', at: '/r', name: 'p:k', value: '1' },
      problem: 'it would leave a file in which the prefix of p:k is not declared',
    },
    {
      text: '<r xmlns:p="u" p:k="1"/>',
      operation: { op: 'removeAttribute', at: '/r', name: 'xmlns:p' },
      problem: 'it would leave a file in which the prefix of p:k is not declared',
    },
    {
      text: '<r xmlns:p="u" p:k="1" k="2"/>',
      operation: { op: 'setAttribute', at: '/r[not(@xmlns)]', name: 'q:k', value: '3' },
      problem: 'it would leave a file in which the prefix of q:k is not declared',
    },
  ])('$operation.op $operation.at on $text is refused', ({ text, operation, problem }) => {
    const error = caughtError(() => patchDocument(parse(text), [operation]));
    expect(error).toMatchObject({ code: 'OPERATION_INVALID', details: { operation: operation.op, problem } });
  });

  test('a change of the default namespace is, where the XPath goes along', () => {
    expect(patched('<r xmlns="u"><a/></r>', { op: 'setAttribute', at: '/r', name: 'xmlns', value: 'v' })).toBe(
      '<r xmlns="v"><a/></r>',
    );
  });
});

describe('evaluate', () => {
  test('finds without changing anything', () => {
    const document = parse('<r><a>x</a></r>');
    expect(evaluate(document, { op: 'setText', at: '/r/a', value: 'x' })).toEqual({ status: 'satisfied' });
    expect(evaluate(document, { op: 'setText', at: '/r/a', value: 'y' })).toEqual({
      status: 'edited',
      edits: [{ span: { start: 6, end: 7 }, newText: 'y' }],
      before: 'x',
      after: 'y',
    });
  });
});

describe('large files', () => {
  const entries = (count: number, host: string): readonly string[] =>
    Array.from({ length: count }, (_, index) => `    <m>\n      <h>${host}${index}</h>\n      <p>4000</p>\n    </m>\n`);
  const file = (count: number): string =>
    `<r>\n  <ms>\n${entries(count, 'a').join('')}  </ms>\n  <x k="1">t</x>\n</r>\n`;
  const list = (count: number, host: string): PatchOperation => ({
    op: 'replaceChildren',
    at: '/r/ms',
    name: 'm',
    children: Array.from({ length: count }, (_, index) => ({
      name: 'm',
      children: [
        { name: 'h', text: `${host}${index}` },
        { name: 'p', text: '4000' },
      ],
    })),
  });

  test('five thousand members are replaced', () => {
    expect(patched(file(5_000), list(5_000, 'b'))).toBe(file(5_000).replaceAll('<h>a', '<h>b'));
  });

  test('five thousand members are removed', () => {
    const after = '<r>\n  <ms>\n  </ms>\n  <x k="1">t</x>\n</r>\n';
    expect(patched(file(5_000), list(0, ''))).toBe(after);
    expect(patched(file(5_000), { op: 'removeElement', at: '/r/ms/m', occurrences: 'all' })).toBe(after);
  });

  test('five thousand members are created in one line', () => {
    const members = Array.from({ length: 5_000 }, (_, index) => `<m><h>c${index}</h><p>4000</p></m>`).join('');
    expect(patched('<r><ms/></r>', list(5_000, 'c'))).toBe(`<r><ms>${members}</ms></r>`);
  });

  test('a file of one line takes no longer than one of many', () => {
    const line = (text: string): string =>
      `<r>${Array.from({ length: 5_000 }, (_, index) => `<m k="${index}">${text}<!--c--></m>`).join('')}</r>`;
    const children = Array.from({ length: 5_000 }, (_, index) => ({
      name: 'm',
      attributes: { k: `${index}` },
      text: 'b',
    }));
    expect(patched(line('a'), { op: 'replaceChildren', at: '/r', name: 'm', children })).toBe(line('b'));
  });

  test('thousands of comments in one element are cut out of its own', () => {
    const before = `<r><a>${'x<!--c-->'.repeat(5_000)}</a></r>`;
    const after = `<r><!--<a>${'x--><!--c--><!--'.repeat(5_000)}</a>--></r>`;
    expect(patched(before, { op: 'commentOut', at: '/r/a' })).toBe(after);
    expect(patched(after, { op: 'uncomment', at: '/r/a' })).toBe(before);
  });

  test('files nested more deeply than the call stack are patched', () => {
    const deep = (inner: string): string => `<r>${'<a>'.repeat(8_000)}${inner}${'</a>'.repeat(8_000)}</r>`;
    expect(patched(deep('<!--c--><x/>'), { op: 'setText', at: '//x', value: '1' })).toBe(deep('<!--c--><x>1</x>'));
    expect(patched(deep('<!--c--><x/>'), { op: 'replaceChildren', at: '/r', name: 'a', children: [] })).toBe(
      '<r><!--c--></r>',
    );
    expect(patched(deep('<x/>'), { op: 'commentOut', at: '//x' })).toBe(deep('<!--<x/>-->'));
    expect(caughtError(() => patched(deep('<x/>'), { op: 'setText', at: '//y', value: '' })).code).toBe(
      'TARGET_NOT_FOUND',
    );
  });

  test('time grows with the size, not with its square', () => {
    const seconds = (count: number): number => {
      const document = parse(file(count));
      const start = process.hrtime.bigint();
      patchDocument(document, [{ op: 'setText', at: "/r/x[@k='1']", value: 'u' }, list(count, 'b')]);
      return Number(process.hrtime.bigint() - start) / 1e9;
    };
    seconds(300);
    expect(seconds(2_400)).toBeLessThan(40 * Math.max(seconds(300), 0.02));
  });
});
