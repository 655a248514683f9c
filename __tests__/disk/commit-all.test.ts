import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit, commitAll } from '../../lib/disk/commit';
import { lastApply, readApplies, readJournal } from '../../lib/disk/journal';
import { undo } from '../../lib/disk/undo';
import { runInChild } from './child-process';
import {
  checkClosed,
  configurationsOf,
  configurationsWith,
  contentOf,
  homesOf,
  makeGroup,
  partsOf,
  runOn,
} from './home-group';
import {
  configurationOf,
  makeFolder,
  makeHome,
  rejectionOf,
  replacement,
  replacements,
  textReplacements,
  treeOf,
} from './temporary-home';
import { startNoPrograms } from './no-programs';

let startProgramsAgain: () => void;

beforeAll(() => {
  startProgramsAgain = startNoPrograms();
});

afterAll(() => startProgramsAgain());

// Runs that meet wait for each other.
jest.setTimeout(120_000);

const paths = ['conf/axis2.xml', 'conf/carbon.xml'];

describe('commitAll', () => {
  test('replaces the files of all homes, and each can be undone by itself', async () => {
    const group = makeGroup();
    const [first = '', second = '', third = ''] = homesOf(group);
    expect(await commitAll(partsOf(group, 'wanted'))).toEqual(Array(3).fill({ paths, inPlace: [] }));
    expect(configurationsOf(group)).toEqual(configurationsWith('wanted'));
    const applies = await Promise.all([first, second, third].map(readApplies));
    expect(new Set(applies.map(([apply]) => apply?.group)).size).toBe(1);
    expect(applies[0]).toEqual([
      expect.objectContaining({ number: 1, group: expect.stringMatching(/^[0-9a-f]{32}$/) }),
    ]);
    expect(await readJournal(second)).toMatchObject({ formatVersion: 1 });
    await undo(second);
    expect(treeOf(second)).toEqual(treeOf(makeHome(contentOf('c', 'original'))));
    expect(configurationOf(third)).toEqual(configurationsWith('wanted')[2]);
  });

  test('gives the results in the order of the homes, also of those where nothing changes, which are not touched', async () => {
    const group = makeGroup();
    const [first = '', second = '', third = ''] = homesOf(group);
    const results = await commitAll([
      { home: first, replacements: [replacement(first, 'conf/carbon.xml', 'new')], label: { role: 'manager' } },
      { home: second, replacements: replacements(second, contentOf('c', 'original')), label: {} },
      { home: third, replacements: [replacement(third, 'conf/axis2.xml', 'new')], label: { role: 'worker' } },
    ]);
    expect(results.map((result) => result.paths)).toEqual([['conf/carbon.xml'], [], ['conf/axis2.xml']]);
    expect((await lastApply(first))?.label).toEqual({ role: 'manager' });
    expect((await lastApply(third))?.label).toEqual({ role: 'worker' });
    expect(treeOf(second)).toEqual(treeOf(makeHome(contentOf('c', 'original'))));
  });

  test('makes no group of one home, alone or among others that do not change', async () => {
    const group = makeGroup();
    const [first = '', second = ''] = homesOf(group);
    await commit(first, [replacement(first, 'conf/axis2.xml', 'new')], {});
    await commitAll([
      { home: first, replacements: [], label: {} },
      { home: second, replacements: [replacement(second, 'conf/axis2.xml', 'new')], label: {} },
    ]);
    for (const home of [first, second]) expect(await lastApply(home)).not.toHaveProperty('group');
  });

  test('does nothing for no homes', async () => {
    expect(await commitAll([])).toEqual([]);
  });

  test('numbers the applies of each home by themselves', async () => {
    const group = makeGroup();
    const [first = ''] = homesOf(group);
    await commit(first, [replacement(first, 'conf/axis2.xml', 'once')], {});
    await commitAll(partsOf(group, 'wanted'));
    expect(await Promise.all(homesOf(group).map(async (home) => (await lastApply(home))?.number))).toEqual([2, 1, 1]);
  });

  test('says which files were overwritten in place, in which home', async () => {
    const group = makeGroup();
    const [outcome] = await runInChild([{ ...runOn(group, 'commit'), busy: ['/c/conf/carbon.xml'] }]);
    expect(outcome?.result).toEqual([
      { paths, inPlace: [] },
      { paths, inPlace: ['conf/carbon.xml'] },
      { paths, inPlace: [] },
    ]);
    expect(configurationsOf(group)).toEqual(configurationsWith('wanted'));
  });

  test('takes homes through links', async () => {
    const group = makeGroup();
    const folder = makeFolder();
    const parts = partsOf(group, 'wanted').map((part, index) => {
      const home = join(folder, String(index));
      symlinkSync(part.home, home);
      return { ...part, home };
    });
    await commitAll(parts);
    expect(configurationsOf(group)).toEqual(configurationsWith('wanted'));
    await checkClosed(group);
  });

  test('takes time and files in proportion, for a thousand homes', async () => {
    const count = 1000;
    const names = Array.from({ length: count }, (_, index) => `home${index}`);
    const folder = makeHome(Object.fromEntries(names.map((name) => [`${name}/conf/a.xml`, name])));
    const parts = names.map((name) => ({
      home: join(folder, name),
      replacements: [replacement(join(folder, name), 'conf/a.xml', `new ${name}`)],
      label: {},
    }));
    expect(await commitAll(parts)).toHaveLength(count);
    expect(names.filter((name) => readFileSync(join(folder, name, 'conf/a.xml'), 'utf8') !== `new ${name}`)).toEqual(
      [],
    );
    // Only the journal of the home that decides names all of the others, and only while they are at work.
    expect(readFileSync(join(folder, 'home0/.carbon-patch/journal.json')).length).toBeLessThan(1000);
  });
});

