import { describe, expect, test } from '@jest/globals';
import { readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../lib/disk/commit';
import { readApplies } from '../../lib/disk/journal';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import type { Run } from './child';
import { runInChild } from './child-process';
import {
  configurationOf,
  makeHome,
  modeOf,
  rejectionOf,
  replacement,
  replacements,
  textReplacements,
  treeOf,
} from './temporary-home';

const original = { 'conf/a.xml': '<a/>', 'conf/deep/b.xml': '<b/>', 'conf/c.xml': '<c/>' };
const wanted = { 'conf/a.xml': '<a new=""/>', 'conf/deep/b.xml': '<b new=""/>' };

describe('commit', () => {
  test('replaces the files, and keeps the originals and a journal for their owner only', async () => {
    const home = makeHome(original);
    const result = await commit(home, replacements(home, wanted), { role: 'worker' });
    expect(result).toEqual({ paths: ['conf/a.xml', 'conf/deep/b.xml'], inPlace: [] });
    const { '.carbon-patch/journal.json': journal, ...tree } = treeOf(home);
    expect(tree).toEqual({
      'conf/a.xml': '0644 <a new=""/>',
      'conf/c.xml': '0644 <c/>',
      'conf/deep/b.xml': '0644 <b new=""/>',
      '.carbon-patch/applied/1/conf/a.xml': '0600 <a new=""/>',
      '.carbon-patch/applied/1/conf/deep/b.xml': '0600 <b new=""/>',
      '.carbon-patch/originals/1/conf/a.xml': '0600 <a/>',
      '.carbon-patch/originals/1/conf/deep/b.xml': '0600 <b/>',
    });
    expect(journal?.slice(0, 5)).toBe('0600 ');
    const kept = ['originals', 'applied'].flatMap((name) => [
      name,
      `${name}/1`,
      `${name}/1/conf`,
      `${name}/1/conf/deep`,
    ]);
    const folders = ['', ...kept];
    expect(folders.map((folder) => modeOf(join(home, '.carbon-patch', folder)))).toEqual(folders.map(() => '0700'));
  });

  test.each([
    ['there is nothing to replace', {}],
    ['the new content is the old one', { 'conf/a.xml': '<a/>', 'conf/c.xml': '<c/>' }],
  ])('writes nothing at all where %s', async (_, contents) => {
    const home = makeHome(original);
    const { mtimeMs } = statSync(join(home, 'conf'));
    expect(await commit(home, replacements(home, contents), { role: 'worker' })).toEqual({ paths: [], inPlace: [] });
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
    expect(statSync(join(home, 'conf')).mtimeMs).toBe(mtimeMs);
  });

  test('leaves out the files that do not change', async () => {
    const home = makeHome(original);
    const { paths } = await commit(home, replacements(home, { 'conf/a.xml': '<a/>', 'conf/c.xml': 'new' }), {});
    expect(paths).toEqual(['conf/c.xml']);
    expect((await readApplies(home))[0]?.files.map(({ path }) => path)).toEqual(['conf/c.xml']);
  });

  test('refuses where one file changed since the plan was made, and changes none', async () => {
    const home = makeHome(original);
    const plan = replacements(home, wanted);
    writeFileSync(join(home, 'conf/deep/b.xml'), '<b by="hand"/>');
    const before = treeOf(home);
    expect(await rejectionOf(commit(home, plan, {}))).toMatchObject({
      code: 'PLAN_STALE',
      message: 'conf/deep/b.xml: changed since the plan was made; nothing was written, plan again',
    });
    expect(treeOf(home)).toEqual(before);
  });

  test('refuses where one file is gone, and changes none', async () => {
    const home = makeHome(original);
    const plan = [...replacements(home, wanted), { path: 'conf/gone.xml', baseDigest: '', bytes: Buffer.from('x') }];
    expect(await rejectionOf(commit(home, plan, {}))).toMatchObject({
      code: 'PLAN_STALE',
      message: 'conf/gone.xml: changed since the plan was made; nothing was written, plan again',
    });
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });

  test('refuses two paths that lead to one file', async () => {
    const home = makeHome(original);
    symlinkSync('a.xml', join(home, 'conf/link.xml'));
    const before = treeOf(home);
    const plan = [replacement(home, 'conf/a.xml', 'one'), replacement(home, 'conf/link.xml', 'two')];
    expect(await rejectionOf(commit(home, plan, {}))).toMatchObject({
      code: 'WRITE_FAILED',
      message: 'conf/link.xml: cannot be written: it is the same file as conf/a.xml; every file is as it was before',
    });
    expect(treeOf(home)).toEqual(before);
  });

  test.each(['../outside.xml', '/etc/hosts', 'conf/../../outside.xml', 'conf//a.xml', ''])(
    'refuses the path "%s"',
    async (path) => {
      const home = makeHome(original);
      const plan = [{ path, baseDigest: '', bytes: Buffer.from('x') }];
      expect(await rejectionOf(commit(home, plan, {}))).toMatchObject({
        code: 'FILE_UNSAFE',
        details: { path, reason: 'pathLeavesHome' },
      });
      expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
    },
  );

  test('follows links inside the home, also through a linked folder, and leaves them', async () => {
    const home = makeHome({ 'conf/a.xml': 'a', 'shared/b.xml': 'b', 'shared/folder/c.xml': 'c' });
    symlinkSync('../shared/b.xml', join(home, 'conf/b.xml'));
    symlinkSync(join(home, 'shared/folder'), join(home, 'conf/folder'));
    const before = treeOf(home);
    await commit(home, replacements(home, { 'conf/a.xml': 'A', 'conf/b.xml': 'B', 'conf/folder/c.xml': 'C' }), {});
    expect(configurationOf(home)).toEqual({
      ...before,
      'conf/a.xml': '0644 A',
      'shared/b.xml': '0644 B',
      'shared/folder/c.xml': '0644 C',
    });
    await undo(home);
    expect(treeOf(home)).toEqual(before);
  });

  test('remembers the last ten applies', async () => {
    const home = makeHome(original);
    for (let index = 1; index <= 12; index += 1) {
      await commit(home, [replacement(home, 'conf/a.xml', `version ${index}`)], { version: String(index) });
    }
    const numbers = Array.from({ length: 10 }, (_, index) => index + 3);
    expect((await readApplies(home)).map(({ number }) => number)).toEqual(numbers);
    const kept = readdirSync(join(home, '.carbon-patch/originals')).map(Number);
    expect(kept.sort((a, b) => a - b)).toEqual(numbers);
  });

  test('recovers first what a killed run left', async () => {
    const home = makeHome(original);
    const run: Run = { home, action: 'commit', replacements: textReplacements(home, wanted) };
    await runInChild([{ ...run, fault: { kind: 'kill', calls: ['handle.writeFile'], at: 5 } }]);
    await commit(home, replacements(home, { 'conf/c.xml': 'new' }), { role: 'manager' });
    expect(configurationOf(home)).toEqual(treeOf(makeHome({ ...original, 'conf/c.xml': 'new' })));
    expect((await readApplies(home)).map(({ label }) => label)).toEqual([{ role: 'manager' }]);
  });
});

describe('a home that cannot be written to', () => {
  test('because it is a file is refused', async () => {
    const home = join(makeHome({ home: 'a file' }), 'home');
    const plan = [{ path: 'conf/a.xml', baseDigest: '', bytes: Buffer.from('x') }];
    expect(await rejectionOf(commit(home, plan, {}))).toMatchObject({
      message: '.carbon-patch: cannot be written: not a directory (ENOTDIR); every file is as it was before',
    });
  });

  test('in one of its folders is refused, and nothing of the attempt is left', async () => {
    const home = makeHome(original);
    const before = treeOf(home);
    // Root can write to any folder, so the system is made to refuse.
    const fault = {
      kind: 'failFrom',
      code: 'EACCES',
      at: 1,
      calls: ['open wx'],
      within: join(home, 'conf/deep'),
    } as const;
    const [outcome] = await runInChild([
      { home, action: 'commit', replacements: textReplacements(home, wanted), fault },
    ]);
    expect(outcome?.error).toMatchObject({
      code: 'WRITE_FAILED',
      details: { path: 'conf/deep/b.xml', restored: true },
    });
    expect(treeOf(home)).toEqual(before);
  });

  test('without losing the owner of a file is refused, and nothing of the attempt is left', async () => {
    const home = makeHome(original);
    const [outcome] = await runInChild([
      {
        home,
        action: 'commit',
        replacements: textReplacements(home, wanted),
        foreign: ['/conf/deep/b.xml'],
        fault: { kind: 'fail', code: 'EPERM', at: 1, calls: ['handle.chown'] },
      },
    ]);
    expect(outcome?.error?.message).toMatch(
      /^conf\/deep\/b.xml: cannot be written: its owner \(uid \d+, gid \d+\) cannot be kept by this user; every file is as it was before$/,
    );
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });
});

describe('a file that is a mount point', () => {
  test('is overwritten in place, and the result says so', async () => {
    const home = makeHome(original);
    const { ino } = statSync(join(home, 'conf/deep/b.xml'));
    const run: Run = { home, action: 'commit', busy: ['b.xml'], replacements: textReplacements(home, wanted) };
    const [outcome] = await runInChild([run]);
    expect(outcome?.result).toEqual({ paths: ['conf/a.xml', 'conf/deep/b.xml'], inPlace: ['conf/deep/b.xml'] });
    expect(configurationOf(home)).toEqual(treeOf(makeHome({ ...original, ...wanted })));
    expect(statSync(join(home, 'conf/deep/b.xml')).ino).toBe(ino);
    const [undone] = await runInChild([{ home, action: 'undo', busy: ['b.xml'] }]);
    expect(undone?.result).toMatchObject({ inPlace: ['conf/deep/b.xml'] });
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });
});

describe('a file that a person changes while the files are being replaced', () => {
  // The renames before those of the targets are those of the lock and of two journals.
  test.each([
    { name: 'before its turn', path: 'conf/deep/b.xml', at: 4, code: 'PLAN_STALE', others: original },
    { name: 'after its turn', path: 'conf/a.xml', at: 5, code: undefined, others: { ...original, ...wanted } },
  ])('$name keeps that change, and the others go the same way all', async ({ path, at, code, others }) => {
    const home = makeHome(original);
    const [outcome] = await runInChild([
      {
        home,
        action: 'commit',
        replacements: textReplacements(home, wanted),
        fault: { kind: 'edit', edit: [path, 'by hand'], calls: ['rename'], at },
      },
    ]);
    expect(outcome?.error?.code).toBe(code);
    expect(configurationOf(home)).toEqual(treeOf(makeHome({ ...others, [path]: 'by hand' })));
    expect(await recover(home)).toEqual({ outcome: 'nothing' });
  });
});
