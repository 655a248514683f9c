import { describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../lib/disk/commit';
import { readApplies } from '../../lib/disk/journal';
import { digestOf } from '../../lib/disk/read-file';
import { undo } from '../../lib/disk/undo';
import { makeHome, modeOf, rejectionOf, replacement, replacements, treeOf } from './temporary-home';

const original = { 'conf/a.xml': '<a/>', 'conf/deep/b.xml': '<b/>', 'conf/c.xml': '<c/>' };
const wanted = { 'conf/a.xml': '<a new=""/>', 'conf/deep/b.xml': '<b new=""/>' };

describe('undo', () => {
  test('brings every file back byte for byte with its mode, and leaves nothing of this library', async () => {
    const home = makeHome(original);
    chmodSync(join(home, 'conf/a.xml'), 0o640);
    chmodSync(join(home, 'conf/deep/b.xml'), 0o2755);
    const before = treeOf(home);
    await commit(home, replacements(home, wanted), { role: 'worker' });
    const { record, paths, inPlace, recovery } = await undo(home);
    expect({ paths, inPlace, recovery }).toEqual({
      paths: ['conf/a.xml', 'conf/deep/b.xml'],
      inPlace: [],
      recovery: { outcome: 'nothing' },
    });
    expect(record).toMatchObject({ number: 1, label: { role: 'worker' } });
    expect(treeOf(home)).toEqual(before);
  });

  test('brings back bytes that are no text', async () => {
    const home = makeHome(original);
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    writeFileSync(join(home, 'conf/a.xml'), bytes);
    await commit(home, [{ path: 'conf/a.xml', baseDigest: digestOf(bytes), bytes: bytes.toReversed() }], {});
    await undo(home);
    expect(readFileSync(join(home, 'conf/a.xml')).equals(bytes)).toBe(true);
  });

  test('leaves a mode that was changed since the apply', async () => {
    const home = makeHome(original);
    await commit(home, replacements(home, wanted), {});
    chmodSync(join(home, 'conf/a.xml'), 0o600);
    await undo(home);
    expect(modeOf(join(home, 'conf/a.xml'))).toBe('0600');
  });

  test('goes one apply further back each time', async () => {
    const home = makeHome(original);
    const trees = [treeOf(home)];
    for (const text of ['one', 'two', 'three']) {
      await commit(home, [replacement(home, 'conf/a.xml', text), replacement(home, 'conf/c.xml', text)], { text });
      trees.push(treeOf(home));
    }
    const labels = [];
    for (let index = 2; index >= 0; index -= 1) {
      labels.push((await undo(home)).record.label);
      expect(treeOf(home)).toEqual(trees[index]);
    }
    expect(labels).toEqual([{ text: 'three' }, { text: 'two' }, { text: 'one' }]);
    expect(await rejectionOf(undo(home))).toMatchObject({ code: 'NOTHING_TO_UNDO' });
  });

  test('has nothing to undo in a home that was never touched, and makes nothing there', async () => {
    const home = makeHome(original);
    expect(await rejectionOf(undo(home))).toMatchObject({
      code: 'NOTHING_TO_UNDO',
      message: `${home}: there is no apply to undo`,
    });
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });

  test('refuses, naming every file that was changed or removed since, and changes none', async () => {
    const home = makeHome(original);
    await commit(home, replacements(home, { ...wanted, 'conf/c.xml': 'new' }), {});
    writeFileSync(join(home, 'conf/a.xml'), 'by hand');
    rmSync(join(home, 'conf/c.xml'));
    const before = treeOf(home);
    const error = await rejectionOf(undo(home));
    expect(error).toMatchObject({ code: 'UNDO_CONFLICT', details: { paths: ['conf/a.xml', 'conf/c.xml'] } });
    expect(treeOf(home)).toEqual(before);
    writeFileSync(join(home, 'conf/a.xml'), wanted['conf/a.xml']);
    writeFileSync(join(home, 'conf/c.xml'), 'new');
    await undo(home);
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });

  test.each([
    ['one file', ['conf/a.xml']],
    ['every file', ['conf/a.xml', 'conf/deep/b.xml']],
  ] as const)('takes %s that a person brought back by hand as undone', async (_, paths) => {
    const home = makeHome(original);
    await commit(home, replacements(home, wanted), {});
    for (const path of paths) writeFileSync(join(home, path), original[path]);
    expect((await undo(home)).paths).toEqual(['conf/a.xml', 'conf/deep/b.xml'].slice(paths.length));
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });

  test.each(['missing', 'changed'])('refuses where an original is %s, and changes nothing', async (what) => {
    const home = makeHome(original);
    await commit(home, replacements(home, wanted), {});
    const kept = join(home, '.carbon-patch/originals/1/conf/deep/b.xml');
    if (what === 'missing') rmSync(kept);
    else writeFileSync(kept, 'x');
    const before = treeOf(home);
    expect(await rejectionOf(undo(home))).toMatchObject({
      code: 'JOURNAL_DAMAGED',
      details: { path: '.carbon-patch/originals/1/conf/deep/b.xml' },
    });
    expect(treeOf(home)).toEqual(before);
    expect(await readApplies(home)).toHaveLength(1);
  });

  test('leaves what other people keep in the state folder', async () => {
    const home = makeHome(original);
    await commit(home, replacements(home, wanted), {});
    mkdirSync(join(home, '.carbon-patch/originals/notes'));
    writeFileSync(join(home, '.carbon-patch/originals/notes/mine.txt'), 'kept');
    symlinkSync('nowhere', join(home, '.carbon-patch/link'));
    await undo(home);
    expect(treeOf(home)).toEqual({
      ...treeOf(makeHome(original)),
      '.carbon-patch/link': '-> nowhere',
      '.carbon-patch/originals/notes/mine.txt': '0644 kept',
    });
  });
});