describe('commitAll changes nothing in any home', () => {
  test('where a file of the third one changed since the plan was made', async () => {
    const group = makeGroup();
    const parts = partsOf(group, 'wanted');
    const home = homesOf(group)[2] ?? '';
    writeFileSync(join(home, 'conf/carbon.xml'), 'by hand');
    const before = treeOf(group);
    expect(await rejectionOf(commitAll(parts))).toMatchObject({
      code: 'PLAN_STALE',
      message: `${home}/conf/carbon.xml: changed since the plan was made; nothing was written, plan again`,
    });
    expect(treeOf(group)).toEqual(before);
  });

  test.each([
    ['as it is', (home: string) => home],
    ['written otherwise', (home: string) => `${home}/conf/..`],
    ['by a link', linkTo],
  ])('where a home is named twice, %s', async (_, otherName) => {
    const group = makeGroup();
    const parts = partsOf(group, 'wanted');
    const other = otherName(parts[0]?.home ?? '');
    const before = treeOf(group);
    const error = await rejectionOf(commitAll([...parts, { home: other, replacements: [], label: {} }]));
    expect(error).toMatchObject({ code: 'WRITE_FAILED', details: { path: other, restored: true } });
    expect(error).toMatchObject({
      message: expect.stringMatching(/: it is (named twice|the same home as .*\/b); every file is as it was before$/),
    });
    expect(treeOf(group)).toEqual(before);
  });

  test('where a link leads from one home into another', async () => {
    const group = makeGroup();
    const [first = '', second = ''] = homesOf(group);
    symlinkSync(join(first, 'conf/axis2.xml'), join(second, 'conf/linked.xml'));
    const before = treeOf(group);
    const parts = [{ home: second, replacements: [replacement(second, 'conf/linked.xml', 'two')], label: {} }];
    expect(await rejectionOf(commitAll([...parts, { home: first, replacements: [], label: {} }]))).toMatchObject({
      code: 'FILE_UNSAFE',
      details: { path: `${second}/conf/linked.xml`, reason: 'linkLeavesHome', truePath: `${first}/conf/axis2.xml` },
    });
    expect(treeOf(group)).toEqual(before);
  });

  test('where a home holds another one, and both name one file', async () => {
    const outer = makeHome({ 'conf/a.xml': 'a', 'wso2/profile/conf/b.xml': 'b' });
    const inner = join(outer, 'wso2/profile');
    const before = treeOf(outer);
    const parts = [
      { home: inner, replacements: [replacement(inner, 'conf/b.xml', 'one')], label: {} },
      { home: outer, replacements: [replacement(outer, 'wso2/profile/conf/b.xml', 'two')], label: {} },
    ];
    expect(await rejectionOf(commitAll(parts))).toMatchObject({
      code: 'WRITE_FAILED',
      details: { path: `${outer}/wso2/profile/conf/b.xml`, problem: `it is the same file as ${inner}/conf/b.xml` },
    });
    expect(treeOf(outer)).toEqual(before);
  });

  test('where one of them is not there', async () => {
    const group = makeGroup();
    const missing = join(group, 'missing');
    const before = treeOf(group);
    const parts = [...partsOf(group, 'wanted'), { home: missing, replacements: [], label: {} }];
    expect(await rejectionOf(commitAll(parts))).toMatchObject({
      message: `${missing}: cannot be written: no such file or directory (ENOENT); every file is as it was before`,
    });
    expect(treeOf(group)).toEqual(before);
  });

  test('but what a person changes while the files are being replaced', async () => {
    const group = makeGroup();
    // The renames before it are those of three locks, of eight journals, and of the two targets of the first home.
    const fault = { kind: 'edit', edit: ['../a/conf/carbon.xml', 'by hand'], calls: ['rename'], at: 14 } as const;
    const [outcome] = await runInChild([{ ...runOn(group, 'commit'), fault }]);
    expect(outcome?.error).toMatchObject({
      code: 'PLAN_STALE',
      details: { path: join(group, 'a/conf/carbon.xml') },
    });
    writeFileSync(join(group, 'a/conf/carbon.xml'), contentOf('a', 'original')['conf/carbon.xml'] ?? '');
    expect(treeOf(group)).toEqual(treeOf(makeGroup()));
  });
});

