import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit, commitAll } from '../../lib/disk/commit';
import { lastApply } from '../../lib/disk/journal';
import { undoAll } from '../../lib/disk/undo';
import { runInChild } from './child-process';
import {
  applyTo,
  configurationsOf,
  configurationsWith,
  contentOf,
  homesOf,
  makeGroup,
  partsOf,
  runOn,
} from './home-group';
import { makeHome, rejectionOf, replacement, treeOf } from './temporary-home';
import { startNoPrograms } from './no-programs';

let startProgramsAgain: () => void;

beforeAll(() => {
  startProgramsAgain = startNoPrograms();
});

afterAll(() => startProgramsAgain());

describe('undoAll', () => {
  test('brings the files of all homes back, one apply further each time, and leaves nothing of this library', async () => {
    const group = makeGroup();
    await applyTo([group], 'earlier');
    await applyTo([group], 'wanted');
    const [result] = await undoAll(homesOf(group));
    expect(result).toMatchObject({
      record: { number: 2, label: { contents: 'wanted' } },
      paths: ['conf/axis2.xml', 'conf/carbon.xml'],
      inPlace: [],
      recovery: { outcome: 'nothing' },
    });
    expect(configurationsOf(group)).toEqual(configurationsWith('earlier'));
    await undoAll(homesOf(group));
    expect(treeOf(group)).toEqual(treeOf(makeGroup()));
  });

  test('takes back what was applied to each home by itself', async () => {
    const group = makeGroup();
    const homes = homesOf(group);
    for (const [index, home] of homes.entries()) {
      await commit(home, [replacement(home, 'conf/axis2.xml', 'new')], { name: String(index) });
    }
    expect((await undoAll(homes.toReversed())).map(({ record }) => record.label)).toEqual(
      ['2', '1', '0'].map((name) => ({ name })),
    );
    expect(treeOf(group)).toEqual(treeOf(makeGroup()));
  });

  test('does nothing for no homes', async () => {
    expect(await undoAll([])).toEqual([]);
  });

  test.each([1, 2])('names the first home that has no apply (%d), and changes none', async (index) => {
    const group = makeGroup();
    const parts = partsOf(group, 'wanted');
    await commitAll(parts.slice(0, index));
    const before = treeOf(group);
    const home = homesOf(group)[index] ?? '';
    expect(await rejectionOf(undoAll(homesOf(group)))).toMatchObject({
      code: 'NOTHING_TO_UNDO',
      message: `${home}: there is no apply to undo`,
    });
    expect(treeOf(group)).toEqual(before);
  });

  test('names every file of all homes that was changed or removed since, and changes none', async () => {
    const group = makeGroup();
    await applyTo([group], 'wanted');
    writeFileSync(join(group, 'c/conf/axis2.xml'), 'by hand');
    rmSync(join(group, 'a/conf/carbon.xml'));
    const before = treeOf(group);
    expect(await rejectionOf(undoAll(homesOf(group)))).toMatchObject({
      code: 'UNDO_CONFLICT',
      details: { paths: [join(group, 'c/conf/axis2.xml'), join(group, 'a/conf/carbon.xml')] },
    });
    expect(treeOf(group)).toEqual(before);
  });

  test('names the home of an original that is not there whole, and changes none', async () => {
    const group = makeGroup();
    await applyTo([group], 'wanted');
    rmSync(join(group, 'a/.carbon-patch/originals/1/conf/axis2.xml'));
    const before = treeOf(group);
    expect(await rejectionOf(undoAll(homesOf(group)))).toMatchObject({
      code: 'JOURNAL_DAMAGED',
      details: { path: join(group, 'a/.carbon-patch/originals/1/conf/axis2.xml') },
    });
    expect(treeOf(group)).toEqual(before);
  });
});

describe('undoAll after a killed run', () => {
  const calls = ['rename'];

  test('is the rollback itself where an apply was not ready in all homes', async () => {
    const group = makeGroup();
    await applyTo([group], 'earlier');
    await runInChild([{ ...runOn(group, 'commit'), fault: { kind: 'kill', calls, at: 7 } }]);
    const results = await undoAll(homesOf(group));
    expect(results.map(({ recovery }) => recovery.outcome)).toEqual(Array(3).fill('rolledBack'));
    expect(configurationsOf(group)).toEqual(configurationsWith('earlier'));
  });

  test('undoes an apply that it had to complete first', async () => {
    const group = makeGroup();
    await runInChild([{ ...runOn(group, 'commit'), fault: { kind: 'kill', calls, at: 13 } }]);
    const results = await undoAll(homesOf(group));
    expect(results.map(({ recovery }) => recovery.outcome)).toEqual(Array(3).fill('completed'));
    expect(treeOf(group)).toEqual(treeOf(makeGroup()));
  });

  test('completes a killed undo and does not go one apply further', async () => {
    const group = makeGroup();
    await applyTo([group], 'earlier');
    await applyTo([group], 'wanted');
    await runInChild([{ ...runOn(group, 'undo'), fault: { kind: 'kill', calls, at: 13 } }]);
    const results = await undoAll(homesOf(group));
    expect(results[1]).toMatchObject({ recovery: { outcome: 'completed', kind: 'undo', homes: homesOf(group) } });
    expect(configurationsOf(group)).toEqual(configurationsWith('earlier'));
  });

  test('undoes the homes that the killed run was not about', async () => {
    const group = makeGroup();
    const [first = '', second = '', third = ''] = homesOf(group);
    await applyTo([group], 'earlier');
    const { home, replacements, others = [], ...run } = runOn(group, 'commit');
    const both = { ...run, home, ...(replacements && { replacements }), others: others.slice(0, 1) };
    await runInChild([{ ...both, fault: { kind: 'kill', calls, at: 5 } }]);
    const results = await undoAll([first, second, third]);
    expect(results.map(({ recovery }) => recovery.outcome)).toEqual(['rolledBack', 'rolledBack', 'nothing']);
    expect(configurationsOf(group).slice(0, 2)).toEqual(configurationsWith('earlier').slice(0, 2));
    expect(treeOf(third)).toEqual(treeOf(makeHome(contentOf('a', 'original'))));
  });
});

test('lastApply tells what an undo would take back, and writes nothing', async () => {
  const group = makeGroup();
  const [home = ''] = homesOf(group);
  expect(await lastApply(home)).toBeUndefined();
  await applyTo([group], 'earlier');
  await applyTo([group], 'wanted');
  const before = treeOf(group);
  expect(await lastApply(home)).toMatchObject({ number: 2, label: { contents: 'wanted' } });
  expect(treeOf(group)).toEqual(before);
});
