import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../../lib/disk/read-file';
import { createPlanningCache } from '../../lib/plan/planning-cache';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { makePlan } from '../../lib/plan/make-plan';
import { openHome } from '../../lib/plan/open-home';
import { copyHome } from './fixture-home';

const content = (text: string): { readonly bytes: Uint8Array; readonly digest: string } => ({
  bytes: Buffer.from(text),
  digest: digestOf(Buffer.from(text)),
});

describe('createPlanningCache', () => {
  test('gives the document of the same bytes at the same path again, and no other', () => {
    const cache = createPlanningCache();
    const document = cache.document(content('<a/>'), 'a.xml');
    expect(cache.document(content('<a/>'), 'a.xml')).toBe(document);
    expect(cache.document(content('<a/>'), 'b.xml')).not.toBe(document);
    expect(cache.document(content('<a />'), 'a.xml')).not.toBe(document);
    expect(cache.document(content('<a/>'), 'a.xml', { p: 'urn:p' }).namespaces).toEqual({ p: 'urn:p' });
  });

  test('makes a result once for a document and a key', () => {
    const cache = createPlanningCache();
    const [one, other] = [cache.document(content('<a/>'), 'a.xml'), cache.document(content('<b/>'), 'a.xml')];
    const made: string[] = [];
    const result = (document: typeof one, key: string): string =>
      cache.result(document, key, () => `${made.push(key)}`);
    expect([result(one, 'x'), result(one, 'x'), result(one, 'y'), result(other, 'x')]).toEqual(['1', '1', '2', '3']);
    expect(made).toEqual(['x', 'y', 'x']);
  });

  test('forgets what was not asked for longest, so that it does not grow', () => {
    const cache = createPlanningCache();
    const first = cache.document(content('<first/>'), 'a.xml');
    const second = cache.document(content('<second/>'), 'a.xml');
    for (let index = 0; index < 63; index++) {
      cache.document(content(`<a>${index}</a>`), 'a.xml');
      expect(cache.document(content('<first/>'), 'a.xml')).toBe(first);
    }
    expect(cache.document(content('<second/>'), 'a.xml')).not.toBe(second);
  });

  test('remembers nothing that was thrown', () => {
    const cache = createPlanningCache();
    expect(() => cache.document(content('<a>'), 'a.xml')).toThrow('a.xml:1');
    expect(() => cache.document(content('<a>'), 'a.xml')).toThrow('a.xml:1');
  });
});

describe('plans with one cache', () => {
  test('are those without it, and share the texts of equal files', async () => {
    const cache = createPlanningCache();
    const [one, other] = [copyHome('esb-5.0.0'), copyHome('esb-5.0.0')];
    const alone = await makePlan(await openHome(one), exampleCluster, 'worker1');
    const plans = [];
    for (const path of [one, other])
      plans.push(await makePlan(await openHome(path, { cache }), exampleCluster, 'worker1', { cache }));
    expect(plans).toEqual([alone, alone]);
    const [first, second] = plans.map(({ patches }) => patches.map(({ edits }) => edits));
    first?.forEach((edits, index) => expect(second?.[index]).toBe(edits));
  });

  test('differ where the nodes differ', async () => {
    const cache = createPlanningCache();
    const home = await openHome(copyHome('esb-5.0.0'), { cache });
    const textOf = async (node: string): Promise<string> =>
      JSON.stringify(await makePlan(home, exampleCluster, node, { cache }));
    expect(await textOf('worker1')).not.toBe(await textOf('worker2'));
    expect(await textOf('worker2')).toBe(JSON.stringify(await makePlan(home, exampleCluster, 'worker2')));
  });
});