test('the homes are written in the order that a failure of the power needs', async () => {
  const group = makeGroup();
  const [outcome] = await runInChild([runOn(group, 'commit')]);
  const steps = (outcome?.trace ?? []).filter((step) => /^rename|^sync \w\/conf$/.test(step) && !/lock-/.test(step));
  const journal = (name: string): string =>
    `rename ${name}/.carbon-patch/.carbon-patch-*.tmp ${name}/.carbon-patch/journal.json`;
  const targets = (name: string): readonly string[] =>
    paths.map((path) => `rename ${name}/conf/.carbon-patch-*.tmp ${name}/${path}`);
  expect(steps).toEqual([
    journal('b'),
    'sync b/conf',
    ...['c', 'a'].flatMap((name) => [journal(name), `sync ${name}/conf`, journal(name)]),
    ...['b', 'c', 'a'].map(journal),
    ...['b', 'c', 'a'].flatMap(targets),
    ...['b', 'c', 'a'].map((name) => `sync ${name}/conf`),
    ...['b', 'c', 'a', 'b'].map(journal),
  ]);
});

describe('runs over the same homes in other orders', () => {
  test('never wait for each other for ever and never mix, in several processes', async () => {
    for (let round = 0; round < 4; round += 1) {
      const group = makeGroup();
      const homes = homesOf(group);
      const runs = ['one', 'two', 'three'].map((text, index) => {
        const parts = [...homes.slice(index), ...homes.slice(0, index)].map((home) => ({
          home,
          replacements: textReplacements(home, { 'conf/axis2.xml': text, 'conf/carbon.xml': text }),
        }));
        const [first = { home: '' }, ...others] = index === 1 ? parts.toReversed() : parts;
        return { ...first, action: 'commit' as const, others };
      });
      const outcomes = (await Promise.all(runs.map((run) => runInChild([run])))).flat();
      const texts = homes.flatMap((home) => paths.map((path) => readFileSync(join(home, path), 'utf8')));
      expect(new Set(texts).size).toBe(1);
      expect(outcomes.map(({ error }) => error?.code ?? 'done').sort()).toEqual(['PLAN_STALE', 'PLAN_STALE', 'done']);
      await checkClosed(group);
    }
  });

  test('nor in one process, also where they share only some of them', async () => {
    const group = makeGroup();
    const [first = '', second = '', third = ''] = homesOf(group);
    const pairs = [
      [first, second],
      [second, third],
      [third, first],
      [second, first],
    ];
    const outcomes = await Promise.allSettled(
      pairs.map((homes, index) =>
        commitAll(
          homes.map((home) => ({
            home,
            replacements: replacements(home, { 'conf/axis2.xml': `${index}` }),
            label: {},
          })),
        ),
      ),
    );
    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    for (const [index, homes] of pairs.entries()) {
      const held = homes.filter((home) => readFileSync(join(home, 'conf/axis2.xml'), 'utf8') === String(index));
      expect(held).toHaveLength(winners.includes(index) ? 2 : 0);
    }
    expect(winners).toHaveLength(1);
  });
});

function linkTo(home: string): string {
  const link = join(makeFolder(), 'link');
  symlinkSync(home, link);
  return link;
}
